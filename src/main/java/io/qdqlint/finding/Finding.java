package io.qdqlint.finding;

import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Node;
import java.util.List;

/**
 * Something wrong at a place of the model. Inserted by lint rules and nothing else.
 *
 * @param ruleId {@code QDQ101}
 * @param slug {@code concat-scale-mismatch}
 * @param node the node it is reported at
 * @param message one sentence: the node, what TensorRT will do, the cost
 * @param remedy one sentence: what to do
 * @param places the other nodes and tensors involved, with their scales, in node order
 * @param cost what the forecast says it costs; {@link Cost#NONE} when it has none
 * @param kernels the forecast kernels that mending it removes
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
        List<KernelKey> kernels) {

    /** A finding that removes no kernel. */
    public Finding(
            String ruleId,
            String slug,
            Severity severity,
            Node node,
            String message,
            String remedy,
            List<Place> places,
            Cost cost) {
        this(ruleId, slug, severity, node, message, remedy, places, cost, List.of());
    }
}
