package io.qdqlint.bench;

import java.util.Locale;

/** Models of one pattern repeated: what is derived from them must not grow faster than they do. */
public enum Family {
    /** Each Add takes another pair of the input in. */
    ADDS,
    /** Each layer reads a Concat of all layers before it; edges grow with the square of the layers. */
    DENSE,
    /** The same, where each Concat adds to the Concat before it. */
    DENSE_CHAIN,
    /** A Split, a pair for each part, a Concat. */
    SPLIT,
    /** Splits and Concats in turn, a pair between them. */
    LADDER,
    /** Pairs in a row, in scales that grow, fall and come again. */
    PAIRS,
    /** Pairs in a row between two matrix products, in a Myelin region. */
    REGION,
    /** Pairs in a row, with max pools and other readers in between. */
    BROKEN_ROW,
    /** Max pools in a row, each read by a pair too. */
    POOLS,
    /** The same, all pairs in one scale. */
    POOLS_OF_ONE_SCALE,
    /** Residual blocks. */
    RESIDUAL,
    /** One tensor that many layers read, each into a pair. */
    FAN_OUT;

    private static final int SCALES = 97;

    private final StringBuilder body = new StringBuilder();

    /**
     * The model in ONNX's textual syntax.
     *
     * @param size how often the pattern is repeated
     */
    public synchronized String text(int size) {
        body.setLength(0);
        String outputs = graph(size);
        StringBuilder head = new StringBuilder("<ir_version: 8, opset_import: [\"\" : 13]>\ng (float[1,")
                .append(this == SPLIT ? size : 4)
                .append(",4,4] x) => (")
                .append(outputs)
                .append(")\n<int8 z = {0}, int8[4,4,1,1] w = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7}");
        for (int i = 0; i < SCALES; i++) {
            head.append(String.format(Locale.ROOT, ", float s%d = {%.6f}", i, 0.01 + 0.00001 * i));
        }
        return head.append(">\n{\n").append(body).append("}\n").toString();
    }

    private String graph(int size) {
        return switch (this) {
            case ADDS -> adds(size);
            case DENSE -> dense(size);
            case DENSE_CHAIN -> denseChain(size);
            case SPLIT -> split(size);
            case LADDER -> ladder(size);
            case PAIRS -> pairs(size);
            case REGION -> region(size);
            case BROKEN_ROW -> brokenRow(size);
            case POOLS -> pools(size, SCALES);
            case POOLS_OF_ONE_SCALE -> pools(size, 1);
            case RESIDUAL -> residual(size);
            case FAN_OUT -> fanOut(size);
        };
    }

    private void node(String output, String call) {
        body.append("  ").append(output).append(" = ").append(call).append('\n');
    }

    private String pair(String tensor, int scale, String to) {
        node(to + "_q", "QuantizeLinear (" + tensor + ", s" + scale + ", z)");
        node(to, "DequantizeLinear (" + to + "_q, s" + scale + ", z)");
        return to;
    }

    private String adds(int size) {
        String sum = "x";
        for (int i = 0; i < size; i++) {
            node("a" + i, "Add (" + sum + ", " + pair("x", i % SCALES, "d" + i) + ")");
            sum = "a" + i;
        }
        return "float " + pair(sum, 0, "y");
    }

    private String dense(int size) {
        StringBuilder all = new StringBuilder("x");
        for (int i = 0; i < size; i++) {
            node("k" + i, "Concat <axis = 1> (" + all + ")");
            node("c" + i, "GlobalAveragePool (" + pair("k" + i, i % SCALES, "d" + i) + ")");
            all.append(", c").append(i);
        }
        return "float c" + (size - 1);
    }

    private String denseChain(int size) {
        String all = "x";
        for (int i = 0; i < size; i++) {
            node("c" + i, "GlobalAveragePool (" + pair(all, i % SCALES, "d" + i) + ")");
            node("k" + i, "Concat <axis = 1> (" + all + ", c" + i + ")");
            all = "k" + i;
        }
        return "float " + pair(all, 0, "y");
    }

    private String split(int size) {
        StringBuilder parts = new StringBuilder("p0");
        StringBuilder pairs = new StringBuilder();
        for (int i = 1; i < size; i++) {
            parts.append(", p").append(i);
        }
        node(parts.toString(), "Split <axis = 1> (" + pair("x", 0, "d") + ")");
        for (int i = 0; i < size; i++) {
            pairs.append(i == 0 ? "" : ", ").append(pair("p" + i, i % SCALES, "d" + i));
        }
        node("c", "Concat <axis = 1> (" + pairs + ")");
        return "float " + pair("c", 5, "y");
    }

    private String ladder(int size) {
        String x = "x";
        for (int i = 0; i < size; i++) {
            node("a" + i + ", b" + i, "Split <axis = 1> (" + x + ")");
            node("k" + i, "Concat <axis = 1> (" + pair("a" + i, i % SCALES, "d" + i) + ", b" + i + ")");
            x = "k" + i;
        }
        return "float " + pair(x, 3, "y");
    }

    private String pairs(int size) {
        String x = "x";
        for (int i = 0; i < size; i++) {
            x = pair(x, i % SCALES, "d" + i);
        }
        node("y", "Relu (" + x + ")");
        return "float y";
    }

    private String region(int size) {
        node("m", "MatMul (x, x)");
        String x = "m";
        for (int i = 0; i < size; i++) {
            x = pair(x, i % SCALES, "d" + i);
        }
        node("y", "MatMul (" + x + ", x)");
        return "float y";
    }

    private String brokenRow(int size) {
        StringBuilder outputs = new StringBuilder();
        String x = "x";
        for (int i = 0; i < size; i++) {
            x = pair(x, i % SCALES, "d" + i);
            if (i % 7 == 3) {
                node("m" + i, "MaxPool <kernel_shape = [1, 1]> (" + x + ")");
                x = "m" + i;
            } else if (i % 11 == 5) {
                node("y" + i, "Sigmoid (" + x + ")");
                outputs.append("float y").append(i).append(", ");
            }
        }
        node("y", "Relu (" + x + ")");
        return outputs + "float y";
    }

    private String pools(int size, int scales) {
        StringBuilder outputs = new StringBuilder();
        String x = "x";
        for (int i = 0; i < size; i++) {
            node("m" + i, "MaxPool <kernel_shape = [1, 1]> (" + x + ")");
            x = "m" + i;
            node("y" + i, "Sigmoid (" + pair(x, i % scales, "d" + i) + ")");
            outputs.append(i == 0 ? "float y" : ", float y").append(i);
        }
        return outputs.toString();
    }

    private String residual(int size) {
        String x = "x";
        for (int i = 0; i < size; i++) {
            node("w" + i, "DequantizeLinear (w, s0, z)");
            node("c" + i, "Conv (" + pair(x, i % SCALES, "d" + i) + ", w" + i + ")");
            node("a" + i, "Add (c" + i + ", " + x + ")");
            node("r" + i, "Relu (a" + i + ")");
            x = "r" + i;
        }
        return "float " + pair(x, 3, "y");
    }

    private String fanOut(int size) {
        StringBuilder outputs = new StringBuilder();
        node("r", "Relu (x)");
        for (int i = 0; i < size; i++) {
            node("a" + i, "Sigmoid (r)");
            outputs.append(i == 0 ? "float " : ", float ").append(pair("a" + i, i % SCALES, "y" + i));
        }
        return outputs.toString();
    }
}
