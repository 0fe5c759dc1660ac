package io.qdqlint.metamorphic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.fact.SameScale;
import io.qdqlint.forecast.EngineArchive;
import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.NodeDraft;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.verify.RandomModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said of a model does not change when the model is written in another way that means the same. Tried on random
 * models, the rules' fixtures and models that TensorRT built. {@code -Dfuzz.tries} and {@code -Dfuzz.seed} choose the random
 * ones, and a failure names the seed; {@code -Dfuzz.archives=trt10.6-h200/graphs.zip} takes others that were built, and
 * {@code -Dfuzz.nodes} larger ones.
 */
class MetamorphicTest {
    private static final int TRIES = Integer.getInteger("fuzz.tries", 30);
    private static final int LARGEST = Integer.getInteger("fuzz.nodes", 400);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?(E-?\\d+)?");

    private static final Linter LINTER = Linters.H100;

    @TempDir
    static Path folder;

    private static final List<Given> GIVEN = new ArrayList<>();

    /**
     * A model as it is.
     *
     * @param seed of what is changed at random
     * @param name what repeats the test with this model alone
     */
    private record Given(Model model, Answer answer, long seed, String name) {
        static Given of(Model model, long seed, String name) {
            return new Given(model, Answer.of(LINTER, model), seed, name);
        }
    }

    @BeforeAll
    static void readAndLint() throws Exception {
        for (long seed = SEED; seed < SEED + TRIES; seed++) {
            GIVEN.add(Given.of(random(seed), seed, "-Dfuzz.seed=" + seed + " -Dfuzz.tries=1"));
        }
        for (Path file : files()) {
            Model model = OnnxReader.read(file);
            if (Parts.canTake(model) && model.graph().nodes().size() <= LARGEST) {
                GIVEN.add(Given.of(model, SEED, file + " with -Dfuzz.seed=" + SEED));
            }
        }
    }

