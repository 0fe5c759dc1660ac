package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.DequantizeFirst;
import io.qdqlint.rewrite.Exactness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Changes the readers of stored codes, so that only DequantizeLinear reads them. */
final class ConstantChanges {
    private final Scope scope;

    ConstantChanges(Scope scope) {
        this.scope = scope;
    }

    Change dequantizeFirst(DequantizeFirst rewrite) {
        Node dq = rewrite.dequantize();
        if (rewrite.axis() < 0) {
            throw new RefusedException("the scales of '" + dq.name() + "' lie along no axis of the stored tensor");
        }
        Deque<Value> moved = new ArrayDeque<>();
        Value stored = dq.input(0);
        for (int i = 0; i < rewrite.between(); i++) {
            moved.push(stored);
            stored = stored.producer().input(0);
        }
        moved.removeIf(v -> v.producer().opType().equals("Identity")
                || v.producer().opType().equals("Cast"));
        Change change = new Change().takes(dq).edit(new Edit.SetInput(dq, 0, stored.name()));
        String after = moved.isEmpty() ? "" : "; the nodes in between move its result";
        if (!moved.isEmpty()) {
            move(change, dq, moved, rewrite.axis());
        }
        return change.says(
                Exactness.EXACT, 0, "'" + dq.name() + "' reads the stored '" + stored.name() + "' directly" + after);
    }

    /** Repeats after the DQ the nodes that were before it. The old nodes are removed if nothing else reads them. */
    private void move(Change change, Node dq, Deque<Value> moved, int axis) {
        String result = dq.output(0).name();
        DataType type = dq.output(0).type();
        String now = scope.fresh(dq.input(0).name() + "_dequantized");
        change.edit(new Edit.SetOutput(dq, 0, now));
        if (Quantizer.of(dq).scales().length > 1) {
            change.edit(new Edit.SetAttribute(dq, new Attribute("axis", (long) axis)));
        }
        while (!moved.isEmpty()) {
            Value old = moved.pop();
            Node node = old.producer();
            if (!scope.sameGraph(node, dq)) {
                throw new RefusedException("'" + node.name() + "' and '" + dq.name() + "' are in different graphs");
            }
            String next = moved.isEmpty() ? result : scope.fresh(old.name() + "_dequantized");
            change.edit(new Edit.AddNode(
                    dq,
                    scope.fresh(node.name()),
                    node.opType(),
                    inputs(node, now),
                    outputs(node, old, next),
                    node.attributes()));
            if (old.shape() != null && type != DataType.UNDEFINED && !next.equals(result)) {
                change.edit(new Edit.Declare(next, type, old.shape()));
            }
            now = next;
        }
    }

    private static List<String> inputs(Node node, String first) {
        List<String> names = new ArrayList<>();
        node.inputs().forEach(v -> names.add(v == null ? "" : v.name()));
        names.set(0, first);
        return names;
    }

    private List<String> outputs(Node node, Value old, String name) {
        List<String> names = new ArrayList<>();
        node.outputs()
                .forEach(v -> names.add(v == null ? "" : v == old ? name : scope.fresh(v.name() + "_dequantized")));
        return names;
    }
}
