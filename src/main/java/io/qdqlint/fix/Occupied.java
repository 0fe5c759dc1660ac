package io.qdqlint.fix;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Rewrite;
import java.util.HashSet;
import java.util.Set;

/** The nodes and inputs that the edits of one round change or need. An edit that changes one of them waits for the next round. */
final class Occupied {
    /** Up to IR version 3 each initializer is listed as an input, and is a constant all the same. */
    private static final long OVERRIDABLE = 4;

    private final boolean overridable;
    private final History history;
    private final Set<Node> taken = new HashSet<>();
    private final Set<Node> needed = new HashSet<>();
    private final Set<Value.Use> rewired = new HashSet<>();

    Occupied(Model model, History history) {
        this.overridable = model.irVersion() >= OVERRIDABLE;
        this.history = history;
    }

    /** A change of this round. */
    void add(Change change, Rewrite.Phase phase) {
        taken.addAll(change.taken);
        needed.addAll(change.needed);
        for (Edit edit : change.edits) {
            if (edit instanceof Edit.SetInput e && phase != Rewrite.Phase.SCALES) {
                rewired.add(new Value.Use(e.node(), e.slot()));
            }
        }
    }

    /**
     * Whether the change has to wait for the next round.
     *
     * @throws RefusedException if it changes what no round may change
     */
    boolean waits(Change change) {
        boolean waits = false;
        for (Node node : change.taken) {
            waits |= taken.contains(node) || needed.contains(node);
            refuseFrozen(node);
            node.inputs().forEach(this::refuseOverridable);
        }
        for (Node node : change.needed) {
            waits |= taken.contains(node);
        }
        for (Edit edit : change.edits) {
            if (edit instanceof Edit.SetInput e) {
                refuseFrozen(e.node());
                refuseOverridable(e.node().input(e.slot()));
                boolean other = taken.contains(e.node()) || rewired.contains(new Value.Use(e.node(), e.slot()));
                waits |= other;
            }
        }
        return waits;
    }

    private void refuseOverridable(Value value) {
        if (value != null && overridable && value.isDefaulted()) {
            throw new RefusedException("'" + value.name()
                    + "' is a graph input with a default value, which a caller may replace; remove it from the"
                    + " graph's inputs to make it a constant");
        }
    }

    private void refuseFrozen(Node node) {
        if (node.outputs().stream().anyMatch(v -> v != null && history.frozen.contains(v.name()))) {
            throw new RefusedException("'" + node.name()
                    + "' is in a model-local function, where qdqlint changes nothing; inline the functions first");
        }
    }
}
