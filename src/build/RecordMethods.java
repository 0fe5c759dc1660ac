import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Writes out {@code equals} and {@code hashCode} of compiled records, which javac leaves to {@code ObjectMethods}: that
 * builds them of method handles when they are first called, in every process anew, as the archive of class data does not
 * keep them before JDK 25. Nearly all facts are records and are hashed; it took a tenth of a short run.
 *
 * <p>Called with the folder of the classes. Changes nothing that it has changed before.
 */
final class RecordMethods {
    private static final String OBJECT_METHODS = "java/lang/runtime/ObjectMethods";
    private static final Map<Integer, String> BOXES = Map.of(
            Type.BOOLEAN, "java/lang/Boolean",
            Type.BYTE, "java/lang/Byte",
            Type.CHAR, "java/lang/Character",
            Type.SHORT, "java/lang/Short",
            Type.LONG, "java/lang/Long",
            Type.FLOAT, "java/lang/Float",
            Type.DOUBLE, "java/lang/Double");

    public static void main(String[] args) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(args[0]))) {
            files = all.filter(f -> f.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            ClassNode type = new ClassNode();
            ClassReader reader = new ClassReader(Files.readAllBytes(file));
            reader.accept(type, 0);
            if ("java/lang/Record".equals(type.superName) && writeOut(type)) {
                ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
                type.accept(writer);
                Files.write(file, writer.toByteArray());
            }
        }
    }

    private static boolean writeOut(ClassNode type) {
        boolean changed = false;
        for (MethodNode method : type.methods) {
            String signature = method.name + method.desc;
            boolean hash = signature.equals("hashCode()I");
            if ((hash || signature.equals("equals(Ljava/lang/Object;)Z")) && isGenerated(method)) {
                method.instructions = hash ? hashCode(type) : equals(type);
                method.localVariables = null;
                method.tryCatchBlocks.clear();
                changed = true;
            }
        }
        return changed;
    }

    private static boolean isGenerated(MethodNode method) {
        for (AbstractInsnNode i : method.instructions) {
            if (i instanceof InvokeDynamicInsnNode call && call.bsm.getOwner().equals(OBJECT_METHODS)) {
                return true;
            }
        }
        return false;
    }

    /** {@code 31 * hash + hashCode(component)} over the components, from 0. */
    private static InsnList hashCode(ClassNode type) {
        InsnList code = new InsnList();
        code.add(new InsnNode(Opcodes.ICONST_0));
        for (RecordComponentNode component : components(type)) {
            code.add(new IntInsnNode(Opcodes.BIPUSH, 31));
            code.add(new InsnNode(Opcodes.IMUL));
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            load(code, type, component);
            Type t = Type.getType(component.descriptor);
            if (t.getSort() != Type.INT) {
                boolean primitive = BOXES.containsKey(t.getSort());
                code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        primitive ? BOXES.get(t.getSort()) : "java/util/Objects",
                        "hashCode",
                        primitive ? "(" + t.getDescriptor() + ")I" : "(Ljava/lang/Object;)I"));
            }
            code.add(new InsnNode(Opcodes.IADD));
        }
        code.add(new InsnNode(Opcodes.IRETURN));
        return code;
    }

    /** Floating-point components are compared as {@code Double.compare} does, as for every record, and arrays by identity. */
    private static InsnList equals(ClassNode type) {
        InsnList code = new InsnList();
        LabelNode same = new LabelNode();
        LabelNode different = new LabelNode();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new VarInsnNode(Opcodes.ALOAD, 1));
        code.add(new JumpInsnNode(Opcodes.IF_ACMPEQ, same));
        code.add(new VarInsnNode(Opcodes.ALOAD, 1));
        code.add(new TypeInsnNode(Opcodes.INSTANCEOF, type.name));
        code.add(new JumpInsnNode(Opcodes.IFEQ, different));
        for (RecordComponentNode component : components(type)) {
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
            load(code, type, component);
            code.add(new VarInsnNode(Opcodes.ALOAD, 1));
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.name));
            load(code, type, component);
            Type t = Type.getType(component.descriptor);
            if (t.getSort() == Type.INT) {
                code.add(new JumpInsnNode(Opcodes.IF_ICMPNE, different));
            } else if (t.getSort() == Type.ARRAY) {
                code.add(new JumpInsnNode(Opcodes.IF_ACMPNE, different));
            } else if (BOXES.containsKey(t.getSort())) {
                String d = t.getDescriptor();
                code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC, BOXES.get(t.getSort()), "compare", "(" + d + d + ")I"));
                code.add(new JumpInsnNode(Opcodes.IFNE, different));
            } else {
                code.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "java/util/Objects",
                        "equals",
                        "(Ljava/lang/Object;Ljava/lang/Object;)Z"));
                code.add(new JumpInsnNode(Opcodes.IFEQ, different));
            }
        }
        code.add(same);
        code.add(new InsnNode(Opcodes.ICONST_1));
        code.add(new InsnNode(Opcodes.IRETURN));
        code.add(different);
        code.add(new InsnNode(Opcodes.ICONST_0));
        code.add(new InsnNode(Opcodes.IRETURN));
        return code;
    }

    /** ASM gives null where there are none. */
    private static List<RecordComponentNode> components(ClassNode type) {
        return type.recordComponents == null ? List.of() : type.recordComponents;
    }

    /** Replaces the record on the stack by its component. */
    private static void load(InsnList code, ClassNode type, RecordComponentNode component) {
        code.add(new FieldInsnNode(Opcodes.GETFIELD, type.name, component.name, component.descriptor));
    }
}
