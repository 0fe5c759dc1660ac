package io.qdqlint.fix;

import java.util.Map;
import java.util.Optional;

/** Ranges of tensors, as a calibration run found them: the largest magnitude by tensor name. */
public record Calibration(Map<String, Double> magnitudes) {
    public static final Calibration NONE = new Calibration(Map.of());

    public Calibration {
        magnitudes = Map.copyOf(magnitudes);
    }

    /** The largest magnitude of the tensor, if the file tells and it is above zero. */
    public Optional<Double> magnitude(String tensor) {
        return Optional.ofNullable(magnitudes.get(tensor)).filter(m -> m > 0 && m < Double.POSITIVE_INFINITY);
    }
}
