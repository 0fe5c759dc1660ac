package io.qdqlint.fix;

import io.qdqlint.ir.Node;

/** The axis of a weight that has the output channels. */
final class OutputChannels {
    private OutputChannels() {}

    /** The axis in a weight of that rank; -1 for a node without weights. */
    static int axis(Node layer, int rank) {
        return switch (layer.opType()) {
            case "Conv" -> 0;
            case "ConvTranspose" -> 1;
            case "Gemm" -> layer.intAttribute("transB", 0) == 1 ? 0 : 1;
            case "MatMul" -> rank - 1;
            default -> -1;
        };
    }
}
