package io.qdqlint.report;

import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.finding.SampleFinding;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import java.util.ArrayList;
import java.util.List;

/** Runs with findings made by hand. */
public final class Runs {
    private static final String PAGE = """
            # %1$s %2$s

            ## What it finds
            Text about %2$s, with `code`, *stress* and <b>raw HTML</b>.

            ## Why TensorRT cares
            | source | versions |
            |---|---|
            | documentation | 8 and newer |

            ## Fix and its exactness
            Give each member one scale.
            """;

    private Runs() {}

    public static RuleCatalogue catalogue() {
        return new RuleCatalogue(List.of(
                rule("QDQ101", "concat-scale-mismatch", "scale", Severity.WARNING, "unsafe"),
                rule("QDQ501", "nonzero-zero-point", "build", Severity.ERROR, "none"),
                rule("QDQ601", "per-tensor-weights", "accuracy", Severity.NOTE, "unsafe")));
    }

    private static RuleInfo rule(String id, String slug, String category, Severity severity, String fix) {
        return new RuleInfo(id, slug, category, severity, fix, "0.1.0", PAGE.formatted(id, slug));
    }

    /** One model with an error, a warning and a note; one without findings; one file that is no model. */
    public static Run small() {
        return small(ReportOptions.DEFAULT.withWidth(100).withDevice("H100"));
    }

    public static Run small(ReportOptions options) {
        Model clean = new Graphs()
                .input("x", 1, 4)
                .node("/Relu", "Relu", List.of("x"), "y")
                .output("y")
                .model("models/clean.onnx");
        return new Run(
                List.of(branches("models/branches.onnx"), new Diagnosis(clean, "10", List.of(), Forecast.NONE)),
                List.of(new Run.Unreadable("models/broken.onnx", "the file ends after 12 bytes, inside a message")),
                Runs::catalogue,
                "0.1.0",
                options);
    }

    /** A run of this one diagnosis. */
    public static Run of(Diagnosis diagnosis) {
        return new Run(List.of(diagnosis), List.of(), Runs::catalogue, "0.1.0", ReportOptions.DEFAULT);
    }

    public static Diagnosis branches(String file) {
        Model model = Graphs.branches(file);
        Node concat = Graphs.node(model, "/Concat");
        Node left = Graphs.node(model, "/left/in/Q");
        Node head = Graphs.node(model, "/head/in/Q");
        Node stem = Graphs.node(model, "/stem/in/Q");
        Node conv = Graphs.node(model, "/left/Conv");
        return new Diagnosis(
                model,
                "10",
                List.of(
                        SampleFinding.of(
                                "QDQ501",
                                "nonzero-zero-point",
                                Severity.ERROR,
                                stem,
                                "QuantizeLinear '/stem/in/Q' has zero point 3, with which TensorRT stops the build",
                                "Calibrate with symmetric quantization, so that the zero point is 0",
                                List.of(),
                                Cost.NONE),
                        concatFinding(concat, left, head),
                        SampleFinding.of(
                                "QDQ601",
                                "per-tensor-weights",
                                Severity.NOTE,
                                conv,
                                "weight of '/left/Conv' has one scale; TensorRT takes one per output channel",
                                "Quantize the weight per output channel",
                                List.of(new Place(null, conv.input(1), "0.01", "one scale for 16 channels")),
                                Cost.NONE)),
                forecast(model));
    }

    private static Finding concatFinding(Node concat, Node left, Node head) {
        return SampleFinding.of(
                "QDQ101",
                "concat-scale-mismatch",
                Severity.WARNING,
                concat,
                "Concat '/Concat' joins tensors that are quantized with 2 scales; TensorRT keeps a quantize kernel for"
                        + " '/stem/Relu_output_0'",
                "Give '/left/in/Q' and '/head/in/Q' one scale, the larger: 0.0512",
                List.of(
                        new Place(left, left.input(0), "0.0512", "scale 0.0512"),
                        new Place(head, head.input(0), "0.021", "scale 0.021")),
                new Cost(1, 327680, 2.9));
    }

