package io.qdqlint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A network in ONNX's textual syntax whose quantizers do the work of activation functions: INT8 with zero point -128, UINT8 with 0,
 * the range of ReLU6, of a Clip at both ends. They stand before convolutions, Concat, MaxPool, Add, outputs and several
 * readers, some of which read the codes. No node makes a difference of its inputs larger, but for Add, which adds two differences.
 */
final class RandomClippers {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final double[] SCALES = {0.005, 0.01, 0.012, 0.02};
    private static final int CHANNELS = 4;

    private final Random random;
    private final List<String> constants = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private final List<String> tensors = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private int count;

    private RandomClippers(long seed) {
        random = new Random(seed * SPREAD);
    }

    static String text(long seed, int size) {
        return new RandomClippers(seed).make(size);
    }

    private String make(int size) {
        String zero = constant("int8", "{0}");
        String scale = constant("float", "{0.03}");
        String read = node("DequantizeLinear", "", node("QuantizeLinear", "", "x", scale, zero), scale, zero);
        tensors.add(conv(read));
        tensors.add(conv(read));
        for (int i = 0; i < size; i++) {
            tensors.add(step());
        }
        for (String output : List.of(any(), tensors.get(tensors.size() - 1))) {
            outputs.add("float[1,4,6,6] " + node("Identity", "", random.nextInt(3) == 0 ? clipped(output) : output));
        }
        return "<ir_version: 8, opset_import: [\"\" : 13]>\ng (float[1,4,6,6] x) => (" + String.join(", ", outputs)
                + ")\n<" + String.join(",\n ", constants) + ">\n{\n" + String.join("\n", nodes) + "\n}\n";
    }

    /** Each step makes a tensor of the input's shape. */
    private String step() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> clipped(conv(clipped(any())));
            case 3 -> node("Add", "", clipped(any()), clipped(any()));
            case 4 -> node("MaxPool", "kernel_shape = [3, 3], pads = [1, 1, 1, 1]", clipped(any()));
            case 5 -> concat(clipped(any()), clipped(any()));
            case 6 -> node("Relu", "", clipped(any()));
            case 7 -> node(random.nextInt(2) == 0 ? "Tanh" : "Sigmoid", "", clipped(any()));
            case 8 -> codes(any());
            case 9 -> twice(any());
            case 10 -> clipped(node("Add", "", clipped(any()), any()));
            default -> clipped(any());
        };
    }

    private String concat(String a, String b) {
        String both = node("Concat", "axis = 1", a, b);
        String half = constant("int64[2]", "{4, 4}");
        String name = "t" + count++;
        nodes.add("  " + name + ", " + name + "_rest = Split <axis = 1> (" + clipped(both) + ", " + half + ")");
        return name;
    }

    /** The codes are pooled or turned, and read by another node as well. */
    private String codes(String tensor) {
        List<String> pair = parameters();
        String q = node("QuantizeLinear", "", tensor, pair.get(0), pair.get(1));
        String moved = random.nextInt(2) == 0
                ? node("Transpose", "perm = [0, 1, 3, 2]", q)
                : node("MaxPool", "kernel_shape = [3, 3], pads = [1, 1, 1, 1]", q);
        tensors.add(node("DequantizeLinear", "", q, pair.get(0), pair.get(1)));
        return node("DequantizeLinear", "", moved, pair.get(0), pair.get(1));
    }

    /** Two quantizers of one tensor. */
    private String twice(String tensor) {
        tensors.add(clipped(tensor));
        return clipped(tensor);
    }

    private String clipped(String tensor) {
        List<String> pair = parameters();
        String q = node("QuantizeLinear", "", tensor, pair.get(0), pair.get(1));
        if (random.nextInt(6) == 0) {
            tensors.add(node("DequantizeLinear", "", q, pair.get(0), pair.get(1)));
        }
        return node("DequantizeLinear", "", q, pair.get(0), pair.get(1));
    }

    /** Scale and zero point. */
    private List<String> parameters() {
        double scale = SCALES[random.nextInt(SCALES.length)];
        String zero = switch (random.nextInt(8)) {
            case 0, 1 -> "int8 {-128}";
            case 2 -> "uint8 {0}";
            case 3 -> "uint8 {128}";
            case 4 -> "int8 {-" + (20 + random.nextInt(80)) + "}";
            case 5 -> {
                scale = 6 / 255.0 / 4;
                yield "int8 {-128}";
            }
            default -> "int8 {0}";
        };
        String[] words = zero.split(" ");
        return List.of(constant("float", String.format(Locale.ROOT, "{%.8f}", scale)), constant(words[0], words[1]));
    }

    /** A 1x1 convolution whose weights of one output channel add up to less than 1. */
    private String conv(String tensor) {
        StringBuilder codes = new StringBuilder();
        for (int i = 0; i < CHANNELS * CHANNELS; i++) {
            codes.append(i == 0 ? "" : ", ").append(random.nextInt(255) - 127);
        }
        String weight = constant("int8[4,4,1,1]", "{" + codes + "}");
        String scale = constant("float", "{0.0019}");
        return node("Conv", "", tensor, node("DequantizeLinear", "", weight, scale, constant("int8", "{0}")));
    }

    private String any() {
        return tensors.get(random.nextInt(tensors.size()));
    }

    private String node(String op, String attributes, String... inputs) {
        String name = "t" + count++;
        nodes.add("  " + name + " = " + op + (attributes.isEmpty() ? "" : " <" + attributes + ">") + " ("
                + String.join(", ", inputs) + ")");
        return name;
    }

    private String constant(String type, String values) {
        String name = "k" + count++;
        constants.add(type + " " + name + " = " + values);
        return name;
    }
}
