package io.qdqlint.tune;

import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineTensor;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The times of the layers of engines as a table: tab-separated columns device, TensorRT, kind of layer, inputs and outputs with shape, type and format,
 * bytes of these, microseconds. {@link io.qdqlint.fact.MeasuredLayers} reads it.
 */
public final class LearnedLayers {
    private static final String HEAD = "# device\ttensorrt\tkind\tinputs\toutputs\tbytes\tmicros";

    private LearnedLayers() {}

    /**
     * The table of all layers that were timed, each once: the median where several engines have it.
     *
     * @param device where the engines' logs do not name it
     * @param version of TensorRT, in the same way
     */
    public static List<String> of(List<MeasuredEngine> engines, String device, String version) {
        Map<String, List<Double>> micros = new TreeMap<>();
        for (MeasuredEngine engine : engines) {
            String where =
                    engine.log().device().isEmpty() ? device : engine.log().device();
            String tensorrt = engine.log().version() == null
                    ? version
                    : engine.log().version().toString();
            for (EngineLayer layer : engine.engine().layers()) {
                if (engine.micros(layer) > 0 && layer.kind() != LayerKind.CONSTANT) {
                    micros.computeIfAbsent(where + '\t' + tensorrt + '\t' + row(layer), k -> new ArrayList<>())
                            .add(engine.micros(layer));
                }
            }
        }
        List<String> out = new ArrayList<>(List.of(HEAD));
        micros.forEach((key, times) -> out.add(String.format(Locale.ROOT, "%s\t%.2f", key, median(times))));
        return out;
    }

    private static String row(EngineLayer layer) {
        long bytes = layer.inputs().stream().mapToLong(EngineTensor::bytes).sum()
                + layer.outputs().stream().mapToLong(EngineTensor::bytes).sum();
        return layer.kind().word() + '\t' + tensors(layer.inputs()) + '\t' + tensors(layer.outputs()) + '\t' + bytes;
    }

    private static String tensors(List<EngineTensor> tensors) {
        return tensors.stream()
                .map(t -> (t.shape() + ' ' + t.type()).replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
    }

    private static double median(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
