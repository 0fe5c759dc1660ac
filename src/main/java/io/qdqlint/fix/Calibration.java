package io.qdqlint.fix;

import io.qdqlint.ir.Graph;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ranges of tensors, as a calibration run found them.
 *
 * @param magnitudes the largest magnitude by tensor name
 * @param others of the size of that of all other tensors; NaN where it is not known
 */
public record Calibration(Map<String, Double> magnitudes, double others) {
    public static final Calibration NONE = new Calibration(Map.of());

    private static final int SPREAD = 0xfff;

    /** A range for every tensor, for callers that need any. Two tensors seldom have the same range. */
    public static final Calibration ANY = new Calibration(Map.of(), 1);

    public Calibration(Map<String, Double> magnitudes) {
        this(magnitudes, Double.NaN);
    }

    public Calibration {
        magnitudes = Map.copyOf(magnitudes);
    }

    /** The largest magnitude of the tensor, if it is known and above zero. */
    public Optional<Double> magnitude(String tensor) {
        double other = others * (1 + (tensor.hashCode() & SPREAD) / (double) SPREAD);
        return Optional.of(magnitudes.getOrDefault(tensor, other)).filter(m -> m > 0 && m < Double.POSITIVE_INFINITY);
    }

    /** These ranges, and some range for every other tensor. */
    public Calibration orAny() {
        return new Calibration(magnitudes, ANY.others);
    }

    /** Whether a calibration run found a range of the tensor. */
    public boolean has(String tensor) {
        return magnitudes.containsKey(tensor) && magnitude(tensor).isPresent();
    }

    /** The names with a range that no tensor of the graph or of its bodies has, sorted. */
    public List<String> unknownTo(Graph graph) {
        return magnitudes.keySet().stream()
                .filter(name -> !names(graph, name))
                .sorted()
                .toList();
    }

    private static boolean names(Graph graph, String tensor) {
        return graph.value(tensor) != null || graph.subgraphs().stream().anyMatch(body -> names(body, tensor));
    }
}
