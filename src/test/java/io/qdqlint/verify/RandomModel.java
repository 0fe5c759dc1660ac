package io.qdqlint.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A small network in ONNX's textual syntax, quantized at random places in random ways, wrong ones among them: pairs inside of
 * fusions, doubled, dangling and at outputs, scales that should be equal, UINT8, zero points, INT32 biases, missing axes.
 * Constants are initializers or nodes, now and then seen through Identity.
 */
public final class RandomModel {
    private static final double[] SCALES = {0.005, 0.02, 0.03, 0.031, 0.05, 0.11};

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Random random;
    private final List<String> constants = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private final List<String> tensors = new ArrayList<>(List.of("x"));
    private final RandomBlocks blocks;
    private int count;

    private RandomModel(long seed) {
        // Random itself begins alike for seeds in a row.
        random = new Random(seed * SPREAD);
        blocks = new RandomBlocks(this, random);
    }

    public static String text(long seed, int size) {
        return new RandomModel(seed).make(size);
    }

    private String make(int size) {
        for (int i = 0; i < size; i++) {
            step();
        }
        String last = node("Relu", "", any());
        String side = node("Abs", "", chance(3) ? pair(any()) : any());
        String all = chance(2) ? pair(last) : last;
        return "<ir_version: 8, opset_import: [\"\" : 17]>\n"
                + "g (float[1,4,6,6] x) => (float[1,4,6,6] " + all + ", float[1,4,6,6] " + side + ")\n<"
                + String.join(",\n ", constants) + ">\n{\n" + String.join("\n", nodes) + "\n}\n";
    }

    /** Every step makes a tensor of the input's shape. */
    private void step() {
        String a = maybePair(any(), 2);
        String made = switch (random.nextInt(14)) {
            case 0, 1, 2 -> conv(a, 4);
            case 3 -> node("Relu", "", maybePair(a, 3));
            case 4 -> node("MaxPool", "kernel_shape = [3, 3], pads = [1, 1, 1, 1]", a);
            case 5 -> node("AveragePool", "kernel_shape = [3, 3], pads = [1, 1, 1, 1]", a);
            case 6 -> node("Add", "", a, maybePair(any(), 2));
            case 7 -> silu(a);
            case 8 -> node("Transpose", "perm = [0, 1, 3, 2]", a);
            case 9 -> swapped(a);
            case 10, 11 -> concat(a, maybePair(any(), 2));
            default -> blocks.any(a);
        };
        tensors.add(maybePair(made, 4));
    }

    /** The halves of the channels, the other way round. */
    private String swapped(String a) {
        String low = half(a, 0);
        String high = half(a, 2);
        return node("Concat", "axis = 1", maybePair(high, 2), maybePair(low, 3));
    }

    private String half(String a, int start) {
        String from = constant("int64[1]", "{" + start + "}");
        String to = constant("int64[1]", "{" + (start + 2) + "}");
        return node("Slice", "", a, from, to, constant("int64[1]", "{1}"));
    }

    private String silu(String a) {
        String gate = node("Sigmoid", "", a);
        return node("Mul", "", a, maybePair(gate, 3));
    }

    private String concat(String a, String b) {
        String both = node("Concat", "axis = 1", a, b);
        return conv(maybePair(both, 2), 8);
    }

    /** A 1x1 convolution to four channels. */
    String conv(String a, int inputs) {
        return conv(a, "", weight(new int[] {4, inputs, 1, 1}, 0));
    }

    String conv(String a, String attributes, String weight) {
        return chance(3) ? node("Conv", attributes, a, weight, bias()) : node("Conv", attributes, a, weight);
    }

