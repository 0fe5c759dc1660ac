import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Puts files into the class {@code io.qdqlint.resource.Texts}, so that a run need not open the jar to read them.
 *
 * <p>Called with the folder of the classes and the paths of the files in it, each below 64 kB.
 */
final class BuiltInTexts {
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path file = folder.resolve("io/qdqlint/resource/Texts.class");
        ClassNode type = new ClassNode();
        new ClassReader(Files.readAllBytes(file)).accept(type, 0);
        for (MethodNode method : type.methods) {
            if (method.name.equals("builtIn")) {
                method.instructions = texts(folder, List.of(args).subList(1, args.length));
                method.localVariables = null;
            }
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        type.accept(writer);
        Files.write(file, writer.toByteArray());
    }

    private static InsnList texts(Path folder, List<String> paths) throws IOException {
        InsnList code = new InsnList();
        for (String path : paths) {
            LabelNode other = new LabelNode();
            code.add(new LdcInsnNode(path));
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            code.add(new MethodInsnNode(
                    Opcodes.INVOKEVIRTUAL, "java/lang/String", "equals", "(Ljava/lang/Object;)Z"));
            code.add(new JumpInsnNode(Opcodes.IFEQ, other));
            code.add(new LdcInsnNode(Files.readString(folder.resolve(path))));
            code.add(new InsnNode(Opcodes.ARETURN));
            code.add(other);
        }
        code.add(new InsnNode(Opcodes.ACONST_NULL));
        code.add(new InsnNode(Opcodes.ARETURN));
        return code;
    }
}
