package io.qdqlint.concept;

import io.qdqlint.fact.Quantize;
import java.util.List;

/** The requantize kernel is between two scales so far apart that one for both would cost more than is tolerated. */
public record FarApart(StandAlone kernel, Quantize front, Quantize behind) {

    /** The quantizer that would lose. */
    public Quantize finest() {
        return front.firstScale() < behind.firstScale() ? front : behind;
    }

    public double ratio() {
        return ScaleGroup.ratio(List.of(front, behind));
    }

    public double bitsLost() {
        return ScaleGroup.bits(ratio());
    }
}
