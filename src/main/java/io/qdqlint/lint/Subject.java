package io.qdqlint.lint;

import io.qdqlint.concept.Entries.RegionQ;
import io.qdqlint.concept.Kernels.KeptDq;
import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.concept.Layers.ConvOut;
import io.qdqlint.concept.Motion.DqFlow;
import io.qdqlint.concept.MovedQs;
import io.qdqlint.concept.Regions.Myelin;
import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rules.run.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A node that is to be explained, and the tensors that decide what TensorRT makes of it. */
final class Subject {
    private final Node node;
    private final Set<Value> tensors = new HashSet<>();
    private final Set<Value> flows = new HashSet<>();
    private final Set<Value> staying = new HashSet<>();
    private final Set<Integer> groups = new HashSet<>();
    private final boolean myelin;

    /** A quantizer's tensors are those it needs, a DQ's those it gives, any other node's those it computes. */
    Subject(Node node, Result result) {
        this.node = node;
        List<MovedQs> moved = result.all(MovedQs.class);
        result.all(Quantize.class).stream()
                .filter(q -> is(q.node()))
                .forEach(q -> moved.forEach(all -> tensors.addAll(all.tensors(q))));
        result.all(RegionQ.class).stream().filter(e -> is(e.quantizer().node())).forEach(e -> tensors.add(e.tensor()));
        result.all(DqFlow.class).stream().filter(f -> is(f.source().node())).forEach(f -> flows.add(f.tensor()));
        result.all(KeptDq.class).stream().filter(d -> is(d.dequantize().node())).forEach(d -> staying.add(d.source()));
        result.all(Quantize.class).stream().filter(q -> is(q.node())).forEach(q -> groups.add(q.group()));
        result.all(Dequantize.class).stream().filter(d -> is(d.node())).forEach(d -> groups.add(d.group()));
        myelin = result.all(Myelin.class).stream().anyMatch(m -> is(m.node()));
        if (groups.isEmpty()) {
            result.all(ConvOut.class).stream().filter(c -> is(c.conv())).forEach(c -> tensors.add(c.tensor()));
            if (tensors.isEmpty()) {
                node.outputs().stream().filter(Objects::nonNull).forEach(tensors::add);
            }
        }
    }

    Node node() {
        return node;
    }

    boolean is(Node other) {
        return other == node;
    }

    /** Whether the tensor decides what TensorRT makes of the node; inside a Myelin region tensors do not decide. */
    boolean about(Value tensor) {
        return !myelin && tensors.contains(tensor);
    }

    /** Whether the node is a quantizer of that scale that needs the tensor. */
    boolean asksFor(Value tensor, int scale) {
        return groups.contains(scale) && about(tensor);
    }

    /** Whether the node, a DQ outside Myelin, gives the tensor. */
    boolean flows(Value tensor) {
        return !myelin && flows.contains(tensor);
    }

    /** Whether the node, no quantizer, reads the tensor. */
    boolean reads(Value tensor) {
        return groups.isEmpty() && node.inputs().contains(tensor);
    }

    boolean data(Value tensor) {
        return groups.isEmpty() && tensor == node.input(0);
    }

    boolean weight(Value tensor) {
        return groups.isEmpty() && node.inputs().size() > 1 && tensor == node.input(1);
    }

    /** Whether the kernel stays because of the node. */
    boolean owns(StandAlone kernel) {
        return switch (kernel.kind()) {
            case "quantize" ->
                tensors.contains(kernel.tensor()) && (groups.isEmpty() || groups.contains(kernel.scale()));
            case "requantize" ->
                is(kernel.reader())
                        || flows(kernel.tensor())
                        || about(kernel.reader().output(0));
            default -> staying.contains(kernel.tensor()) && groups.contains(kernel.scale());
        };
    }
}
