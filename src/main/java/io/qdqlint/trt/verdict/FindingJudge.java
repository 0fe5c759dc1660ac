package io.qdqlint.trt.verdict;

import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Precision;
import io.qdqlint.trt.verdict.Verdict.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges findings: by the kernels that the nodes they speak of left in the engine, or by where the build stopped. */
final class FindingJudge {
    private final MeasuredEngine engine;
    private final BuildLog log;
    private final Map<Node, Forecast.Layer> layers;
    private final Set<Node> blockers;

    /**
     * @param engine null if the build failed
     */
    FindingJudge(MeasuredEngine engine, BuildLog log, Forecast forecast) {
        this.engine = engine;
        this.log = log;
        this.layers = forecast.layers().stream().collect(Collectors.toMap(Forecast.Layer::node, l -> l, (a, b) -> a));
        this.blockers = forecast.blockers().stream().map(Forecast.Blocker::node).collect(Collectors.toSet());
    }

    Verdict judge(Finding finding) {
        if (engine == null) {
            return judgeFailure(finding);
        }
        if (finding.severity() == Severity.ERROR && blockers.contains(finding.node())) {
            return Verdict.refuted("TensorRT built the model");
        }
        if (!engine.engine().detailed()) {
            return Verdict.notJudged("the engine has no details of its layers");
        }
        return finding.cost().kernels() > 0 ? judgeKernels(finding) : judgePrecision(finding);
    }

    private Verdict judgeFailure(Finding finding) {
        Set<String> failed =
                log.errors().stream().flatMap(e -> e.node().stream()).collect(Collectors.toSet());
        if (finding.severity() != Severity.ERROR) {
            return Verdict.notJudged("there is no engine: the build failed");
        }
        Set<String> own = nodes(finding)
                .flatMap(n -> Stream.concat(
                        Stream.of(n.name()),
                        n.outputs().stream().filter(Objects::nonNull).map(Value::name)))
                .collect(Collectors.toSet());
        if (own.stream().anyMatch(failed::contains)) {
            return new Verdict(Outcome.CONFIRMED, List.of(), Double.NaN, "the build failed at this node");
        }
        return Verdict.notJudged(
                failed.isEmpty() ? "the build failed and names no node" : "the build stopped at another node first");
    }

    private Verdict judgeKernels(Finding finding) {
        Set<String> names = quantizers(finding).stream().map(Node::name).collect(Collectors.toSet());
        if (names.isEmpty()) {
            return Verdict.notJudged("it names no quantizer that an engine can show");
        }
        List<EngineLayer> found = engine.engine().standAloneQuantizers().stream()
                .filter(l -> KernelMatcher.names(l).stream().anyMatch(names::contains))
                .toList();
        if (found.isEmpty()) {
            return Verdict.refuted("none of these quantizers is a kernel of the engine");
        }
        return new Verdict(
                Outcome.CONFIRMED,
                found,
                engine.isTimed() ? engine.sum(found) : Double.NaN,
                found.size() == 1 ? "the engine has this kernel" : "the engine has " + found.size() + " such kernels");
    }

    private Verdict judgePrecision(Finding finding) {
        Forecast.Layer layer = layers.get(finding.node());
        if (layer == null || Precision.of(layer.precision()).isQuantized()) {
            return Verdict.notJudged("an engine does not show it");
        }
        return engine.engine().layers().stream()
                .filter(l -> l.onnxNodes().contains(finding.node().name()) && l.precision() != Precision.UNKNOWN)
                .findFirst()
                .map(l -> l.precision().isQuantized()
                        ? Verdict.refuted("the layer reads " + l.precision())
                        : new Verdict(
                                Outcome.CONFIRMED, List.of(l), engine.micros(l), "the layer reads " + l.precision()))
                .orElseGet(() -> Verdict.notJudged("the engine does not give the type of this node"));
    }

    /**
     * The quantizers a finding speaks of; if it speaks of none, those at the inputs and outputs of its node; if there are
     * none either, those that read the same tensors as its node (the other branch of a residual Add).
     */
    private static Set<Node> quantizers(Finding finding) {
        Set<Node> named = quantizers(nodes(finding));
        if (!named.isEmpty()) {
            return named;
        }
        Node node = finding.node();
        Stream<Node> before = present(node.inputs()).map(Value::producer).filter(Objects::nonNull);
        Set<Node> adjacent =
                quantizers(Stream.concat(before, present(node.outputs()).flatMap(FindingJudge::readers)));
        return adjacent.isEmpty() ? quantizers(present(node.inputs()).flatMap(FindingJudge::readers)) : adjacent;
    }

    private static Set<Node> quantizers(Stream<Node> among) {
        return among.filter(FindingJudge::isQuantizer).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<Value> present(List<Value> values) {
        return values.stream().filter(Objects::nonNull);
    }

    private static Stream<Node> readers(Value value) {
        return value.uses().stream().map(Value.Use::node);
    }

    private static Stream<Node> nodes(Finding finding) {
        return Stream.concat(
                Stream.of(finding.node()),
                finding.places().stream().map(Place::node).filter(Objects::nonNull));
    }

    private static boolean isQuantizer(Node node) {
        return node.opType().equals("QuantizeLinear") || node.opType().equals("DequantizeLinear");
    }
}
