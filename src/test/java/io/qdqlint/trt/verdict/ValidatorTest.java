package io.qdqlint.trt.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.SampleFinding;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.BuildLogReader;
import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineProfile;
import io.qdqlint.trt.EngineTensor;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Precision;
import io.qdqlint.trt.verdict.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidatorTest {
    private final Graph graph = graph();
    private final Node q1 = node("q1");
    private final Node q2 = node("q2");
    private final Node conv = node("conv");
    private final Node add = node("add");

    /** {@code x} is quantized twice and read by an Add; {@code q1} feeds a Conv. */
    private static Graph graph() {
        GraphBuilder b = new GraphBuilder("g");
        b.input("x", DataType.FLOAT, Shape.of(1, 8));
        node(b, "q1", "QuantizeLinear", "x", "a");
        node(b, "q2", "QuantizeLinear", "x", "b");
        node(b, "conv", "Conv", "a", "c");
        node(b, "add", "Add", "x", "d");
        return b.build();
    }

    private static void node(GraphBuilder b, String name, String type, String in, String out) {
        b.node(name, "", type, List.of(in), List.of(out), List.of(), ByteRange.NONE);
    }

    private Node node(String name) {
        return graph.nodes().stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Diagnosis diagnosis(Forecast forecast, Finding... findings) {
        Model model = new Model(Path.of("m.onnx"), 8, "", Map.of(), graph, Map.of());
        return new Diagnosis(model, "10", List.of(findings), forecast);
    }

    private static Finding finding(Node node, Severity severity, int kernels) {
        return SampleFinding.of(
                "QDQ999", "slug", severity, node, "message", "remedy", List.of(), new Cost(kernels, 100, 1));
    }

    private static Forecast.Kernel kernel(Node node) {
        return new Forecast.Kernel(List.of(node), Forecast.Kind.QUANTIZE, node.input(0), 10, 1, true, List.of());
    }

    private static EngineLayer layer(String name, String type, String origin, Precision precision, String... nodes) {
        List<EngineTensor> io = List.of(new EngineTensor("t", precision, "", List.of(1L)));
        return new EngineLayer(name, type, origin, io, io, List.of(nodes), "");
    }

    /** q1 is a kernel of 5 microseconds, the conv reads INT8, q2 is part of another layer. */
    private static MeasuredEngine engine() {
        List<EngineLayer> layers = List.of(
                layer("q1_clone_0", "Reformat", "QDQ", Precision.FP16),
                layer("conv", "CaskConvolution", "", Precision.INT8, "conv"),
                layer("add", "PointWiseV2", "", Precision.FP16, "add", "q2"));
        List<EngineProfile.Row> rows =
                List.of(new EngineProfile.Row("q1_clone_0", 0.005, 0.005), new EngineProfile.Row("conv", 0.01, 0.01));
        return new MeasuredEngine(new Engine("e", true, layers, List.of()), new EngineProfile(1, rows), null);
    }

    @Test
    void kernelsAreConfirmedWithTheirTimeOrRefuted() {
        Forecast forecast = new Forecast("", List.of(), List.of(), List.of(kernel(q1), kernel(q2)));
        Validation v = Validator.validate(diagnosis(forecast), engine(), BuildLog.NONE);
        assertEquals(Outcome.CONFIRMED, v.kernels().get(0).verdict().outcome());
        assertEquals(5, v.diagnosis().forecast().kernels().get(0).micros());
        assertEquals(Outcome.REFUTED, v.kernels().get(1).verdict().outcome());
        assertEquals(1, v.diagnosis().forecast().kernels().get(1).micros());
        assertTrue(v.unforeseen().isEmpty());
        assertEquals(Outcome.CONFIRMED, v.build().outcome());
    }

    @Test
    void aKernelNobodyForecastIsTold() {
        Validation v = Validator.validate(diagnosis(Forecast.NONE), engine(), BuildLog.NONE);
        assertEquals("q1_clone_0", v.unforeseen().get(0).name());
    }

    @Test
    void aFindingGetsTheMeasuredCost() {
        Validation v = Validator.validate(
                diagnosis(
                        Forecast.NONE,
                        finding(q1, Severity.WARNING, 1),
                        finding(q2, Severity.WARNING, 1),
                        finding(add, Severity.WARNING, 2),
                        finding(add, Severity.NOTE, 0)),
                engine(),
                BuildLog.NONE);
        assertEquals(new Cost(1, 100, 5, true), v.findings().get(0).finding().cost());
        assertEquals(
                "message (confirmed by TensorRT: the engine has this kernel, 5.0 µs measured)",
                v.diagnosis().findings().get(0).message());
        assertEquals(Outcome.REFUTED, v.findings().get(1).verdict().outcome());
        assertEquals(Cost.NONE, v.findings().get(1).finding().cost());
        // The Add's own inputs are not quantized; the quantizers that read the same tensor are what it costs.
        assertEquals(Outcome.CONFIRMED, v.findings().get(2).verdict().outcome());
        assertEquals(1, v.findings().get(2).finding().cost().kernels());
        assertEquals(Outcome.NOT_JUDGED, v.findings().get(3).verdict().outcome());
        assertEquals(2, v.findings(Outcome.CONFIRMED));
    }

    @Test
    void precisionIsComparedAndAFloatLayerThatReadsInt8RefutesItsFinding() {
        Forecast forecast = new Forecast("", List.of(), List.of(layer(conv)), List.of());
        Validation v =
                Validator.validate(diagnosis(forecast, finding(conv, Severity.WARNING, 0)), engine(), BuildLog.NONE);
        assertEquals("int8", v.layers().get(0).measured());
        assertTrue(!v.layers().get(0).isRight());
        assertEquals(Outcome.REFUTED, v.findings().get(0).verdict().outcome());
    }

    private static Forecast.Layer layer(Node node) {
        return new Forecast.Layer(node, "fp16", 1, List.of());
    }

    @Test
    void anErrorIsConfirmedWhereTheBuildFailed() throws IOException {
        BuildLog log = BuildLogReader.read(Path.of("src/test/resources/engines/unet.ort.int8.log"));
        BuildLog.LogError error = new BuildLog.LogError("text", java.util.Optional.of("q1"));
        BuildLog here =
                new BuildLog(log.version(), log.outcome(), "", Double.NaN, List.of(error), List.of(), Map.of(), null);
        Forecast forecast = new Forecast("", List.of(new Forecast.Blocker(q1, "x")), List.of(), List.of(kernel(q1)));
        Diagnosis diagnosis = diagnosis(forecast, finding(q1, Severity.ERROR, 0), finding(add, Severity.WARNING, 1));
        Validation v = Validator.validate(diagnosis, null, here);
        assertNull(v.engine());
        assertEquals(Outcome.CONFIRMED, v.build().outcome());
        assertEquals(Outcome.CONFIRMED, v.findings().get(0).verdict().outcome());
        assertEquals(Outcome.NOT_JUDGED, v.findings().get(1).verdict().outcome());
        assertEquals(Outcome.NOT_JUDGED, v.kernels().get(0).verdict().outcome());
        Validation elsewhere = Validator.validate(diagnosis, null, log);
        assertEquals(Outcome.NOT_JUDGED, elsewhere.findings().get(0).verdict().outcome());
        Validation built = Validator.validate(diagnosis, engine(), BuildLog.NONE);
        assertEquals(Outcome.REFUTED, built.build().outcome());
        assertEquals(Outcome.REFUTED, built.findings().get(0).verdict().outcome());
    }
}
