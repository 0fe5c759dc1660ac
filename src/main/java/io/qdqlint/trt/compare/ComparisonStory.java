package io.qdqlint.trt.compare;

import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Precision;
import io.qdqlint.trt.compare.LayerGroup.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The outcome of a comparison in a few sentences, the most important first. */
public final class ComparisonStory {
    private final EngineComparison comparison;
    private final List<String> sentences = new ArrayList<>();

    private ComparisonStory(EngineComparison comparison) {
        this.comparison = comparison;
    }

    /** One sentence each. */
    public static List<String> of(EngineComparison comparison) {
        ComparisonStory story = new ComparisonStory(comparison);
        story.completeness(comparison.a(), "A");
        story.completeness(comparison.b(), "B");
        story.kinship();
        story.total();
        story.quantizers();
        story.fusion();
        story.precision();
        story.reformats();
        return story.sentences;
    }

    private void completeness(MeasuredEngine engine, String letter) {
        if (!engine.engine().detailed()) {
            sentences.add(letter + " " + Engine.NAMES_ONLY_HINT + ".");
        } else if (!engine.isTimed()) {
            sentences.add(letter + " has no layer times: trtexec writes them with --exportProfile.");
        } else if (engine.untimed() > 0) {
            sentences.add("The profile of " + letter + " has no time for " + engine.untimed() + " of its "
                    + engine.engine().layers().size() + " layers: it is not of this build.");
        }
    }

    private void kinship() {
        if (comparison.groups().stream().allMatch(g -> g.a().isEmpty() || g.b().isEmpty())) {
            sentences.add(
                    "No layer of A does the work of one of B: they are engines of different networks, or of exports"
                            + " that name their nodes otherwise.");
        }
    }

    private void total() {
        if (!comparison.isTimed()) {
            return;
        }
        double a = comparison.a().totalMicros();
        double b = comparison.b().totalMicros();
        if (Math.abs(a - b) < 0.01 * a) {
            sentences.add(format("The layers of both take the same time, %.3f ms per inference.", b / 1000));
        } else {
            sentences.add(format(
                    "The layers of A take %.3f ms per inference, those of B %.3f ms: B is %.2f times as %s.",
                    a / 1000, b / 1000, b < a ? a / b : b / a, b < a ? "fast" : "slow"));
        }
    }

    private void quantizers() {
        int a = comparison.a().engine().standAloneQuantizers().size();
        int b = comparison.b().engine().standAloneQuantizers().size();
        if (a == 0 && b == 0) {
            return;
        }
        sentences.add("A has " + quantizers(comparison.a(), a) + "; B has " + quantizers(comparison.b(), b) + ".");
        MeasuredEngine fewer = a < b ? comparison.a() : comparison.b();
        List<EngineLayer> left = fewer.engine().standAloneQuantizers();
        if (a != b && !left.isEmpty() && left.size() <= 3) {
            Set<String> io = Set.copyOf(fewer.engine().ioTensors());
            sentences.add("Left in " + (a < b ? "A" : "B") + ": "
                    + left.stream().map(l -> remaining(l, io)).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static String remaining(EngineLayer layer, Set<String> io) {
        boolean atInput = layer.inputs().stream().anyMatch(t -> io.contains(t.name()));
        return layer.shortName() + (atInput ? " (at the network's input)" : "");
    }

    private static String quantizers(MeasuredEngine engine, int count) {
        if (count == 0) {
            return "no stand-alone quantize kernel";
        }
        String kernels = count + " stand-alone quantize kernel" + (count == 1 ? "" : "s");
        if (!engine.isTimed()) {
            return kernels;
        }
        double micros = engine.micros(EngineLayer::isStandAloneQuantizer);
        return kernels
                + format(
                        " that take%s %.0f µs, %.0f %% of its time",
                        count == 1 ? "s" : "", micros, 100 * micros / engine.totalMicros());
    }

    private void fusion() {
        long inB = comparison.differing(Difference.FUSION).stream()
                .filter(g -> layers(g.b()) < layers(g.a()))
                .count();
        long inA = comparison.differing(Difference.FUSION).size() - inB;
        if (inB > 0) {
            sentences.add(places(inB) + " fused in B and split in A" + saved(true) + ".");
        }
        if (inA > 0) {
            sentences.add(places(inA) + " fused in A and split in B" + saved(false) + ".");
        }
    }

    private static String places(long n) {
        return n == 1 ? "One piece of the network is" : n + " pieces of the network are";
    }

    private String saved(boolean inB) {
        if (!comparison.isTimed()) {
            return "";
        }
        double delta = comparison.differing(Difference.FUSION).stream()
                .filter(g -> layers(g.b()) < layers(g.a()) == inB)
                .mapToDouble(LayerGroup::delta)
                .sum();
        return format(
                "; with the kernels around them they take %.0f µs %s in B",
                Math.abs(delta), delta < 0 ? "less" : "more");
    }

    private static int layers(List<EngineLayer> group) {
        return GroupDifference.computing(group).size();
    }

    private void precision() {
        if (!comparison.a().engine().detailed() || !comparison.b().engine().detailed()) {
            return;
        }
        sentences.add("Convolutions and matrix products that read quantized input: "
                + comparison.a().quantizedShareInWords() + " in A, "
                + comparison.b().quantizedShareInWords() + " in B" + writers() + ".");
    }

    private String writers() {
        int a = floatWriters(comparison.a());
        int b = floatWriters(comparison.b());
        return a == b ? "" : format("; %d read INT8 and write floating point in A, %d in B", a, b);
    }

    private static int floatWriters(MeasuredEngine engine) {
        return engine.count(l -> (l.kind() == LayerKind.CONVOLUTION || l.kind() == LayerKind.GEMM)
                && l.precision().isQuantized()
                && l.outputPrecision() != Precision.UNKNOWN
                && !l.outputPrecision().isQuantized());
    }

    private void reformats() {
        int a = comparison.a().count(l -> l.kind() == LayerKind.REFORMAT);
        int b = comparison.b().count(l -> l.kind() == LayerKind.REFORMAT);
        if (a != b) {
            String times = comparison.isTimed()
                    ? format(
                            " (%.0f and %.0f µs)",
                            comparison.a().micros(l -> l.kind() == LayerKind.REFORMAT),
                            comparison.b().micros(l -> l.kind() == LayerKind.REFORMAT))
                    : "";
            sentences.add("Copies and reformats: " + a + " in A, " + b + " in B" + times + ".");
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