    private static Forecast forecast(Model model) {
        Node stem = Graphs.node(model, "/stem/in/Q");
        Node left = Graphs.node(model, "/left/in/Q");
        return new Forecast(
                "H100",
                List.of(new Forecast.Blocker(stem, "Assertion failed: shift is not all zeros")),
                List.of(
                        new Forecast.Layer(
                                Graphs.node(model, "/stem/Conv"),
                                "int8",
                                9_000_000,
                                List.of(Graphs.node(model, "/stem/Relu"))),
                        new Forecast.Layer(Graphs.node(model, "/left/Conv"), "int8", 3_000_000, List.of()),
                        new Forecast.Layer(Graphs.node(model, "/head/Conv"), "fp16", 3_000_000, List.of())),
                List.of(
                        new Forecast.Kernel(
                                List.of(stem),
                                Forecast.Kind.QUANTIZE,
                                stem.input(0),
                                61440,
                                2.1,
                                false,
                                List.of("the tensor is a graph input: no kernel could write it in INT8")),
                        new Forecast.Kernel(
                                List.of(left),
                                Forecast.Kind.QUANTIZE,
                                left.input(0),
                                327680,
                                2.9,
                                true,
                                List.of(
                                        "'/left/in/Q' needs '/stem/Relu_output_0' with scale 0.0512",
                                        "'/head/in/Q', moved up through '/Concat', needs it with scale 0.021"))));
    }

    /** Names that would do harm: markup, quotes, terminal escapes, line breaks, right-to-left overrides, length. */
    public static final String HOSTILE =
            "</title><script>alert(1)</script>\"'&`]](){}${7*7}<#if>\u001b[31m\u009b31m\r\n::error::\u202e\u0000\ud800\u2028";

    /** A model all of whose names are {@link #HOSTILE}, one of them a million characters long. */
    public static Run hostile() {
        String name = HOSTILE;
        String longName = HOSTILE + "x".repeat(1_000_000);
        Model model = new Graphs()
                .input(name, 1, 4)
                .pair(name, name, name + "out", 0.5, 1)
                .node(longName, "Relu", List.of(name + "out"), longName)
                .node(name + "op", HOSTILE, List.of(longName), name + "y")
                .output(name + "y")
                .model("models/hostile.onnx");
        Node relu = Graphs.node(model, longName);
        Node quantize = Graphs.node(model, name + "/Q");
        Finding finding = SampleFinding.of(
                "QDQ501",
                "nonzero-zero-point",
                Severity.ERROR,
                relu,
                "Relu '" + relu.name() + "' is bad",
                "Rename '" + name + "'",
                List.of(
                        new Place(quantize, quantize.input(0), name, name),
                        new Place(Graphs.node(model, name + "op"), null, null, "")),
                new Cost(1, -1, Double.NaN));
        Forecast forecast = new Forecast(
                "H100",
                List.of(new Forecast.Blocker(relu, "stops at '" + name + "'")),
                List.of(new Forecast.Layer(relu, "fp16", -1, List.of(quantize))),
                List.of(new Forecast.Kernel(
                        List.of(quantize),
                        Forecast.Kind.QUANTIZE,
                        quantize.input(0),
                        -1,
                        Double.NaN,
                        true,
                        List.of(name))));
        return new Run(
                List.of(new Diagnosis(model, "10", List.of(finding), forecast)),
                List.of(new Run.Unreadable("models/" + name, "not a model: " + name)),
                Runs::catalogue,
                "0.1.0",
                ReportOptions.DEFAULT.withWidth(100));
    }

    /** A model with {@code n} like findings: Concat nodes that each join {@code inputs} tensors. */
    public static Diagnosis many(int n, int inputs) {
        Graphs graph = new Graphs().input("x", 1, 8, 32, 32);
        for (int i = 0; i < n; i++) {
            List<String> parts = new ArrayList<>();
            for (int k = 0; k < inputs; k++) {
                String block = "/model." + i + "/branches/branch." + k + "/conv";
                graph.node(block + "/act/Relu", "Relu", List.of("x"), block + "/act/Relu_output_0");
                String pair = block + "/_input_quantizer";
                graph.pair(pair, block + "/act/Relu_output_0", pair + "/out", 0.01 + 0.005 * k, 0);
                parts.add(pair + "/out");
            }
            String concat = "/model." + i + "/Concat";
            graph.node(concat, "Concat", parts, concat + "_output_0").output(concat + "_output_0");
        }
        Model model = graph.model("models/many.onnx");
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Node concat = Graphs.node(model, "/model." + i + "/Concat");
            List<Place> places = concat.inputs().stream()
                    .map(v -> new Place(v.producer(), v, QuantizerText.scale(v.producer()), "its scale"))
                    .toList();
            findings.add(SampleFinding.of(
                    "QDQ101",
                    "concat-scale-mismatch",
                    Severity.WARNING,
                    concat,
                    "Concat '" + concat.name() + "' joins tensors that are quantized with " + inputs + " scales",
                    "Give them one scale, the largest",
                    places,
                    new Cost(inputs - 1, 8192L * (inputs - 1), 2.2 * (inputs - 1))));
        }
        return new Diagnosis(model, "10", findings, Forecast.NONE);
    }
}
