package io.qdqlint.verify;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which tensors of a fixed model may hold other numbers than in the original. */
final class Downstream {
    private final Graph before;
    private final Graph after;
    private final Set<Value> reached = new HashSet<>();

    private Downstream(Model before, Model after) {
        this.before = before.graph();
        this.after = after.graph();
    }

    /**
     * The floating-point tensors that both models compute under one name, and that depend in the second on something that
     * is not as in the first; in the order in which they are computed, as the original has them.
     */
    static List<Value> of(Model before, Model after) {
        return new Downstream(before, after).find();
    }

    private List<Value> find() {
        List<Value> both = new ArrayList<>();
        for (Node node : after.nodes()) {
            boolean reaches = node.inputs().stream().anyMatch(reached::contains) || isNew(node);
            for (Value output : node.outputs()) {
                Value was = output == null ? null : before.value(output.name());
                if (reaches && output != null && reached.add(output) && was != null && isCompared(was, output)) {
                    both.add(was);
                }
            }
        }
        return both;
    }

    private static boolean isCompared(Value was, Value is) {
        return was.producer() != null && !was.isConstant() && !is.isConstant() && Outputs.isReal(was);
    }

    private boolean isNew(Node node) {
        Value output =
                node.outputs().stream().filter(Objects::nonNull).findFirst().orElse(null);
        Value was = output == null ? null : before.value(output.name());
        Node old = was == null ? null : was.producer();
        if (old == null
                || !old.opType().equals(node.opType())
                || !old.attributes().equals(node.attributes())
                || old.inputs().size() != node.inputs().size()) {
            return true;
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            if (!isSame(old.inputs().get(i), node.inputs().get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(Value was, Value is) {
        if (was == null || is == null) {
            return was == is;
        }
        return was.name().equals(is.name()) && was.constant() == is.constant();
    }
}
