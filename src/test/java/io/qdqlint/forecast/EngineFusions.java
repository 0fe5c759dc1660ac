package io.qdqlint.forecast;

import io.qdqlint.ir.Node;
import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts how many of the nodes that are forecast to become part of a convolution's kernel are part of it in the engine, and the other
 * way round. Most of what is wrong is an activation for which TensorRT took a kernel of its own, by its time.
 */
final class EngineFusions {
    private final List<String> wrong = new ArrayList<>();
    private int forecast;
    private int real;
    private int right;

    /** Adds a model. */
    void add(String model, Forecast said, Engine engine) {
        List<EngineLayer> kernels = engine.layers().stream()
                .filter(EngineFusions::isOfOneConvolution)
                .toList();
        for (Forecast.Layer layer : said.layers()) {
            kernels.stream()
                    .filter(k -> k.onnxNodes().contains(layer.node().name()))
                    .forEach(k -> compare(model, layer, k));
        }
    }

    /** Convolutions that are merged, because they read one tensor, share a kernel: whose it is is not known there. */
    private static boolean isOfOneConvolution(EngineLayer kernel) {
        return kernel.kind() == LayerKind.CONVOLUTION && !kernel.name().contains("||");
    }

    private void compare(String model, Forecast.Layer layer, EngineLayer kernel) {
        List<String> fused = layer.fused().stream()
                .map(Node::name)
                .filter(n -> !EngineLayer.isQuantizer(n))
                .toList();
        List<String> inside = new ArrayList<>(kernel.computeNodes());
        inside.remove(layer.node().name());
        forecast += fused.size();
        real += inside.size();
        right += (int) fused.stream().filter(inside::contains).count();
        fused.stream()
                .filter(n -> !inside.contains(n))
                .forEach(n -> wrong.add(model + ": " + layer.node() + " does not take in " + n));
        inside.stream()
                .filter(n -> !fused.contains(n))
                .forEach(n -> wrong.add(model + ": " + layer.node() + " takes in " + n));
    }

    /** Share of the forecast fusions that the engines have. */
    double precision() {
        return (double) right / forecast;
    }

    /** Share of the engines' fusions that were forecast. */
    double recall() {
        return (double) right / real;
    }

    @Override
    public String toString() {
        return right + " of " + forecast + " forecast and " + real + " real\n" + String.join("\n", wrong);
    }
}
