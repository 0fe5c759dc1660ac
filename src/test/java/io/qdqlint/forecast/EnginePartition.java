package io.qdqlint.forecast;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Counts how far the layers that are forecast are those of the engine: two layers are the same where they compute the same nodes.
 *
 * <p>Left out are the layers for which no kernel runs, constants, quantize and dequantize kernels, and copies that only change type or
 * layout. All kernels of a Myelin region count as one layer, and so do all copies of a node. Nodes that move nothing are left out of both
 * sides, and of a region those that the engine does not name. Convolutions that TensorRT merges, by their time, count as right where the
 * merged layer is made of layers that were forecast.
 */
final class EnginePartition {
    private static final Pattern REGION = Pattern.compile("_myl(\\d+)_\\d+$");
    private static final Set<String> NO_KERNEL = Set.of("Constant", "NoOp", "shape_call", "signal", "wait");
    private static final Set<String> MOVES_ONLY = Set.of("CAST", "REFORMAT");
    private static final Set<String> MOVES_NOTHING =
            Set.of("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Constant", "Shape");

    private int forecast;
    private int real;
    private int rightForecast;
    private int rightReal;

    /** Adds a model. */
    void add(Model model, Forecast said, Engine engine) {
        Set<String> nodes = model.graph().nodes().stream()
                .filter(n -> !MOVES_NOTHING.contains(n.opType()))
                .map(Node::name)
                .collect(Collectors.toSet());
        List<Set<String>> built = layers(engine, nodes);
        Set<String> named = new HashSet<>();
        built.forEach(named::addAll);
        Set<Set<String>> planned = new HashSet<>();
        for (PlannedLayer layer : said.partition()) {
            planned.add(names(layer, named));
        }
        Set<Set<String>> found = new HashSet<>(built);
        built.stream()
                .filter(l -> l.size() > 1 && isUnion(l, planned))
                .forEach(l -> planned.stream().filter(l::containsAll).forEach(found::add));
        forecast += planned.size();
        rightForecast += (int) planned.stream().filter(found::contains).count();
        real += built.size();
        rightReal += (int) built.stream()
                .filter(l -> planned.contains(l) || isUnion(l, planned))
                .count();
    }

    /** Share of the forecast layers that the engines have. */
    double precision() {
        return (double) rightForecast / forecast;
    }

    /** Share of the engines' layers that were forecast. */
    double recall() {
        return (double) rightReal / real;
    }

    @Override
    public String toString() {
        return rightForecast + " of " + forecast + " forecast, " + rightReal + " of " + real + " in engines";
    }

    private static Set<String> names(PlannedLayer layer, Set<String> named) {
        Set<String> all = layer.nodes().stream().map(Node::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(all);
        known.retainAll(named);
        return layer.kind().equals("region") && !known.isEmpty() ? known : all;
    }

    private static boolean isUnion(Set<String> layer, Set<Set<String>> planned) {
        Set<String> all = new HashSet<>();
        planned.stream().filter(layer::containsAll).forEach(all::addAll);
        return all.equals(layer);
    }

    private static List<Set<String>> layers(Engine engine, Set<String> nodes) {
        Map<String, Set<String>> layers = new LinkedHashMap<>();
        int number = 0;
        for (EngineLayer layer : engine.layers()) {
            if (NO_KERNEL.contains(layer.type())
                    || MOVES_ONLY.contains(layer.origin())
                    || layer.isStandAloneQuantizer()) {
                continue;
            }
            Set<String> computes = layer.computeNodes().stream()
                    .filter(nodes::contains)
                    .collect(Collectors.toCollection(TreeSet::new));
            Matcher region = REGION.matcher(layer.name());
            String key = region.find()
                    ? "region " + region.group(1)
                    : layer.type().equals("Reformat") ? "copy " + computes : "layer " + number++;
            layers.computeIfAbsent(key, k -> new TreeSet<>()).addAll(computes);
        }
        return layers.values().stream().filter(l -> !l.isEmpty()).toList();
    }
}
