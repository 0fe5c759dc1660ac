package io.qdqlint.trt.compare;

import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.Precision;
import io.qdqlint.trt.compare.LayerGroup.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in which ways two lists of layers differ that do the same work. */
final class GroupDifference {
    private static final int LAYERS = 4;
    private static final int NODES = 3;

    private final List<EngineLayer> a;
    private final List<EngineLayer> b;
    private final Set<Difference> kinds = EnumSet.noneOf(Difference.class);
    private final List<String> words = new ArrayList<>();

    GroupDifference(List<EngineLayer> a, List<EngineLayer> b) {
        this.a = a;
        this.b = b;
        if (a.isEmpty() || b.isEmpty()) {
            kinds.add(a.isEmpty() ? Difference.ONLY_B : Difference.ONLY_A);
            words.add((a.isEmpty() ? "only in B: " : "only in A: ") + kindsOf(a.isEmpty() ? b : a));
            return;
        }
        count(LayerKind.QUANTIZE, Difference.QUANTIZERS, "quantize kernel");
        fusion();
        precision();
        count(LayerKind.REFORMAT, Difference.REFORMATS, "reformat");
    }

    Set<Difference> kinds() {
        return kinds;
    }

    String explanation() {
        return String.join("; ", words);
    }

    /** The layer that a group is named after: one with a weight if there is, the one of most nodes otherwise. */
    static EngineLayer main(List<EngineLayer> layers) {
        return layers.stream()
                .max(Comparator.<EngineLayer>comparingInt(l -> rank(l.kind()))
                        .thenComparingInt(l -> l.computeNodes().size()))
                .orElseThrow();
    }

    private static String kindsOf(List<EngineLayer> layers) {
        return layers.stream()
                .collect(Collectors.groupingBy(
                        l -> l.kind().word() + (l.origin().isEmpty() ? "" : " (" + l.origin() + ")"),
                        LinkedHashMap::new,
                        Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }

    private static int rank(LayerKind kind) {
        return switch (kind) {
            case CONVOLUTION, GEMM -> 3;
            case MYELIN, POINTWISE, POOLING, RESIZE, SHUFFLE, OTHER -> 2;
            case QUANTIZE -> 1;
            case REFORMAT, CONSTANT, NOOP -> 0;
        };
    }

    private void count(LayerKind kind, Difference difference, String noun) {
        long inA = a.stream().filter(l -> l.kind() == kind).count();
        long inB = b.stream().filter(l -> l.kind() == kind).count();
        if (inA == inB) {
            return;
        }
        kinds.add(difference);
        long n = Math.abs(inA - inB);
        words.add(n + " " + noun + (n == 1 ? "" : "s") + (inB < inA ? " fewer" : " more"));
    }

    private void fusion() {
        List<EngineLayer> computeA = computing(a);
        List<EngineLayer> computeB = computing(b);
        if (computeA.size() == computeB.size()) {
            return;
        }
        kinds.add(Difference.FUSION);
        boolean fusedInB = computeB.size() < computeA.size();
        List<EngineLayer> split = fusedInB ? computeA : computeB;
        words.add((fusedInB ? "fused in B: " : "fused in A: ")
                + some(split.stream().map(GroupDifference::shortest).toList(), LAYERS, " + "));
    }

    /** The layers that compute what ONNX nodes ask for, without the small ones that TensorRT adds for weights. */
    static List<EngineLayer> computing(List<EngineLayer> layers) {
        return layers.stream()
                .filter(l -> rank(l.kind()) > 1 && !l.computeNodes().isEmpty())
                .toList();
    }

    /** The last part of the names of a layer's nodes, since the beginning is the same for the whole group. */
    private static String shortest(EngineLayer layer) {
        return some(
                layer.computeNodes().stream()
                        .map(n -> n.substring(n.lastIndexOf('/') + 1))
                        .distinct()
                        .toList(),
                NODES,
                ", ");
    }

    /** The first of the names, and how many more there are. */
    private static String some(List<String> names, int most, String between) {
        String shown = names.stream().limit(most).collect(Collectors.joining(between));
        return names.size() <= most ? shown : shown + between + (names.size() - most) + " more";
    }

    private void precision() {
        EngineLayer mainA = main(a);
        EngineLayer mainB = main(b);
        differs("reads", mainA.precision(), mainB.precision());
        differs("writes", mainA.outputPrecision(), mainB.outputPrecision());
    }

    private void differs(String verb, Precision inA, Precision inB) {
        if (inA != inB && inA != Precision.UNKNOWN && inB != Precision.UNKNOWN) {
            kinds.add(Difference.PRECISION);
            words.add(verb + " " + inB + " instead of " + inA);
        }
    }
}
