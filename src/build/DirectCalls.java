import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Writes out lambdas, method references and joined strings in the classes of a jar, which javac leaves to invokedynamic:
 * each place where one stands is linked when it is first met, in every process anew, and that took a tenth of a short run.
 * A class per lambda comes from the archive of class data in a fraction of that time.
 *
 * <p>Called with the jar and the folders of it to change. Serializable lambdas stay as they are, since what they are is
 * required of them. Changes nothing that it has changed before.
 */
final class DirectCalls {
    private static final int API = Opcodes.ASM9;
    private static final String LAMBDA = "java/lang/invoke/LambdaMetafactory.metafactory";
    private static final String STRING = "java/lang/invoke/StringConcatFactory.makeConcatWithConstants";
    private static final String ID = "java/util/UUID";
    private static final String RANDOM = "java/util/concurrent/ThreadLocalRandom";
    private static final Type BUILDER = Type.getType(StringBuilder.class);
    private static final Type OBJECT = Type.getType(Object.class);

    /** Class files by their names without ".class". */
    private final Map<String, byte[]> written = new TreeMap<>();

    /** The classes that may call private methods of a nest from now on, by its host. */
    private final Map<String, List<String>> members = new LinkedHashMap<>();

    public static void main(String[] args) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(args[0]))) {
            DirectCalls calls = new DirectCalls();
            Map<String, byte[]> read = new TreeMap<>();
            for (String folder : List.of(args).subList(1, args.length)) {
                try (Stream<Path> files = Files.walk(jar.getPath(folder))) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                        read.put(file.toString().replaceFirst("\\.class$", ""), Files.readAllBytes(file));
                    }
                }
            }
            read.forEach(calls::writeOut);
            calls.members.forEach((host, added) -> calls.admit(host, read.get(host)));
            for (Map.Entry<String, byte[]> type : calls.written.entrySet()) {
                Files.write(jar.getPath(type.getKey() + ".class"), type.getValue());
            }
        }
    }

    private void writeOut(String name, byte[] file) {
        ClassReader reader = new ClassReader(file);
        // Only nests, which came with Java 11, let another class call a lambda's private method.
        if (reader.readUnsignedShort(6) < Opcodes.V11) {
            return;
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        Rewriter rewriter = new Rewriter(writer);
        reader.accept(rewriter, 0);
        if (rewriter.count > 0) {
            written.put(name, writer.toByteArray());
        }
    }

    private void admit(String host, byte[] original) {
        ClassReader reader = new ClassReader(written.getOrDefault(host, original));
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(API, writer) {
                    @Override
                    public void visitEnd() {
                        members.get(host).forEach(this::visitNestMember);
                        super.visitEnd();
                    }
                },
                0);
        written.put(host, writer.toByteArray());
    }

    /** Replaces the calls in one class. */
    private final class Rewriter extends ClassVisitor {
        private String name;
        private String nest;
        private boolean isInterface;
        private int version;
        private int count;
        private final List<Runnable> joiners = new ArrayList<>();

        Rewriter(ClassWriter writer) {
            super(API, writer);
        }

        @Override
        public void visit(int v, int access, String n, String signature, String parent, String[] interfaces) {
            super.visit(v, access, n, signature, parent, interfaces);
            version = v;
            name = n;
            nest = n;
            isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        }

        @Override
        public void visitNestHost(String host) {
            super.visitNestHost(host);
            nest = host;
        }

        @Override
        public MethodVisitor visitMethod(int access, String n, String desc, String signature, String[] exceptions) {
            return new MethodVisitor(API, super.visitMethod(access, n, desc, signature, exceptions)) {
                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle factory, Object... args) {
                    String by = factory.getOwner() + "." + factory.getName();
                    if (by.equals(LAMBDA)) {
                        String lambda = name + "$$Lambda" + count++;
                        written.put(lambda, lambda(lambda, called, Type.getMethodType(type), args));
                        visitMethodInsn(Opcodes.INVOKESTATIC, lambda, "of", type, false);
                    } else if (by.equals(STRING)) {
                        Method joiner = new Method("join$" + count++, type);
                        joiners.add(() -> join(joiner, args));
                        visitMethodInsn(Opcodes.INVOKESTATIC, name, joiner.getName(), type, isInterface);
                    } else {
                        super.visitInvokeDynamicInsn(called, type, factory, args);
                    }
                }

                /** The names that Drools gives to conditions need not be secret: the first secure number takes 3 ms. */
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean itf) {
                    if (owner.equals(ID) && called.equals("randomUUID") && name.startsWith("org/drools/model/")) {
                        count++;
                        super.visitTypeInsn(Opcodes.NEW, ID);
                        super.visitInsn(Opcodes.DUP);
                        for (int i = 0; i < 2; i++) {
                            super.visitMethodInsn(Opcodes.INVOKESTATIC, RANDOM, "current", "()L" + RANDOM + ";", false);
                            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RANDOM, "nextLong", "()J", false);
                        }
                        super.visitMethodInsn(Opcodes.INVOKESPECIAL, ID, "<init>", "(JJ)V", false);
                    } else {
                        super.visitMethodInsn(opcode, owner, called, type, itf);
                    }
                }
            };
        }

        @Override
        public void visitEnd() {
            joiners.forEach(Runnable::run);
            super.visitEnd();
        }

        private GeneratorAdapter method(ClassVisitor type, int access, Method method) {
            return new GeneratorAdapter(
                    type.visitMethod(access, method.getName(), method.getDescriptor(), null, null),
                    access,
                    method.getName(),
                    method.getDescriptor());
        }

        /** As javac does it with {@code -XDstringConcat=inline}, in a method of its own. */
        private void join(Method joiner, Object... args) {
            GeneratorAdapter code =
                    method(cv, Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, joiner);
            code.visitCode();
            code.newInstance(BUILDER);
            code.dup();
            code.invokeConstructor(BUILDER, new Method("<init>", "()V"));
            int argument = 0;
            int constant = 1;
            StringBuilder literal = new StringBuilder();
            for (char c : ((String) args[0]).toCharArray()) {
                if (c == 1) {
                    append(code, literal);
                    Type type = joiner.getArgumentTypes()[argument];
                    code.loadArg(argument++);
                    append(code, type);
                } else if (c == 2) {
                    literal.append(args[constant++]);
                } else {
                    literal.append(c);
                }
            }
            append(code, literal);
            code.invokeVirtual(BUILDER, new Method("toString", "()Ljava/lang/String;"));
            code.returnValue();
            code.endMethod();
        }

        private void append(GeneratorAdapter code, StringBuilder literal) {
            if (literal.length() > 0) {
                code.push(literal.toString());
                append(code, Type.getType(String.class));
                literal.setLength(0);
            }
        }

        private void append(GeneratorAdapter code, Type type) {
            Type as = switch (type.getSort()) {
                case Type.BYTE, Type.SHORT -> Type.INT_TYPE;
                case Type.OBJECT, Type.ARRAY -> type.getClassName().equals("java.lang.String") ? type : OBJECT;
                default -> type;
            };
            code.invokeVirtual(BUILDER, new Method("append", BUILDER, new Type[] {as}));
        }

        /** @param args the function's method as declared, what is to be called, and the method's types where it is called */
        private byte[] lambda(String lambda, String called, Type factory, Object... args) {
            members.computeIfAbsent(nest, n -> new ArrayList<>()).add(lambda);
            ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            Type self = Type.getObjectType(lambda);
            Type[] captured = factory.getArgumentTypes();
            out.visit(
                    version,
                    Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                    lambda,
                    null,
                    "java/lang/Object",
                    new String[] {factory.getReturnType().getInternalName()});
            out.visitNestHost(nest);
            for (int i = 0; i < captured.length; i++) {
                out.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "c" + i, captured[i].getDescriptor(), null, null);
            }
            constructor(out, self, captured);
            if (captured.length == 0) {
                single(out, self);
            }
            GeneratorAdapter of =
                    method(out, Opcodes.ACC_STATIC, new Method("of", factory.getReturnType(), captured));
            of.visitCode();
            if (captured.length == 0) {
                of.getStatic(self, "ONE", self);
            } else {
                of.newInstance(self);
                of.dup();
                of.loadArgs();
                of.invokeConstructor(self, new Method("<init>", Type.VOID_TYPE, captured));
            }
            of.returnValue();
            of.endMethod();
            call(out, self, captured, new Method(called, ((Type) args[0]).getDescriptor()), (Handle) args[1], (Type) args[2]);
            out.visitEnd();
            return out.toByteArray();
        }

        private void constructor(ClassWriter out, Type self, Type... captured) {
            GeneratorAdapter code = method(out, Opcodes.ACC_PRIVATE, new Method("<init>", Type.VOID_TYPE, captured));
            code.visitCode();
            code.loadThis();
            code.invokeConstructor(OBJECT, new Method("<init>", "()V"));
            for (int i = 0; i < captured.length; i++) {
                code.loadThis();
                code.loadArg(i);
                code.putField(self, "c" + i, captured[i]);
            }
            code.returnValue();
            code.endMethod();
        }

        /** A lambda that captures nothing is made once, as by the JDK. */
        private void single(ClassWriter out, Type self) {
            out.visitField(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "ONE", self.getDescriptor(), null, null);
            GeneratorAdapter code = method(out, Opcodes.ACC_STATIC, new Method("<clinit>", "()V"));
            code.visitCode();
            code.newInstance(self);
            code.dup();
            code.invokeConstructor(self, new Method("<init>", "()V"));
            code.putStatic(self, "ONE", self);
            code.returnValue();
            code.endMethod();
        }

        private void call(ClassWriter out, Type self, Type[] captured, Method function, Handle target, Type here) {
            boolean constructs = target.getTag() == Opcodes.H_NEWINVOKESPECIAL;
            Type owner = Type.getObjectType(target.getOwner());
            Method method = new Method(target.getName(), target.getDesc());
            List<Type> taken = new ArrayList<>();
            if (!constructs && target.getTag() != Opcodes.H_INVOKESTATIC) {
                taken.add(owner);
            }
            taken.addAll(List.of(method.getArgumentTypes()));
            GeneratorAdapter code = method(out, Opcodes.ACC_PUBLIC, function);
            code.visitCode();
            if (constructs) {
                code.newInstance(owner);
                code.dup();
            }
            for (int i = 0; i < taken.size(); i++) {
                int passed = i - captured.length;
                if (passed < 0) {
                    code.loadThis();
                    code.getField(self, "c" + i, captured[i]);
                } else {
                    code.loadArg(passed);
                    convert(code, function.getArgumentTypes()[passed], here.getArgumentTypes()[passed], taken.get(i));
                }
            }
            Type result = constructs ? owner : method.getReturnType();
            if (constructs) {
                code.invokeConstructor(owner, method);
            } else if (target.getTag() == Opcodes.H_INVOKESTATIC) {
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC, target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
            } else if (target.isInterface()) {
                code.invokeInterface(owner, method);
            } else {
                code.invokeVirtual(owner, method);
            }
            giveBack(code, result, function.getReturnType());
            code.returnValue();
            code.endMethod();
        }

        /** @param here the type that the value is known to have where the lambda stands */
        private void convert(GeneratorAdapter code, Type declared, Type here, Type wanted) {
            if (!isPrimitive(wanted)) {
                if (isPrimitive(declared)) {
                    code.valueOf(declared);
                } else if (!wanted.equals(declared)) {
                    code.checkCast(wanted);
                }
            } else if (isPrimitive(declared)) {
                code.cast(declared, wanted);
            } else {
                Type value = unboxed(here);
                code.unbox(value == null ? wanted : value);
                code.cast(value == null ? wanted : value, wanted);
            }
        }

        private void giveBack(GeneratorAdapter code, Type result, Type wanted) {
            if (wanted.equals(Type.VOID_TYPE)) {
                if (result.getSize() == 2) {
                    code.pop2();
                } else if (result.getSize() == 1) {
                    code.pop();
                }
            } else {
                convert(code, result, result, wanted);
            }
        }

        private boolean isPrimitive(Type type) {
            return type.getSort() < Type.ARRAY;
        }

        /** The primitive type of a box, null for any other type. */
        private Type unboxed(Type type) {
            return switch (type.getClassName()) {
                case "java.lang.Boolean" -> Type.BOOLEAN_TYPE;
                case "java.lang.Byte" -> Type.BYTE_TYPE;
                case "java.lang.Character" -> Type.CHAR_TYPE;
                case "java.lang.Short" -> Type.SHORT_TYPE;
                case "java.lang.Integer" -> Type.INT_TYPE;
                case "java.lang.Long" -> Type.LONG_TYPE;
                case "java.lang.Float" -> Type.FLOAT_TYPE;
                case "java.lang.Double" -> Type.DOUBLE_TYPE;
                default -> null;
            };
        }
    }
}
