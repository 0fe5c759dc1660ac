package io.qdqlint.tune;

import io.qdqlint.trt.Dataflow;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineTensor;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.compare.EngineComparison;
import io.qdqlint.trt.compare.LayerGroup;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The time of each part of a network in INT8 and in floating point, from measured engines. A part is what the engines with
 * and without Q/DQ compute in the same layers. Where parts of different kinds meet, a kernel converts.
 */
final class LayerCosts {
    /** More than any engine takes. */
    private static final double NEVER = 1e12;

    private final Conversions conversions;
    private final Map<String, Integer> placeOf = new HashMap<>();
    private final List<Set<String>> layers = new ArrayList<>();
    private final List<Double> int8 = new ArrayList<>();
    private final List<Double> floating = new ArrayList<>();
    private final Map<Border, Double> quantizing = new LinkedHashMap<>();
    private final Map<Border, Double> dequantizing = new HashMap<>();

    private record Border(int from, int to) {}

    /**
     * Layers that are left in floating point.
     *
     * @param micros what the engine would take per inference, all layers together
     */
    record Choice(Set<String> floats, double micros) {}

    /**
     * @param quantized engine of the model with Q/DQ
     * @param without engine of the same network without
     * @param choosable names of the layers that can be left in floating point
     */
    LayerCosts(MeasuredEngine quantized, MeasuredEngine without, Set<String> choosable) {
        conversions = Conversions.of(quantized);
        for (LayerGroup group : EngineComparison.of(without, quantized).groups()) {
            int place = layers.size();
            Set<String> own = new TreeSet<>();
            for (List<EngineLayer> side : List.of(group.a(), group.b())) {
                for (EngineLayer layer : side) {
                    layer.computeNodes().forEach(n -> placeOf.put(n, place));
                    layer.computeNodes().stream().filter(choosable::contains).forEach(own::add);
                }
            }
            layers.add(own);
            int8.add(0.0);
            floating.add(0.0);
        }
        add(without, floating, new BitSet());
        add(quantized, int8, new BitSet());
        Dataflow flow = Dataflow.of(without.engine());
        for (Dataflow.Edge edge : flow.edges()) {
            if (edge.from() != null && edge.from().kind() != LayerKind.CONSTANT) {
                for (int a : places(edge.from(), flow)) {
                    for (int b : places(edge.to(), flow)) {
                        border(a, b, edge.tensor());
                    }
                }
            }
        }
    }

    private void border(int a, int b, EngineTensor tensor) {
        if (a != b) {
            double elements = tensor.bytes() / Math.max(0.5, tensor.precision().bytes());
            quantizing.merge(new Border(a, b), conversions.kernel(elements), Math::max);
            dequantizing.merge(new Border(a, b), conversions.wider(elements), Math::max);
        }
    }

    /** Adds the times of an engine with these layers in floating point. */
    void learn(MeasuredEngine engine, Set<String> floats) {
        BitSet kinds = kinds(floats);
        List<Double> seen = new ArrayList<>();
        layers.forEach(l -> seen.add(0.0));
        add(engine, seen, kinds);
        for (int place = 0; place < layers.size(); place++) {
            if (seen.get(place) > 0) {
                (kinds.get(place) ? floating : int8).set(place, seen.get(place));
            }
        }
    }

    /** Adds an engine's times up by place. A kernel that quantizes belongs to its readers, or to the border it stands at. */
    private void add(MeasuredEngine engine, List<Double> into, BitSet floats) {
        Dataflow flow = Dataflow.of(engine.engine());
        for (EngineLayer layer : engine.engine().layers()) {
            double micros = engine.micros(layer);
            if (layer.kind() == LayerKind.CONSTANT || !(micros > 0)) {
                continue;
            }
            Set<Integer> at =
                    layer.isStandAloneQuantizer() || layer.computeNodes().isEmpty()
                            ? converting(layer, flow)
                            : places(layer, flow);
            Set<Integer> from = layer.isStandAloneQuantizer() ? around(flow.producers(layer)) : Set.of();
            for (int place : at) {
                double share = micros / at.size();
                List<Border> crossed = from.stream()
                        .filter(f -> floats.get(f) && !floats.get(place))
                        .map(f -> new Border(f, place))
                        .filter(quantizing::containsKey)
                        .toList();
                crossed.forEach(b -> quantizing.put(b, share));
                if (crossed.isEmpty()) {
                    into.set(place, into.get(place) + share);
                }
            }
        }
    }

