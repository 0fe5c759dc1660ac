package io.qdqlint.lint;

import io.qdqlint.concept.Gains.Weighted;
import io.qdqlint.concept.Kernels.KeptDq;
import io.qdqlint.concept.Motion.DqFlow;
import io.qdqlint.concept.Partition.LayerPart;
import io.qdqlint.concept.Precision.RunsIn;
import io.qdqlint.concept.Writers.Absorbed;
import io.qdqlint.fact.Costs;
import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.GraphOutput;
import io.qdqlint.fact.Link;
import io.qdqlint.forecast.PlannedLayer;
import io.qdqlint.forecast.PlannedLayer.Activation;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rules.run.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects the layers of the engine from what the concepts derived. Decides nothing. */
final class Partition {
    private static final int FLOAT = 4;
    private static final int HALF = 2;

    private final Costs costs;
    private final Map<Node, List<Link>> reads;
    private final Map<Node, List<Link>> writes;
    private final Map<Value, Set<Dequantize>> flows = new HashMap<>();
    private final Set<Value> absorbed;
    private final Set<Value> outputs;
    private final Set<Node> int8;
    private final Map<Dequantize, List<KeptDq>> staying;
    private final Set<Node> weighted;
    private final List<LayerPart> parts;

    Partition(Result result) {
        costs = result.all(Costs.class).get(0);
        List<Link> links = result.all(Link.class);
        reads = links.stream().collect(Collectors.groupingBy(Link::to));
        writes = links.stream().filter(l -> l.from() != null).collect(Collectors.groupingBy(Link::from));
        result.all(DqFlow.class)
                .forEach(f ->
                        flows.computeIfAbsent(f.tensor(), t -> new HashSet<>()).add(f.source()));
        absorbed = result.all(Absorbed.class).stream().map(Absorbed::tensor).collect(Collectors.toSet());
        outputs = result.all(GraphOutput.class).stream().map(GraphOutput::value).collect(Collectors.toSet());
        int8 = result.all(RunsIn.class).stream()
                .filter(r -> r.precision().equals("int8"))
                .map(RunsIn::node)
                .collect(Collectors.toSet());
        staying = result.all(KeptDq.class).stream().collect(Collectors.groupingBy(KeptDq::dequantize));
        weighted = result.all(Weighted.class).stream().map(Weighted::node).collect(Collectors.toSet());
        parts = result.all(LayerPart.class);
    }

    /** The layers, in the order of their first nodes. */
    List<PlannedLayer> layers() {
        Map<Node, Set<Node>> nodes = new LinkedHashMap<>();
        Map<Node, String> kinds = new HashMap<>();
        for (LayerPart part : parts) {
            nodes.computeIfAbsent(part.layer(), n -> new TreeSet<>(Node.ORDER)).add(part.node());
            kinds.put(part.layer(), part.kind());
        }
        List<PlannedLayer> layers = new ArrayList<>();
        nodes.forEach((layer, all) -> layers.add(layer(kinds.get(layer), List.copyOf(all))));
        layers.sort(Comparator.comparing(l -> l.nodes().get(0), Node.ORDER));
        return List.copyOf(layers);
    }

    private PlannedLayer layer(String kind, List<Node> nodes) {
        Set<Node> inside = new HashSet<>(nodes);
        boolean lowered = nodes.stream().anyMatch(int8::contains);
        Map<Integer, Activation> in = new TreeMap<>();
        Map<Integer, Activation> out = new TreeMap<>();
        for (Node node : nodes) {
            for (Link link : reads.getOrDefault(node, List.of())) {
                if (!inside.contains(link.from())) {
                    in.put(link.value().id(), read(link, nodes));
                }
            }
            for (Value value : written(node, inside)) {
                out.put(value.id(), new Activation(value, absorbed.contains(value) ? "int8" : floating(value)));
            }
        }
        List<Activation> reading = List.copyOf(in.values());
        List<Activation> writing = List.copyOf(out.values());
        long bytes = sum(bytes(reading), bytes(writing), weights(nodes, lowered));
        return new PlannedLayer(kind, nodes, reading, writing, bytes, costs.layerMicros(bytes, macs(nodes), lowered));
    }

    private Set<Value> written(Node node, Set<Node> inside) {
        Set<Value> values = new HashSet<>();
        for (Link link : writes.getOrDefault(node, List.of())) {
            if (!inside.contains(link.to())) {
                values.add(link.value());
            }
        }
        node.outputs().stream().filter(outputs::contains).forEach(values::add);
        return values;
    }

    /** A dequantized tensor is read as INT8 where its DQ is no kernel. */
    private Activation read(Link link, List<Node> nodes) {
        Set<Dequantize> sources = flows.getOrDefault(link.value(), Set.of());
        boolean codes = !sources.isEmpty()
                && sources.stream()
                        .flatMap(d -> staying.getOrDefault(d, List.of()).stream())
                        .noneMatch(s -> s.reader() == null || nodes.contains(s.reader()));
        return new Activation(link.value(), codes ? "int8" : floating(link.value()));
    }

    private String floating(Value value) {
        return value.isGraphInput() || outputs.contains(value) ? "fp32" : "fp16";
    }

    private long bytes(List<Activation> tensors) {
        long sum = 0;
        for (Activation tensor : tensors) {
            int size = tensor.type().equals("int8") ? 1 : tensor.type().equals("fp32") ? FLOAT : HALF;
            sum = sum(sum, costs.bytes(tensor.value(), size));
        }
        return sum;
    }

    private long weights(List<Node> nodes, boolean lowered) {
        long sum = 0;
        for (Node node : nodes) {
            if (weighted.contains(node)) {
                sum = sum(sum, costs.bytes(node.input(1), lowered ? 1 : HALF));
            }
        }
        return sum;
    }

    private long macs(List<Node> nodes) {
        long sum = 0;
        for (Node node : nodes) {
            sum = weighted.contains(node) ? sum(sum, costs.sizes().macs(node)) : sum;
        }
        return sum;
    }

    private static long sum(long... values) {
        long sum = 0;
        for (long value : values) {
            if (value < 0) {
                return -1;
            }
            sum += value;
        }
        return sum;
    }
}
