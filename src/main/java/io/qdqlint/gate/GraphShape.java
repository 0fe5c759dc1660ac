package io.qdqlint.gate;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The graph around a node, without names: operators and shapes of weights up to two operators away. Q, DQ and what only passes on
 * do not count, as they come and go.
 */
final class GraphShape {
    private static final int DISTANCE = 2;
    private static final int WIDTH = 12;
    private static final Set<String> PASSED =
            Set.of("QuantizeLinear", "DequantizeLinear", "Identity", "Cast", "Dropout");

    private GraphShape() {}

    static String of(Node node) {
        return around(node, DISTANCE, false) + "|" + around(node, DISTANCE, true);
    }

    private static String around(Node node, int distance, boolean after) {
        StringBuilder out = new StringBuilder(node.opType());
        Tensor weight = WeightsAround.weight(node);
        out.append(weight == null ? "" : weight.shape().toString());
        if (distance > 0) {
            List<String> next = new ArrayList<>();
            collect(node, distance, after, next, 0);
            next.sort(null);
            out.append(next.subList(0, Math.min(WIDTH, next.size())));
        }
        return out.toString();
    }

    private static void collect(Node node, int distance, boolean after, List<String> into, int passed) {
        for (Node neighbour : WeightsAround.neighbours(node, after)) {
            if (into.size() >= WIDTH * 2) {
                return;
            }
            if (PASSED.contains(neighbour.opType()) && passed < WIDTH) {
                collect(neighbour, distance, after, into, passed + 1);
            } else {
                into.add(around(neighbour, distance - 1, after));
            }
        }
    }
}
