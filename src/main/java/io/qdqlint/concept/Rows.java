package io.qdqlint.concept;

import io.qdqlint.concept.Groups.ScaleGroup;
import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Value;
import java.util.List;

/** Concepts of {@code rules/tensorrt/rows.drl}. */
public interface Rows {
    /** The tensor holds, seen through copies, what a DQ gives that is requantized somewhere. */
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
     * Once the superfluous pairs of a row up to a DQ are gone, what stands after that DQ reads this pair.
     *
     * @param tensor what the pair then quantizes
     * @param at the last DQ that is gone, or the pair's own
     */
    record Meets(Value tensor, Quantize quantize, Dequantize dequantize, Dequantize at) {}

    /** A pair that becomes superfluous when those before it in its row are gone. */
    record SuperfluousInRow(Quantize quantize, Dequantize dequantize) {}

    /** A pair that meets, in its row, one in front that has its scale. */
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
