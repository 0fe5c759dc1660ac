package io.qdqlint.concept;

import io.qdqlint.concept.Groups.ScaleGroup;
import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;
import java.util.List;

/** Concepts of {@code rules/tensorrt/rows.drl}. */
public interface Rows {
    /** The tensor is the output of a DQ, or a copy of it, and TensorRT requantizes it somewhere. */
    record HoldsDequantized(Dequantize source, Value tensor) {}

    /** Something after the DQ makes use of its resolution: an op that computes, a graph output, or a Q of a finer scale. */
    record ReadFiner(Dequantize source) {}

    /**
     * A pair that adds no resolution to that of the pair before or after it, with which it makes a requantize kernel: without
     * it values are rounded once.
     */
    record Superfluous(StandAlone kernel, Quantize quantize, Dequantize dequantize) {}

    /** A pair whose Q alone reads the DQ before it, and whose DQ alone reads its Q. */
    record InRow(Dequantize before, Quantize quantize, Dequantize dequantize) {}

    /**
     * Without the superfluous pairs of a row up to a DQ, the nodes after that DQ read this pair.
     *
     * @param tensor the tensor that the pair then quantizes
     * @param at the last DQ that is removed, or the pair's own
     */
    record Meets(Value tensor, Quantize quantize, Dequantize dequantize, Dequantize at) {}

    /** A pair that becomes superfluous when those before it in its row are gone. */
    record SuperfluousInRow(Quantize quantize, Dequantize dequantize) {}

    /** A pair that meets a pair with the same scale before it in its row. */
    record EqualInRow(Quantize front, Quantize quantize, Dequantize dequantize) {}

    /** The requantize kernel is between two scales so far apart that one for both would cost more than the tolerance allows. */
    record FarApart(StandAlone kernel, Quantize first, Quantize second) {

        /** The quantizer that would lose. */
        public Quantize finest() {
            return first.originalScale() < second.originalScale() ? first : second;
        }

        public double ratio() {
            return ScaleGroup.ratio(List.of(first, second));
        }

        public double bitsLost() {
            return ScaleGroup.bits(ratio());
        }
    }
}
