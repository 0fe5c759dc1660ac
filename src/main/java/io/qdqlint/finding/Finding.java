package io.qdqlint.finding;

import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Node;
import java.util.Comparator;
import java.util.List;

/**
 * A defect at a place of the model. Only lint rules insert findings.
 *
 * @param ruleId {@code QDQ101}
 * @param slug {@code concat-scale-mismatch}
 * @param node the node it is reported at
 * @param message one sentence: the node, what TensorRT will do, the cost
 * @param remedy one sentence: what to do
 * @param places the other nodes and tensors involved, with their scales, in node order
 * @param cost what the forecast says it costs; {@link Cost#NONE} when it has none
 * @param kernels the forecast kernels that fixing it removes
 * @param cause the exporter's setting that it comes from; {@link Cause#NONE} where that is not known
 * @param count the nodes that it is reported for; of more than one, {@code node} is the first and {@code places} has all
 */
public record Finding(
        String ruleId,
        String slug,
        Severity severity,
        Node node,
        String message,
        String remedy,
        List<Place> places,
        Cost cost,
        List<KernelKey> kernels,
        Cause cause,
        int count) {
    /** The worst first, then the costliest. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(f -> Double.isNaN(f.cost.micros()) ? 0 : -f.cost.micros())
            .thenComparing(f -> f.node.index())
            .thenComparing(Finding::ruleId)
            .thenComparing(Finding::message);

    /** The same finding in other words. */
    public Finding says(String otherMessage, Cost otherCost) {
        return new Finding(
                ruleId, slug, severity, node, otherMessage, remedy, places, otherCost, kernels, cause, count);
    }

    /** The same finding with another remedy. */
    public Finding remedy(String other) {
        return new Finding(ruleId, slug, severity, node, message, other, places, cost, kernels, cause, count);
    }

    /** The same finding with another severity. */
    public Finding withSeverity(Severity other) {
        return new Finding(ruleId, slug, other, node, message, remedy, places, cost, kernels, cause, count);
    }

    /** The same finding in the original graph of an edited model; null where its node is new. */
    public Finding in(Graph original) {
        Node same = Place.in(original, node);
        return same == null
                ? null
                : new Finding(
                        ruleId,
                        slug,
                        severity,
                        same,
                        message,
                        remedy,
                        places.stream().flatMap(p -> p.in(original).stream()).toList(),
                        cost,
                        kernels,
                        cause,
                        count);
    }
}
