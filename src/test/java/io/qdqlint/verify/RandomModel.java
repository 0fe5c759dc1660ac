package io.qdqlint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A small network in ONNX's textual syntax, quantized at random places in random ways, wrong ones among them: pairs inside of
 * fusions, doubled, dangling and at outputs, scales that should be equal, UINT8, zero points, INT32 biases, missing axes.
 */
public final class RandomModel {
    private static final double[] SCALES = {0.005, 0.02, 0.03, 0.031, 0.05, 0.11};

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Random random;
    private final List<String> constants = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private final List<String> tensors = new ArrayList<>(List.of("x"));
    private int count;

    private RandomModel(long seed) {
        // Random itself begins alike for seeds in a row.
        random = new Random(seed * SPREAD);
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
        return "<ir_version: 8, opset_import: [\"\" : 13]>\n"
                + "g (float[1,4,6,6] x) => (float[1,4,6,6] " + all + ", float[1,4,6,6] " + side + ")\n<"
                + String.join(",\n ", constants) + ">\n{\n" + String.join("\n", nodes) + "\n}\n";
    }

    private void step() {
        String a = chance(2) ? pair(any()) : any();
        String made = switch (random.nextInt(11)) {
            case 0, 1, 2 -> conv(a, 4);
            case 3 -> node("Relu", "", chance(3) ? pair(a) : a);
            case 4 -> node("MaxPool", "kernel_shape = [3, 3], pads = [1, 1, 1, 1]", a);
            case 5 -> node("AveragePool", "kernel_shape = [3, 3], pads = [1, 1, 1, 1]", a);
            case 6 -> node("Add", "", a, chance(2) ? pair(any()) : any());
            case 7 -> silu(a);
            case 8 -> node("Transpose", "perm = [0, 1, 3, 2]", a);
            case 9 -> swapped(a);
            default -> concat(a, chance(2) ? pair(any()) : any());
        };
        tensors.add(chance(4) ? pair(made) : made);
    }

    /** The halves of the channels, the other way round. */
    private String swapped(String a) {
        String low = half(a, 0);
        String high = half(a, 2);
        return node("Concat", "axis = 1", chance(2) ? pair(high) : high, chance(3) ? pair(low) : low);
    }

    private String half(String a, int start) {
        String from = constant("int64[1]", "{" + start + "}");
        String to = constant("int64[1]", "{" + (start + 2) + "}");
        return node("Slice", "", a, from, to, constant("int64[1]", "{1}"));
    }

    private String silu(String a) {
        String gate = node("Sigmoid", "", a);
        return node("Mul", "", a, chance(3) ? pair(gate) : gate);
    }

    private String concat(String a, String b) {
        String both = node("Concat", "axis = 1", a, b);
        return conv(chance(2) ? pair(both) : both, 8);
    }

    private String conv(String a, int inputs) {
        String weight = weight(inputs);
        return chance(3) ? node("Conv", "", a, weight, bias()) : node("Conv", "", a, weight);
    }

    /** A weight in floating point, quantized in the graph, or stored as codes. */
    private String weight(int inputs) {
        String shape = "[4," + inputs + ",1,1]";
        int kind = random.nextInt(5);
        if (kind == 0) {
            return constant("float" + shape, numbers(4 * inputs, i -> number(random.nextGaussian() / 3)));
        }
        // Without an axis it is 1, which fits a square weight only.
        String axis = inputs == 4 && chance(6) ? "" : "axis = 0";
        String scale = constant("float[4]", numbers(4, i -> number(0.004 + 0.004 * random.nextDouble())));
        if (kind == 1) {
            String zero = constant("int8[4]", numbers(4, i -> "0"));
            String real = constant("float" + shape, numbers(4 * inputs, i -> number(random.nextGaussian() / 3)));
            return node("DequantizeLinear", axis, node("QuantizeLinear", axis, real, scale, zero), scale, zero);
        }
        if (kind == 2) {
            String zero = constant("uint8[4]", numbers(4, i -> "128"));
            String codes = constant("uint8" + shape, numbers(4 * inputs, i -> "" + random.nextInt(256)));
            return node("DequantizeLinear", axis, codes, scale, zero);
        }
        boolean dead = chance(4);
        String zero = constant("int8[4]", numbers(4, i -> chance(8) && !dead ? "3" : "0"));
        String codes = constant(
                "int8" + shape, numbers(4 * inputs, i -> dead && i < inputs ? "0" : "" + (random.nextInt(256) - 128)));
        String ofDead = constant("float[4]", "{0, 0.005, 0.004, 0.006}");
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
    private String pair(String tensor) {
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

    private String any() {
        return tensors.get(random.nextInt(tensors.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String node(String op, String attributes, String... inputs) {
        String output = "t" + count++;
        nodes.add("  " + output + " = " + op + (attributes.isEmpty() ? "" : " <" + attributes + ">") + " ("
                + String.join(", ", inputs) + ")");
        return output;
    }

    private String constant(String type, String values) {
        String name = "k" + count++;
        constants.add(type + " " + name + " = " + values);
        return name;
    }

    private interface Element {
        String at(int index);
    }

    private static String numbers(int count, Element element) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(element.at(i));
        }
        return "{" + String.join(", ", all) + "}";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
