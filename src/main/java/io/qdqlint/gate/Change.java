package io.qdqlint.gate;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The differences between two states of a model.
 *
 * @param appeared findings of the second state that the first has not
 * @param gone findings of the first state that the second has not
 * @param precisions layers that both states have, in another precision each
 */
public record Change(
        Diagnosis before, Diagnosis after, List<Finding> appeared, List<Finding> gone, List<Precision> precisions) {

    /** A layer whose precision is another one. */
    public record Precision(String layer, String before, String after) {}

    /** Compares two states. */
    public static Change of(Diagnosis before, Diagnosis after) {
        return new Change(before, after, missing(after, before), missing(before, after), precisions(before, after));
    }

    /** Whether the model got worse: a finding more, or it no longer builds. */
    public boolean isWorse() {
        return !appeared.isEmpty()
                || before.forecast().builds() && !after.forecast().builds();
    }

    /** The time of the extra kernels, in microseconds; NaN where it is not known. */
    public static double micros(Diagnosis diagnosis) {
        return diagnosis.forecast().kernels().stream()
                .mapToDouble(Forecast.Kernel::micros)
                .sum();
    }

    private static List<Finding> missing(Diagnosis of, Diagnosis in) {
        List<String> known = Fingerprints.of(in);
        List<String> fingerprints = Fingerprints.of(of);
        List<Finding> out = new ArrayList<>();
        for (int i = 0; i < fingerprints.size(); i++) {
            if (!known.contains(fingerprints.get(i))) {
                out.add(of.findings().get(i));
            }
        }
        return out;
    }

    private static List<Precision> precisions(Diagnosis before, Diagnosis after) {
        Map<String, String> old = byIdentity(before.forecast());
        List<Precision> out = new ArrayList<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Forecast.Layer layer : after.forecast().layers()) {
            String was = old.get(numbered(layer, seen));
            if (was != null && !was.equals(layer.precision())) {
                out.add(new Precision(layer.node().name(), was, layer.precision()));
            }
        }
        return out;
    }

    private static Map<String, String> byIdentity(Forecast forecast) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        Map<String, String> out = new LinkedHashMap<>();
        forecast.layers().forEach(layer -> out.put(numbered(layer, seen), layer.precision()));
        return out;
    }

    private static String numbered(Forecast.Layer layer, Map<String, Integer> seen) {
        String identity = Identity.of(layer.node());
        return identity + "\0" + seen.merge(identity, 1, Integer::sum);
    }
}
