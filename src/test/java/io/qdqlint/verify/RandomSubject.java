package io.qdqlint.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * A network in ONNX's textual syntax around one place that a rewrite changes, with random nodes that read what is there. All
 * tensors have the input's shape and hold -1 to 1, and no node makes a difference of its inputs larger.
 */
final class RandomSubject {
    static final int CHANNELS = 4;
    static final int SIDE = 6;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final String SHAPE = "[1,4,6,6] ";

    final Random random;
    private final List<String> constants = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();
    private int count;

    RandomSubject(long seed) {
        // Random itself begins alike for seeds in a row.
        random = new Random(seed * SPREAD);
    }

    /** Type, scale and zero point of a quantizer: names of constants, and what they hold. */
    record Parameters(String type, double step, int zero, String scaleName, String zeroName) {
        double low() {
            return ((type.equals("int8") ? -128 : 0) - zero) * step;
        }

        double high() {
            return low() + 255 * step;
        }
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** A step with which INT8 around 0 covers the range of all tensors, or not. */
    double step(boolean covers) {
        return covers ? 1 / 127.0 + random.nextDouble() / 50 : 0.003 + random.nextDouble() / 100;
    }

    Parameters parameters() {
        boolean signed = chance(2);
        int zero = switch (random.nextInt(4)) {
            case 0 -> signed ? -128 : 0;
            case 1 -> (signed ? -128 : 0) + random.nextInt(256);
            default -> signed ? 0 : 128;
        };
        return parameters(signed ? "int8" : "uint8", step(chance(2)), zero);
    }

    /** A quantizer with so many codes for negative numbers. */
    Parameters around(int negative) {
        boolean signed = chance(2);
        return parameters(signed ? "int8" : "uint8", step(chance(2)), (signed ? -128 : 0) + negative);
    }

    Parameters symmetric(boolean covers) {
        return parameters("int8", step(covers), 0);
    }

    Parameters parameters(String type, double step, int zero) {
        return new Parameters(
                type,
                (float) step,
                zero,
                constant("float", "{" + number(step) + "}"),
                constant(type, "{" + zero + "}"));
    }

    String constant(String type, String values) {
        String name = "k" + count++;
        constants.add(type + " " + name + " = " + values);
        return name;
    }

    /** Elements that a function gives, one for each index. */
    String constant(String type, int elements, RandomModel.Element element) {
        return constant(type, RandomModel.numbers(elements, element));
    }

    String codes(String type, String shape, int elements) {
        int low = type.equals("uint8") ? 0 : -128;
        return constant(type + shape, elements, i -> "" + (low + random.nextInt(256)));
    }

    String named(String name, String op, String attributes, String... inputs) {
        nodes.add("  " + name + " = " + op + (attributes.isEmpty() ? "" : " <" + attributes + ">") + " ("
                + String.join(", ", inputs) + ")");
        return name;
    }

    String node(String op, String attributes, String... inputs) {
        return named("t" + count++, op, attributes, inputs);
    }

    String quantize(String name, String tensor, Parameters p) {
        return named(name, "QuantizeLinear", "", tensor, p.scaleName(), p.zeroName());
    }

    String dequantize(String name, String codes, Parameters p) {
        return named(name, "DequantizeLinear", "", codes, p.scaleName(), p.zeroName());
    }

    /** The input, or a tensor that is made of it. */
    String source() {
        return switch (random.nextInt(5)) {
            case 0 -> node("Relu", "", "x");
            case 1 -> node("Tanh", "", "x");
            case 2 -> node("Transpose", "perm = [0, 1, 3, 2]", "x");
            case 3 -> node("MaxPool", "kernel_shape = [3, 3], pads = [1, 1, 1, 1]", "x");
            default -> "x";
        };
    }

    /** A 1x1 convolution whose rows have magnitudes that sum to less than 1. */
    String conv(String tensor) {
        String weight = constant("float[4,4,1,1]", 16, i -> number((random.nextDouble() - 0.5) / 2));
        return node("Conv", "", tensor, weight);
    }

    /** Nodes that read a tensor, or a graph output that is the tensor. */
    void read(String tensor) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String made = switch (random.nextInt(6)) {
                case 0 -> node("Relu", "", tensor);
                case 1 -> node("MaxPool", "kernel_shape = [3, 3], pads = [1, 1, 1, 1]", tensor);
                case 2 -> node("Transpose", "perm = [0, 1, 3, 2]", tensor);
                case 3 -> conv(tensor);
                case 4 -> node("Identity", "", tensor);
                default -> tensor;
            };
            show("float", made);
        }
    }

    void show(String type, String tensor) {
        if (shown.add(tensor)) {
            outputs.add(type + SHAPE + tensor);
        }
    }

    /** One more node that reads codes in a way of its own. */
    void readCodes(String codes, Parameters p) {
        switch (random.nextInt(7)) {
            case 0 -> read(dequantize("t" + count++, codes, p));
            case 1 -> read(dequantize("t" + count++, codes, parameters(p.type(), step(true), p.zero())));
            case 2 -> read(dequantize("t" + count++, codes, parameters(p.type(), p.step(), p.zero() / 2 + 7)));
            case 3 -> read(dequantize("t" + count++, node("MaxPool", "kernel_shape = [1, 1]", codes), p));
            case 4 -> read(dequantize("t" + count++, node("Transpose", "perm = [0, 1, 3, 2]", codes), p));
            case 5 -> show(p.type(), codes);
            default -> show("float", node("Cast", "to = 1", codes));
        }
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.9f", value);
    }

    String text() {
        return "<ir_version: 8, opset_import: [\"\" : 17]>\ng (float[1,4,6,6] x) => (" + String.join(", ", outputs)
                + ")\n<" + String.join(",\n ", constants) + ">\n{\n" + String.join("\n", nodes) + "\n}\n";
    }
}
