package io.qdqlint.trt.verdict;

import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Precision;
import io.qdqlint.trt.verdict.Validation.JudgedFinding;
import io.qdqlint.trt.verdict.Validation.JudgedKernel;
import io.qdqlint.trt.verdict.Validation.JudgedLayer;
import io.qdqlint.trt.verdict.Verdict.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a diagnosis with the engine that TensorRT built, or with TensorRT's refusal to build it. */
public final class Validator {
    private final Diagnosis diagnosis;
    private final MeasuredEngine engine;
    private final BuildLog log;

    private Validator(Diagnosis diagnosis, MeasuredEngine engine, BuildLog log) {
        this.diagnosis = diagnosis;
        this.engine = engine;
        this.log = log;
    }

    /**
     * Judges everything the diagnosis says.
     *
     * @param engine null if the build failed; then {@code log} says why
     */
    public static Validation validate(Diagnosis diagnosis, MeasuredEngine engine, BuildLog log) {
        return new Validator(diagnosis, engine, log).validation();
    }

    /** Whether the engine names a node of the model, or none at all. */
    public static boolean isOf(Model model, Engine engine) {
        Set<String> named =
                engine.layers().stream().flatMap(l -> l.onnxNodes().stream()).collect(Collectors.toSet());
        return named.isEmpty() || model.graph().nodes().stream().map(Node::name).anyMatch(named::contains);
    }

    private Validation validation() {
        FindingJudge judge = new FindingJudge(engine, log, diagnosis.forecast());
        List<JudgedFinding> findings = diagnosis.findings().stream()
                .map(f -> measured(f, judge.judge(f)))
                .toList();
        List<EngineLayer> unforeseen = new ArrayList<>();
        List<JudgedKernel> kernels = kernels(unforeseen);
        Forecast forecast = diagnosis
                .forecast()
                .withKernels(kernels.stream().map(JudgedKernel::kernel).toList());
        Diagnosis measured = new Diagnosis(
                diagnosis.model(),
                diagnosis.tensorrt(),
                findings.stream().map(JudgedFinding::finding).toList(),
                forecast);
        return new Validation(measured, engine, log, build(), findings, kernels, List.copyOf(unforeseen), layers());
    }

    private Verdict build() {
        boolean builds = diagnosis.forecast().builds();
        if (engine != null) {
            return builds
                    ? new Verdict(Outcome.CONFIRMED, List.of(), Double.NaN, "TensorRT built it, as forecast")
                    : Verdict.refuted("TensorRT built it, against the forecast");
        }
        return builds
                ? Verdict.refuted("TensorRT did not build it, against the forecast")
                : new Verdict(Outcome.CONFIRMED, List.of(), Double.NaN, "TensorRT did not build it, as forecast");
    }

    /** The finding with its measured cost, and a message with the verdict. */
    private static JudgedFinding measured(Finding f, Verdict verdict) {
        Cost cost = switch (verdict.outcome()) {
            case CONFIRMED ->
                f.cost().kernels() > 0
                        ? new Cost(verdict.layers().size(), f.cost().bytes(), verdict.micros(), true)
                        : f.cost();
            case REFUTED -> Cost.NONE;
            case NOT_JUDGED -> f.cost();
        };
        String message = verdict.outcome() == Outcome.NOT_JUDGED
                ? f.message()
                : f.message() + " (" + verdict.outcome().words() + " by TensorRT: " + verdict.why() + time(verdict)
                        + ")";
        return new JudgedFinding(f.says(message, cost), verdict);
    }

    private static String time(Verdict verdict) {
        return verdict.layers().isEmpty() || Double.isNaN(verdict.micros())
                ? ""
                : String.format(Locale.ROOT, ", %.1f \u00b5s measured", verdict.micros());
    }

    private List<JudgedKernel> kernels(List<EngineLayer> unforeseen) {
        List<Forecast.Kernel> forecast = diagnosis.forecast().kernels();
        if (engine == null) {
            return forecast.stream()
                    .map(k -> new JudgedKernel(k, Verdict.notJudged("there is no engine: the build failed")))
                    .toList();
        }
        List<EngineLayer> real = engine.engine().standAloneQuantizers();
        int[] partners = KernelMatcher.match(forecast, real);
        List<JudgedKernel> out = new ArrayList<>();
        for (int i = 0; i < partners.length; i++) {
            Forecast.Kernel kernel = forecast.get(i);
            if (partners[i] < 0) {
                out.add(new JudgedKernel(kernel, Verdict.refuted("the engine has no such kernel")));
                continue;
            }
            EngineLayer layer = real.get(partners[i]);
            Verdict verdict =
                    new Verdict(Outcome.CONFIRMED, List.of(layer), engine.micros(layer), "the engine has this kernel");
            out.add(new JudgedKernel(timed(kernel, verdict.micros()), verdict));
        }
        Set<Integer> matched = new HashSet<>();
        Arrays.stream(partners).forEach(matched::add);
        for (int k = 0; k < real.size(); k++) {
            if (!matched.contains(k)) {
                unforeseen.add(real.get(k));
            }
        }
        return out;
    }

    private static Forecast.Kernel timed(Forecast.Kernel k, double micros) {
        return Double.isNaN(micros)
                ? k
                : new Forecast.Kernel(k.nodes(), k.kind(), k.value(), k.bytes(), micros, k.avoidable(), k.why());
    }

    private List<JudgedLayer> layers() {
        if (engine == null || !engine.engine().detailed()) {
            return List.of();
        }
        Map<String, String> measured = new HashMap<>();
        for (EngineLayer layer : engine.engine().layers()) {
            if ((layer.kind() == LayerKind.CONVOLUTION || layer.kind() == LayerKind.GEMM)
                    && layer.precision() != Precision.UNKNOWN) {
                layer.computeNodes()
                        .forEach(n -> measured.put(n, layer.precision().word()));
            }
        }
        return diagnosis.forecast().layers().stream()
                .filter(l -> measured.containsKey(l.node().name()))
                .map(l -> new JudgedLayer(l, measured.get(l.node().name())))
                .toList();
    }
}
