package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import java.util.List;

/** The requantize kernel is between two scales so far apart that one for both would cost more than the tolerance allows. */
public record FarApart(StandAlone kernel, Quantize first, Quantize second) {

    /** The quantizer that would lose. */
    public Quantize finest() {
        return first.firstScale() < second.firstScale() ? first : second;
    }

    public double ratio() {
        return ScaleGroup.ratio(List.of(first, second));
    }

    public double bitsLost() {
        return ScaleGroup.bits(ratio());
    }
}