    private static List<Path> files() throws Exception {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> rules = Files.walk(Path.of("rules"));
                Stream<Path> corpus = Files.list(Path.of("src/test/resources/corpus"))) {
            Stream.concat(rules, corpus)
                    .filter(f -> f.toString().matches(".*\\.onnx(txt)?"))
                    .sorted()
                    .forEach(files::add);
        }
        for (String archive :
                System.getProperty("fuzz.archives", "trt10.6-h100/lab.zip").split(",")) {
            Path unpacked = Files.createDirectory(folder.resolve(archive.replace('/', '_')));
            EngineArchive.read(archive, unpacked).models().forEach(m -> files.add(m.model()));
        }
        return files;
    }

    private interface Check {
        void of(Model model, Answer answer, Random random) throws Exception;
    }

    private static Model random(long seed) throws Exception {
        return TextModel.read(folder, RandomModel.text(seed, 2 + (int) (seed % 13)));
    }

    private static void forEachModel(Check check) throws Exception {
        for (Given given : GIVEN) {
            try {
                check.of(given.model(), given.answer(), new Random(given.seed()));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(given.name() + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<String> answer(Parts parts) {
        return Answer.of(LINTER, parts.model()).lines();
    }

    /** Shows the lines in which they differ. */
    private static void assertSame(List<String> expected, List<String> actual) {
        if (!expected.equals(actual)) {
            List<String> less = new ArrayList<>(expected);
            List<String> more = new ArrayList<>(actual);
            actual.forEach(less::remove);
            expected.forEach(more::remove);
            assertEquals(String.join("\n", less), String.join("\n", more));
            assertEquals(String.join("\n", expected), String.join("\n", actual));
        }
    }

    /** Up to the names of rules and nodes. */
    private static List<String> beginnings(List<String> lines) {
        return lines.stream()
                .takeWhile(line -> line.startsWith("QDQ"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    /** Names without meaning, in an order that has nothing to do with that of the old ones. */
    private static final class Aliases {
        private final String mark;
        private final Random random;
        private final Map<String, String> aliases = new HashMap<>();
        private final Map<String, String> originals = new HashMap<>();

        Aliases(String mark, Random random) {
            this.mark = mark;
            this.random = random;
        }

        String alias(String name) {
            return aliases.computeIfAbsent(name, n -> {
                String alias;
                do {
                    alias = mark + random.nextInt(1_000_000_000) + mark;
                } while (originals.putIfAbsent(alias, n) != null);
                return alias;
            });
        }

        String back(String text) {
            return Pattern.compile(mark + "\\d+" + mark)
                    .matcher(text)
                    .replaceAll(m ->
                            java.util.regex.Matcher.quoteReplacement(originals.getOrDefault(m.group(), m.group())));
        }
    }

    @Test
    void namesDoNotMatter() throws Exception {
        forEachModel((model, answer, random) -> {
            Aliases tensors = new Aliases("v", random);
            Aliases nodes = new Aliases("n", random);
            Parts parts = Parts.of(model);
            parts.rename(tensors::alias, nodes::alias);
            List<String> back = answer(parts).stream()
                    .map(line -> nodes.back(tensors.back(line)))
                    .toList();
            assertSame(sorted(answer.lines()), sorted(back));
            // Lines that begin alike stand in the order of the alphabet.
            assertSame(beginnings(answer.lines()), beginnings(back));
        });
    }

    @Test
    void theOrderOfNodesAndInitializersDoesNotMatter() throws Exception {
        forEachModel((model, answer, random) -> {
            Parts parts = Parts.of(model);
            Collections.shuffle(parts.initializers, random);
            parts.shuffleNodes(random);
            assertSame(answer.inNoOrder(), Answer.of(LINTER, parts.model()).inNoOrder());
        });
    }

    /** Without what is true of a file as a whole: that it mixes FP8 and INT8, or has one scale everywhere. */
    private static List<String> apart(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("QDQ411")
                        && !line.startsWith("QDQ903")
                        && !line.contains("INT8 mode and FP8 mode"))
                .toList();
    }

    @Test
    void modelsSideBySideAreToldAsEachByItself() throws Exception {
        forEachModel((model, answer, random) -> {
            Parts first = Parts.of(model);
            Parts second = Parts.of(random.nextBoolean() ? model : random(random.nextInt(1 << 30)));
            second.rename(n -> n + "'", n -> n + "'");
            List<String> apart = new ArrayList<>(answer.inNoOrder());
            apart.addAll(Answer.of(LINTER, second.model()).inNoOrder());
            first.join(second);
            assertSame(
                    apart(sorted(apart)), apart(Answer.of(LINTER, first.model()).inNoOrder()));
        });
    }

    @Test
    void identitiesAreSeenThrough() throws Exception {
        forEachModel((model, answer, random) -> {
            Parts parts = Parts.of(model);
            List<NodeDraft> nodes = new ArrayList<>();
            for (NodeDraft node : parts.nodes) {
                List<String> inputs = new ArrayList<>(node.inputs());
                for (int i = 0; i < inputs.size(); i++) {
                    // A parameter of a normalization has to be an initializer to be folded.
                    boolean parameter = node.opType().equals("BatchNormalization") && i > 0;
                    if (!inputs.get(i).isEmpty()
                            && !parameter
                            && random.nextInt(4) == 0
                            && !readAsStored(node.opType(), i)) {
                        String name = inputs.get(i) + "~" + nodes.size();
                        nodes.add(Parts.node("Identity", List.of(inputs.get(i)), name, List.of()));
                        inputs.set(i, name);
                    }
                }
                nodes.add(Parts.with(node, inputs));
            }
            parts.nodes.clear();
            parts.nodes.addAll(nodes);
            assertSame(
                    answer.lines(),
                    answer(parts).stream()
                            .map(line -> line.replaceAll("~\\d+", ""))
                            .toList());
        });
    }

    /** Where an Identity after what the file stores matters to TensorRT: QDQ526, QDQ618, factors that fold. */
    private static boolean readAsStored(String op, int slot) {
        return switch (op) {
            case "DequantizeLinear", "Gather", "Identity" -> slot == 0;
            case "Conv", "ConvTranspose" -> slot > 0;
            case "Mul", "Add" -> true;
            default -> false;
        };
    }

    @Test
    void constantNodesAreInitializers() throws Exception {
        forEachModel((model, answer, random) -> {
            Parts parts = Parts.of(model);
            List<NodeDraft> constants = new ArrayList<>();
            parts.initializers.removeIf(t -> {
                if (t.isInline() && random.nextBoolean()) {
                    constants.add(Parts.node("Constant", List.of(), t.name(), List.of(new Attribute("value", t))));
                    return true;
                }
                return false;
            });
            parts.nodes.addAll(0, constants);
            assertSame(answer.lines(), answer(parts));
        });
    }

    @Test
    void aZeroPointOfZeroIsATypeOfTheOutput() throws Exception {
        forEachModel((model, answer, random) -> {
            Parts parts = Parts.of(model);
            parts.nodes.replaceAll(node -> {
                Value zero = node.inputs().size() < 3
                        ? null
                        : model.graph().value(node.inputs().get(2));
                boolean free = zero != null
                        && zero.type() == DataType.INT8
                        && zero.isConstant()
                        && elements(model, node, 1) == 1
                        && elements(model, node, 2) == 1
                        && zero.constant().longs().filter(z -> z[0] == 0).isPresent()
                        && node.attributes().stream().noneMatch(a -> a.name().equals("output_dtype"));
                if (!free || random.nextBoolean()) {
                    return node;
                }
                List<String> inputs = node.inputs().subList(0, 2);
                return switch (node.opType()) {
                    case "QuantizeLinear" ->
                        Parts.with(node, inputs, new Attribute("output_dtype", (long) DataType.INT8.code()));
                    case "DequantizeLinear" -> Parts.with(node, inputs);
                    default -> node;
                };
            });
            parts.opset(Math.max(21, model.opset()));
            assertSame(answer.lines(), answer(parts));
        });
    }

    private static long elements(Model model, NodeDraft node, int slot) {
        Value value = model.graph().value(node.inputs().get(slot));
        return value == null || !value.isConstant() ? -1 : value.constant().elements();
    }

    @Test
    void aPowerOfTwoInAllScalesChangesNoMoreThanNumbers() throws Exception {
        forEachModel((model, answer, random) -> {
            if (answer.derived().all(SameScale.class).size() > 0) {
                return; // Near in absolute terms.
            }
            int exponent = 1 + random.nextInt(3);
            Parts parts = Parts.of(model);
            Map<String, Tensor> scaled = new HashMap<>();
            parts.nodes.replaceAll(node -> {
                boolean quantizer =
                        node.opType().equals("QuantizeLinear") || node.opType().equals("DequantizeLinear");
                boolean hasScale = quantizer && node.inputs().size() > 1;
                Tensor scale =
                        hasScale ? model.graph().value(node.inputs().get(1)).constant() : null;
                if (scale == null || scale.type() != DataType.FLOAT || !scale.isInline()) {
                    return node;
                }
                List<String> inputs = new ArrayList<>(node.inputs());
                inputs.set(1, inputs.get(1) + " scaled");
                scaled.put(inputs.get(1), scaled(scale, inputs.get(1), exponent));
                return Parts.with(node, inputs);
            });
            parts.initializers.addAll(scaled.values());
            assertSame(withoutNumbers(answer.lines()), withoutNumbers(answer(parts)));
        });
    }

    private static List<String> withoutNumbers(List<String> lines) {
        return lines.stream().map(line -> NUMBER.matcher(line).replaceAll("#")).toList();
    }

    private static Tensor scaled(Tensor tensor, String name, int exponent) {
        byte[] bytes = ((Storage.Inline) tensor.storage()).bytes();
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            to.putFloat(Math.scalb(from.getFloat(), exponent));
        }
        return new Tensor(name, tensor.type(), tensor.shape(), new Storage.Inline(to.array()));
    }
}
