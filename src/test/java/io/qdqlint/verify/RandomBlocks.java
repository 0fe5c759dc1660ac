package io.qdqlint.verify;

import java.util.List;
import java.util.Random;

/** What networks are made of beside plain convolutions; each block takes and gives a tensor of shape [1, 4, 6, 6]. */
final class RandomBlocks {
    private static final List<String> OPS =
            List.of("HardSwish", "LeakyRelu", "Elu", "Sigmoid", "Softplus", "Relu", "Clip");
    private static final int SIDE = 6;
    private static final int CHANNELS = 4;

    private final RandomModel in;
    private final Random random;

    RandomBlocks(RandomModel in, Random random) {
        this.in = in;
        this.random = random;
    }

    String any(String a) {
        return switch (random.nextInt(13)) {
            case 0 -> in.conv(a, "group = 4, pads = [1, 1, 1, 1]", in.weight(new int[] {CHANNELS, 1, 3, 3}, 0));
            case 1 -> in.conv(a, "group = 2", in.weight(new int[] {CHANNELS, 2, 1, 1}, 0));
            case 2 -> in.node("ConvTranspose", "", a, in.weight(new int[] {CHANNELS, CHANNELS, 1, 1}, 1));
            case 3 -> split(a);
            case 4 -> normalized(a);
            case 5 -> gelu(a);
            case 6 -> attention(a);
            case 7 -> in.node("MatMul", "", a, in.weight(new int[] {SIDE, SIDE}, 1));
            case 8 -> gated(a);
            case 9 -> resized(a);
            case 10 -> reshaped(a);
            case 11 -> activated(a);
            default -> batchNormalized(a);
        };
    }

    private String split(String a) {
        String sizes = in.constant("int64[2]", "{2, 2}");
        List<String> halves = in.nodes(2, "Split", "axis = 1", a, sizes);
        String low = in.maybePair(halves.get(0), 2);
        String high = in.chance(2) ? in.node("Relu", "", halves.get(1)) : in.maybePair(halves.get(1), 2);
        return in.node("Concat", "axis = 1", low, high);
    }

    private String normalized(String a) {
        if (in.chance(3)) {
            return in.node("Softmax", "axis = -1", a);
        }
        String scale = in.constant("float[6]", RandomModel.numbers(SIDE, i -> RandomModel.number(1 + i / 8.0)));
        String shift = in.constant("float[6]", RandomModel.numbers(SIDE, i -> RandomModel.number(i / 9.0)));
        return in.node("LayerNormalization", "axis = -1", a, scale, shift);
    }

    private String gelu(String a) {
        String root = in.constant("float", "{1.41421356}");
        String one = in.constant("float", "{1}");
        String half = in.constant("float", "{0.5}");
        String error = in.node("Erf", "", in.node("Div", "", a, root));
        String gate = in.node("Add", "", in.maybePair(error, 4), one);
        return in.node("Mul", "", in.node("Mul", "", a, in.maybePair(gate, 4)), half);
    }

    private String attention(String a) {
        String key = in.node("Transpose", "perm = [0, 1, 3, 2]", in.maybePair(in.any(), 2));
        String scores = in.node("Softmax", "axis = -1", in.node("MatMul", "", a, in.maybePair(key, 2)));
        return in.node("MatMul", "", in.maybePair(scores, 2), in.maybePair(in.any(), 2));
    }

    /** Global pooling, a product, and a factor for each channel of it. */
    private String gated(String a) {
        String pool = in.node(in.chance(3) ? "GlobalMaxPool" : "GlobalAveragePool", "", a);
        String flat = in.node("Flatten", "", in.maybePair(pool, 2));
        boolean turned = in.chance(2);
        String weight = in.weight(new int[] {CHANNELS, CHANNELS}, turned ? 0 : 1);
        String product = in.node("Gemm", turned ? "transB = 1" : "", in.maybePair(flat, 2), weight);
        String gate = in.node("Sigmoid", "", in.maybePair(product, 3));
        String shape = in.constant("int64[4]", "{1, 4, 1, 1}");
        return in.node("Mul", "", in.maybePair(a, 3), in.node("Reshape", "", gate, shape));
    }

    private String resized(String a) {
        String scales = in.constant("float[4]", "{1, 1, 2, 2}");
        String wide = in.node("Resize", "mode = \"nearest\"", a, "", scales);
        return in.node("AveragePool", "kernel_shape = [2, 2], strides = [2, 2]", in.maybePair(wide, 2));
    }

    private String activated(String a) {
        String made = in.chance(2) ? in.conv(a, CHANNELS) : a;
        String op = OPS.get(random.nextInt(OPS.size()));
        return in.maybePair(in.node(op, "", in.maybePair(made, 2)), 3);
    }

    private String reshaped(String a) {
        String flat = in.node("Reshape", "", a, in.constant("int64[3]", "{1, 4, 36}"));
        return in.node("Reshape", "", in.maybePair(flat, 2), in.constant("int64[4]", "{1, 4, 6, 6}"));
    }

    private String batchNormalized(String a) {
        String scale = in.constant("float[4]", "{1, 0.5, 1.25, 0.75}");
        String shift = in.constant("float[4]", "{0, 0.125, -0.25, 0}");
        String mean = in.constant("float[4]", "{0.1, 0, -0.1, 0.2}");
        String variance = in.constant("float[4]", "{1, 2, 0.5, 1.5}");
        String before = in.chance(2) ? in.maybePair(in.conv(a, CHANNELS), 4) : a;
        return in.node("BatchNormalization", "", before, scale, shift, mean, variance);
    }
}
