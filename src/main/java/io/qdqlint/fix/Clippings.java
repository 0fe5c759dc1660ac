package io.qdqlint.fix;

import io.qdqlint.ir.Node;
import io.qdqlint.rewrite.Clipping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which quantizers of a model clip, and which clipping a rewrite has to keep. */
final class Clippings {
    private final Map<Node, Clipping> clippings = new HashMap<>();
    private final Map<String, Saturation> observed;

    /**
     * @param observed by the output of a Q, how much of its input it clips when the model runs; empty where it was not run
     */
    Clippings(List<Clipping> clippings, Map<String, Saturation> observed) {
        clippings.forEach(c -> this.clippings.put(c.quantize(), c));
        this.observed = observed;
    }

    /** Ends of a range; infinite where there is none. */
    record Bounds(double low, double high) {
        static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * What the Q clips that it no longer does with a new range, and that counts: an activation function that the exporter
     * left out, or a clipping that was observed. Both ends, though one may be lost alone: TensorRT makes two elementwise
     * layers of a Clip with an empty input, which no convolution fuses. Without the upper end only where it is a Relu.
     */
    Optional<Bounds> lost(Node quantize, Bounds now) {
        Clipping clipping = clippings.get(quantize);
        if (clipping == null) {
            return Optional.empty();
        }
        double step = (clipping.high() - clipping.low()) / 255;
        boolean below = counts(quantize, clipping, true) && now.low() < clipping.low() - step / 2;
        boolean above = counts(quantize, clipping, false) && now.high() > clipping.high() + step / 2;
        boolean relu = below && !above && clipping.low() == 0;
        return below || above
                ? Optional.of(new Bounds(clipping.low(), relu ? Double.POSITIVE_INFINITY : clipping.high()))
                : Optional.empty();
    }

    /** Whether a reader of the Q's input sees other values when it reads them quantized. */
    boolean changesValues(Node quantize) {
        Clipping clipping = clippings.get(quantize);
        return clipping != null && (counts(quantize, clipping, true) || counts(quantize, clipping, false));
    }

    private boolean counts(Node quantize, Clipping clipping, boolean below) {
        Saturation seen = observed.getOrDefault(quantize.output(0).name(), Saturation.NONE);
        return below
                ? clipping.below() && (clipping.activationBelow() || seen.below() > Saturation.RARE)
                : clipping.above() && (clipping.activationAbove() || seen.above() > Saturation.RARE);
    }
}
