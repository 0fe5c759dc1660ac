package io.qdqlint.fix;

import io.qdqlint.ir.Node;
import java.util.List;

/**
 * What a rule wants done to the model to mend its finding. Rules derive rewrites next to their findings; {@link Planner}
 * turns them into edits, together, so that those of several rules do not contradict each other.
 */
public sealed interface Rewrite {
    /** The rule that asks for it, such as {@code QDQ101}. */
    String rule();

    /** The node that the rule's finding is at. */
    Node at();

    /** Which rewrites go first: a round applies those of the first phase that has any. */
    Phase phase();

    /** The order in which models are mended (rules-catalogue, fix order). */
    enum Phase {
        /** What TensorRT's parser does not take. */
        HYGIENE,
        /** Pairs at the wrong place. */
        STRUCTURE,
        /** Scales that have to be equal. */
        SCALES
    }

    /** The quantizers, each given by its Q or its DQ, get one scale: the largest of theirs, which clips nothing more. */
    record UnifyScales(String rule, Node at, List<Node> members) implements Rewrite {
        public UnifyScales {
            members = List.copyOf(members);
        }

        @Override
        public Phase phase() {
            return Phase.SCALES;
        }
    }

    /** The pair goes; what read it reads what it quantized. */
    record RemovePair(String rule, Node at, Node quantize, Node dequantize, Exactness exactness) implements Rewrite {
        @Override
        public Phase phase() {
            return Phase.STRUCTURE;
        }
    }

    /** The pair moves to the other side of {@code past}, the only node that reads it or the one it reads. */
    record MovePair(String rule, Node at, Node quantize, Node dequantize, Node past, Exactness exactness)
            implements Rewrite {
        @Override
        public Phase phase() {
            return Phase.STRUCTURE;
        }
    }

    /**
     * An input of a node reads its tensor through a pair. {@code like} is a Q whose scale is taken; if it quantizes the
     * very tensor, its own pair is read. Null where no scale is known, which takes a calibration file.
     */
    record QuantizeInput(String rule, Node at, Node node, int slot, Node like) implements Rewrite {
        @Override
        public Phase phase() {
            return Phase.STRUCTURE;
        }
    }

    /** All that reads the node's first output reads it through a pair; {@code like} as in {@link QuantizeInput}. */
    record QuantizeOutput(String rule, Node at, Node node, Node like) implements Rewrite {
        @Override
        public Phase phase() {
            return Phase.STRUCTURE;
        }
    }

    /** A dequantized constant (onnxruntime's INT32 bias) becomes a floating-point initializer with the same values. */
    record FoldConstant(String rule, Node at, Node dequantize) implements Rewrite {
        @Override
        public Phase phase() {
            return Phase.HYGIENE;
        }
    }

    /** The quantizer, given by its Q or DQ, gets type INT8 and zero point 0. Exact for UINT8 with zero point 128. */
    record MakeSymmetric(String rule, Node at, Node quantizer) implements Rewrite {
        @Override
        public Phase phase() {
            return Phase.HYGIENE;
        }
    }

    /** The quantizer, given by its Q or DQ, says its axis. */
    record SetAxis(String rule, Node at, Node quantizer, int axis, Exactness exactness) implements Rewrite {
        @Override
        public Phase phase() {
            return Phase.HYGIENE;
        }
    }

    /** Elements of the quantizer's scale that are zero, negative, infinite or NaN get a value that TensorRT takes. */
    record RepairScale(String rule, Node at, Node quantizer) implements Rewrite {
        @Override
        public Phase phase() {
            return Phase.HYGIENE;
        }
    }
}