    /** A weight in floating point, quantized in the graph, or stored as codes, with a scale for each index of the axis. */
    String weight(int[] sizes, int along) {
        int elements = IntStream.of(sizes).reduce(1, (x, y) -> x * y);
        int channels = sizes[along];
        int row = elements / IntStream.of(sizes).limit(along + 1L).reduce(1, (x, y) -> x * y);
        String shape = Arrays.toString(sizes);
        int kind = random.nextInt(5);
        if (kind == 0) {
            return constant("float" + shape, numbers(elements, i -> number(random.nextGaussian() / 3)));
        }
        // Without an axis it is 1.
        boolean fits = sizes.length > 1 && sizes[1] == channels;
        String axis = fits && chance(6) ? "" : "axis = " + along;
        String scale = constant(
                "float[" + channels + "]", numbers(channels, i -> number(0.004 + 0.004 * random.nextDouble())));
        if (kind == 1) {
            String zero = constant("int8[" + channels + "]", numbers(channels, i -> "0"));
            String real = constant("float" + shape, numbers(elements, i -> number(random.nextGaussian() / 3)));
            return node("DequantizeLinear", axis, node("QuantizeLinear", axis, real, scale, zero), scale, zero);
        }
        if (kind == 2) {
            String zero = constant("uint8[" + channels + "]", numbers(channels, i -> "128"));
            String codes = constant("uint8" + shape, numbers(elements, i -> "" + random.nextInt(256)));
            return node("DequantizeLinear", axis, codes, scale, zero);
        }
        boolean dead = chance(4);
        String zero = constant("int8[" + channels + "]", numbers(channels, i -> chance(8) && !dead ? "3" : "0"));
        String codes = constant(
                "int8" + shape,
                numbers(elements, i -> dead && i / row % channels == 0 ? "0" : "" + (random.nextInt(256) - 128)));
        String ofDead = constant("float[" + channels + "]", numbers(channels, i -> i == 0 ? "0" : "0.00" + (3 + i)));
        return node("DequantizeLinear", axis, codes, dead ? ofDead : scale, zero);
    }

    private String bias() {
        if (chance(2)) {
            return constant("float[4]", numbers(4, i -> number(random.nextGaussian())));
        }
        String codes = constant("int32[4]", numbers(4, i -> "" + (random.nextInt(20001) - 10000)));
        String scale = constant("float[4]", numbers(4, i -> number(1e-4 * (1 + random.nextDouble()))));
        String zero = constant("int32[4]", numbers(4, i -> "0"));
        return node("DequantizeLinear", "axis = 0", codes, scale, zero);
    }

    /** Quantized and dequantized, now and then twice. */
    String pair(String tensor) {
        String scale = constant("float", "{" + SCALES[random.nextInt(SCALES.length)] + "}");
        String zero = switch (random.nextInt(8)) {
            case 0 -> constant("uint8", "{128}");
            case 1 -> constant("uint8", "{0}");
            case 2 -> constant("int8", "{" + (random.nextInt(9) - 4) + "}");
            default -> constant("int8", "{0}");
        };
        String quantized = node("QuantizeLinear", "", tensor, scale, zero);
        String real = node("DequantizeLinear", "", quantized, scale, zero);
        return chance(8) ? pair(real) : real;
    }

    String maybePair(String tensor, int oneIn) {
        return chance(oneIn) ? pair(tensor) : tensor;
    }

    String any() {
        return tensors.get(random.nextInt(tensors.size()));
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    String node(String op, String attributes, String... inputs) {
        return nodes(1, op, attributes, inputs).get(0);
    }

    /** A node of several outputs. */
    List<String> nodes(int outputs, String op, String attributes, String... inputs) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            made.add("t" + count++);
        }
        nodes.add("  " + String.join(", ", made) + " = " + op + (attributes.isEmpty() ? "" : " <" + attributes + ">")
                + " (" + String.join(", ", inputs) + ")");
        return made;
    }

    String constant(String type, String values) {
        if (chance(12)) {
            return node("Constant", "value = " + type + " " + values);
        }
        String name = "k" + count++;
        constants.add(type + " " + name + " = " + values);
        return chance(12) ? node("Identity", "", name) : name;
    }

    interface Element {
        String at(int index);
    }

    static String numbers(int count, Element element) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(element.at(i));
        }
        return "{" + String.join(", ", all) + "}";
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
