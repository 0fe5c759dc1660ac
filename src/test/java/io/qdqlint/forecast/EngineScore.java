package io.qdqlint.forecast;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Precision;
import io.qdqlint.trt.verdict.Validation;
import io.qdqlint.trt.verdict.Validator;
import io.qdqlint.trt.verdict.Verdict.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Counts how far forecasts agree with engines. */
public final class EngineScore {
    private static final Pattern WEIGHTED = Pattern.compile("(?:^|[/_.])(?:Conv|ConvTranspose|Gemm|MatMul)(?:_\\d+)?$");

    /** TensorRT makes up the names of the layers that it has no kernel for. */
    private static final Pattern NODE = Pattern.compile("(?<=for node )");

    private final EnginePartition partition = new EnginePartition();
    private final EngineFusions fusions = new EngineFusions();
    private int models;
    private int foretold;
    private int forecast;
    private int real;
    private int matched;
    private int layers;
    private int right;

    /** Adds a model; the differences between forecast and engine, one sentence each. */
    public List<String> add(Diagnosis diagnosis, EngineArchive.Built built) {
        List<String> differences = new ArrayList<>();
        models++;
        boolean builds = built.engine() != null;
        foretold += diagnosis.forecast().builds() == builds ? 1 : 0;
        if (diagnosis.forecast().builds() != builds) {
            differences.add(builds ? "TensorRT built it" : "TensorRT did not build it: " + built.failure());
        } else if (!builds
                && diagnosis.forecast().blockers().stream()
                        .noneMatch(b -> built.failure().contains(NODE.split(b.message())[0]))) {
            differences.add(
                    "TensorRT gave another reason than " + diagnosis.forecast().blockers() + ": " + built.failure());
        }
        if (builds) {
            kernels(diagnosis, built.engine(), differences);
            precisions(diagnosis.forecast(), built.engine(), differences);
            partition.add(diagnosis.model(), diagnosis.forecast(), built.engine());
            fusions.add(built.name(), diagnosis.forecast(), built.engine());
        }
        return differences;
    }

    private void kernels(Diagnosis diagnosis, Engine engine, List<String> differences) {
        Validation validation = Validator.validate(diagnosis, new MeasuredEngine(engine, null, null), BuildLog.NONE);
        forecast += validation.kernels().size();
        matched += validation.kernels(Outcome.CONFIRMED);
        real += validation.kernels(Outcome.CONFIRMED) + validation.unforeseen().size();
        validation.kernels().stream()
                .filter(k -> k.verdict().outcome() != Outcome.CONFIRMED)
                .forEach(k -> differences.add(
                        "the engine has no kernel of " + k.kernel().nodes()));
        validation.unforeseen().forEach(l -> differences.add("not forecast: " + l.onnxNodes()));
    }

    private void precisions(Forecast said, Engine engine, List<String> differences) {
        Map<String, Boolean> int8 = new HashMap<>();
        said.layers().forEach(l -> int8.put(l.node().name(), l.precision().equals("int8")));
        Map<String, Boolean> inEngine = new HashMap<>();
        for (EngineLayer layer : engine.layers()) {
            boolean weighted = layer.kind() == LayerKind.CONVOLUTION || layer.kind() == LayerKind.GEMM;
            if (weighted && !layer.inputs().isEmpty()) {
                layer.onnxNodes().stream()
                        .filter(n -> WEIGHTED.matcher(n).find())
                        .forEach(n -> inEngine.put(n, layer.precision() == Precision.INT8));
            }
        }
        inEngine.forEach((node, isInt8) -> {
            layers++;
            if (isInt8.equals(int8.get(node))) {
                right++;
            } else {
                differences.add(node + (isInt8 ? " reads INT8" : " reads floating point") + " in the engine");
            }
        });
    }

    /** The layers of the whole engine. */
    EnginePartition partition() {
        return partition;
    }

    /** What convolutions take in. */
    EngineFusions fusions() {
        return fusions;
    }

    /** Share of the forecast kernels that the engines have. */
    double precision() {
        return (double) matched / forecast;
    }

    /** Share of the engines' kernels that were forecast. */
    double recall() {
        return (double) matched / real;
    }

    /** Share of the weighted nodes of which it was said rightly whether they read INT8. */
    double layers() {
        return (double) right / layers;
    }

    /** Share of the models of which it was said rightly whether they build. */
    double builds() {
        return (double) foretold / models;
    }

    @Override
    public String toString() {
        return matched + " of " + forecast + " forecast and " + real + " real kernels, " + right + " of " + layers
                + " layers, " + foretold + " of " + models + " builds, partition: "
                + partition;
    }
}
