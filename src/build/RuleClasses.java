import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Puts the conditions and consequences of the compiled rules, and what they say of the classes of facts, into few classes.
 * Drools compiles each to a class with one instance, more than a thousand, which were a quarter of all classes that a run
 * loads. Here a class has a constant for each of up to {@value #MEMBERS} of them, and its methods go to the one that the
 * constant stands for. What conditions tell of the rule's text, for messages of Drools, is left out, and of the rules the
 * format of dates.
 *
 * <p>Called with the folder of the classes; brings the list of its files that {@code RulePackager} keeps up to date.
 */
final class RuleClasses {
    private static final int MEMBERS = 8;
    private static final String MEMBER = "member";
    private static final String METADATA = "org/drools/model/DomainClassMetadata";
    private static final String HASH = "getExpressionHash";
    private static final Set<String> KEPT_OUT = Set.of("<init>", "<clinit>", "values", "valueOf", "predicateInformation", HASH);

    private final Map<Path, ClassNode> classes = new TreeMap<>();
    private final Map<String, FieldInsnNode> constants = new HashMap<>();

    public static void main(String[] args) throws IOException {
        Path output = Path.of(args[0]);
        RuleClasses rules = new RuleClasses();
        rules.read(output);
        List<ClassNode> merged = rules.merge();
        if (merged.isEmpty()) {
            return;
        }
        Path record = output.resolveSibling(output.getFileName() + ".rules");
        List<String> files = new ArrayList<>(Files.readAllLines(record));
        for (Map.Entry<Path, ClassNode> file : rules.classes.entrySet()) {
            if (rules.constants.containsKey(file.getValue().name)) {
                Files.delete(file.getKey());
                files.remove(file.getValue().name + ".class");
            } else {
                rules.refer(file.getValue());
                Files.write(file.getKey(), bytes(file.getValue()));
            }
        }
        for (ClassNode type : merged) {
            Files.write(output.resolve(type.name + ".class"), bytes(type));
            files.add(type.name + ".class");
        }
        Files.write(record, files);
    }

    private void read(Path output) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(output.resolve("qdqlint"))) {
            files = all.filter(f -> f.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            ClassNode type = new ClassNode();
            new ClassReader(Files.readAllBytes(file)).accept(type, ClassReader.SKIP_DEBUG);
            classes.put(file, type);
        }
    }

    private static byte[] bytes(ClassNode type) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.accept(writer);
        return writer.toByteArray();
    }

    /** The classes that take the place of the enums. */
    private List<ClassNode> merge() {
        Map<String, List<ClassNode>> alike = new TreeMap<>();
        for (ClassNode type : classes.values()) {
            boolean constant = type.superName.equals("java/lang/Enum");
            if (constant || type.interfaces.contains(METADATA) && !isMerged(type)) {
                String folder = type.name.substring(0, type.name.lastIndexOf('/'));
                // qdqlint/rules/P7F/LambdaPredicate... is one of qdqlint/rules.
                String owner = constant ? folder.substring(0, folder.lastIndexOf('/')) : folder;
                String kind = type.interfaces.get(0);
                alike.computeIfAbsent(owner + kind.substring(kind.lastIndexOf('/')), k -> new ArrayList<>())
                        .add(type);
            }
        }
        List<ClassNode> merged = new ArrayList<>();
        alike.forEach((name, types) -> {
            for (int i = 0; i < types.size(); i += MEMBERS) {
                merged.add(merge(name + '$' + i / MEMBERS, types.subList(i, Math.min(i + MEMBERS, types.size()))));
            }
        });
        return merged;
    }

    /** Whether the class was made by an earlier build, since which no rule has changed. */
    private static boolean isMerged(ClassNode type) {
        return type.fields.stream().anyMatch(f -> f.name.equals(MEMBER));
    }

    private ClassNode merge(String name, List<ClassNode> members) {
        ClassNode type = new ClassNode();
        type.version = members.get(0).version;
        type.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        type.name = name;
        type.superName = "java/lang/Object";
        type.interfaces = members.get(0).interfaces;
        type.fields.add(new FieldNode(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, MEMBER, "I", null, null));
        type.methods.add(constructor(name));
        type.methods.add(constants(type, members));
        Map<String, InsnList[]> shared = new TreeMap<>();
        for (int i = 0; i < members.size(); i++) {
            ClassNode member = members.get(i);
            for (MethodNode method : member.methods) {
                boolean entry = (method.access & Opcodes.ACC_BRIDGE) != 0 || isOnly(method, member);
                if (method.name.equals(HASH) || entry && (method.access & Opcodes.ACC_BRIDGE) != 0) {
                    retarget(method.instructions, member.name, name, i);
                    shared.computeIfAbsent(method.name + method.desc, k -> new InsnList[members.size()])[i] = method.instructions;
                } else if (!KEPT_OUT.contains(method.name)) {
                    retarget(method.instructions, member.name, name, i);
                    if (entry) {
                        shared.computeIfAbsent(method.name + method.desc, k -> new InsnList[members.size()])[i] =
                                call(name, method, method.name + '$' + i);
                    }
                    method.name += "$" + i;
                    method.signature = null;
                    type.methods.add(method);
                }
            }
        }
        shared.forEach((signature, cases) -> type.methods.add(choice(name, signature, cases)));
        return type;
    }

    /** Whether the method is what the interface requires, without a bridge to it. */
    private static boolean isOnly(MethodNode method, ClassNode member) {
        return (method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC)) == Opcodes.ACC_PUBLIC
                && !KEPT_OUT.contains(method.name)
                && member.methods.stream()
                        .noneMatch(m -> m.name.equals(method.name) && (m.access & Opcodes.ACC_BRIDGE) != 0);
    }

    private static MethodNode constructor(String name) {
        MethodNode init = new MethodNode(Opcodes.ACC_PRIVATE, "<init>", "(I)V", null, null);
        init.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        init.instructions.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V"));
        init.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        init.instructions.add(new VarInsnNode(Opcodes.ILOAD, 1));
        init.instructions.add(new FieldInsnNode(Opcodes.PUTFIELD, name, MEMBER, "I"));
        init.instructions.add(new InsnNode(Opcodes.RETURN));
        return init;
    }

    private MethodNode constants(ClassNode type, List<ClassNode> members) {
        String descriptor = 'L' + type.name + ';';
        MethodNode once = new MethodNode(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        for (int i = 0; i < members.size(); i++) {
            String field = "M" + i;
            type.fields.add(new FieldNode(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, field, descriptor, null, null));
            constants.put(members.get(i).name, new FieldInsnNode(Opcodes.GETSTATIC, type.name, field, descriptor));
            once.instructions.add(new TypeInsnNode(Opcodes.NEW, type.name));
            once.instructions.add(new InsnNode(Opcodes.DUP));
            once.instructions.add(new IntInsnNode(Opcodes.BIPUSH, i));
            once.instructions.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, type.name, "<init>", "(I)V"));
            once.instructions.add(new FieldInsnNode(Opcodes.PUTSTATIC, type.name, field, descriptor));
        }
        once.instructions.add(new InsnNode(Opcodes.RETURN));
        return once;
    }

    /** A method that does what the case of the constant says; each case ends with a return. */
    private static MethodNode choice(String type, String signature, InsnList[] cases) {
        int at = signature.indexOf('(');
        MethodNode method =
                new MethodNode(Opcodes.ACC_PUBLIC, signature.substring(0, at), signature.substring(at), null, null);
        LabelNode[] labels = new LabelNode[cases.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = new LabelNode();
        }
        InsnList code = method.instructions;
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, type, MEMBER, "I"));
        code.add(new TableSwitchInsnNode(0, cases.length - 1, labels[cases.length - 1], labels));
        for (int i = 0; i < cases.length; i++) {
            code.add(labels[i]);
            code.add(new FrameNode(Opcodes.F_SAME, 0, null, 0, null));
            code.add(cases[i]);
        }
        return method;
    }

    private static InsnList call(String type, MethodNode method, String name) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        int local = 1;
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            code.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), local));
            local += argument.getSize();
        }
        code.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, type, name, method.desc));
        code.add(new InsnNode(Type.getReturnType(method.desc).getOpcode(Opcodes.IRETURN)));
        return code;
    }

    /** Lets what a member says of itself and its methods mean the class that it is put into. */
    private static void retarget(InsnList code, String member, String type, int number) {
        for (AbstractInsnNode i : code) {
            if (i instanceof MethodInsnNode call && call.owner.equals(member)) {
                call.owner = type;
                call.name += "$" + number;
            } else if (i instanceof FrameNode frame && frame.local != null) {
                frame.local.replaceAll(l -> member.equals(l) ? type : l);
            } else if (i instanceof InvokeDynamicInsnNode call) {
                for (int a = 0; a < call.bsmArgs.length; a++) {
                    if (call.bsmArgs[a] instanceof Handle h && h.getOwner().equals(member)) {
                        call.bsmArgs[a] =
                                new Handle(h.getTag(), type, h.getName() + "$" + number, h.getDesc(), h.isInterface());
                    }
                }
            }
        }
    }

    /** Lets a rule refer to the constants that took the place of the enums. */
    private void refer(ClassNode rules) {
        if (rules.fields.removeIf(f -> f.name.equals("DATE_TIME_FORMATTER"))) {
            rules.methods.removeIf(m -> m.name.equals("<clinit>"));
        }
        if (rules.nestMembers != null) {
            rules.nestMembers.removeIf(constants::containsKey);
            rules.innerClasses.removeIf(c -> constants.containsKey(c.name));
        }
        for (MethodNode method : rules.methods) {
            for (AbstractInsnNode i : method.instructions.toArray()) {
                if (i instanceof TypeInsnNode made && constants.containsKey(made.desc)) {
                    // new, dup, and the call of the constructor
                    method.instructions.remove(i.getNext().getNext());
                    method.instructions.remove(i.getNext());
                    FieldInsnNode constant = constants.get(made.desc);
                    method.instructions.set(
                            i, new FieldInsnNode(Opcodes.GETSTATIC, constant.owner, constant.name, constant.desc));
                } else if (i instanceof FieldInsnNode field && constants.containsKey(field.owner)) {
                    FieldInsnNode constant = constants.get(field.owner);
                    field.owner = constant.owner;
                    field.name = constant.name;
                    field.desc = constant.desc;
                }
            }
        }
    }
}