    private Set<Integer> converting(EngineLayer layer, Dataflow flow) {
        Set<Integer> readers = around(flow.consumers(layer));
        Set<Integer> writers = around(flow.producers(layer));
        boolean forReaders = layer.outputPrecision().isQuantized() || writers.isEmpty();
        return forReaders && !readers.isEmpty() ? readers : writers;
    }

    private Set<Integer> places(EngineLayer layer, Dataflow flow) {
        Set<Integer> out = around(List.of(layer));
        return out.isEmpty() ? converting(layer, flow) : out;
    }

    private Set<Integer> around(List<EngineLayer> some) {
        Set<Integer> out = new TreeSet<>();
        for (EngineLayer layer : some) {
            for (String node : layer.computeNodes()) {
                if (placeOf.containsKey(node)) {
                    out.add(placeOf.get(node));
                }
            }
        }
        return out;
    }

    /** The cheapest choice of all. */
    Choice best() {
        return choice(solve(null));
    }

    /** The choice of exactly these layers, with what it would take. */
    Choice of(Set<String> floats) {
        return new Choice(Set.copyOf(floats), micros(kinds(floats)));
    }

    private BitSet kinds(Set<String> floats) {
        return solve(floats);
    }

    private BitSet solve(Set<String> pinned) {
        Cut cut = new Cut(layers.size());
        for (int place = 0; place < layers.size(); place++) {
            boolean fixed = pinned != null && !layers.get(place).isEmpty();
            boolean isFloat = fixed && pinned.containsAll(layers.get(place));
            cut.cost(
                    place,
                    floating.get(place) + (fixed && !isFloat ? NEVER : 0),
                    int8.get(place) + (isFloat ? NEVER : 0));
        }
        quantizing.forEach((b, micros) -> cut.border(b.from(), b.to(), micros, dequantizing.get(b)));
        return cut.first();
    }

    private Choice choice(BitSet kinds) {
        Set<String> floats = new TreeSet<>();
        kinds.stream().forEach(p -> floats.addAll(layers.get(p)));
        return new Choice(floats, micros(kinds));
    }

    private double micros(BitSet kinds) {
        double sum = 0;
        for (int place = 0; place < layers.size(); place++) {
            sum += kinds.get(place) ? floating.get(place) : int8.get(place);
        }
        for (Map.Entry<Border, Double> e : quantizing.entrySet()) {
            boolean from = kinds.get(e.getKey().from());
            boolean to = kinds.get(e.getKey().to());
            sum += from && !to ? e.getValue() : !from && to ? dequantizing.get(e.getKey()) : 0;
        }
        return sum;
    }

    /** The neighbouring layers among these, taken together, each of which could stay INT8 by itself. */
    List<Set<String>> regions(Set<String> floats) {
        BitSet open = new BitSet();
        BitSet kinds = kinds(floats);
        open.or(kinds);
        List<Set<String>> out = new ArrayList<>();
        for (int start = open.nextSetBit(0); start >= 0; start = open.nextSetBit(0)) {
            BitSet region = new BitSet();
            region.set(start);
            for (int before = 0; before < region.cardinality(); ) {
                before = region.cardinality();
                quantizing.keySet().stream()
                        .filter(b -> kinds.get(b.from()) && kinds.get(b.to()))
                        .filter(b -> region.get(b.from()) || region.get(b.to()))
                        .forEach(b -> {
                            region.set(b.from());
                            region.set(b.to());
                        });
            }
            open.andNot(region);
            Set<String> names = choice(region).floats();
            if (!names.isEmpty()) {
                out.add(names);
            }
        }
        return out;
    }
}
