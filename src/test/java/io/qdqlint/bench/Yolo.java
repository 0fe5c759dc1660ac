package io.qdqlint.bench;

import java.util.function.Consumer;

/**
 * Networks of YOLO's shape, written after their published layer tables and quantized as an exporter with automatic quantizers
 * does: a pair with a scale of its own on the input of every convolution.
 */
public enum Yolo {
    YOLOV5S(b -> new Yolov5s(b).build()),
    YOLOV7(b -> new Yolov7(b).build()),
    YOLOV8S(b -> new Yolov8s(b).build()),
    YOLO11S(b -> new Yolo11s(b).build());

    private final Consumer<YoloBlocks> layers;

    Yolo(Consumer<YoloBlocks> layers) {
        this.layers = layers;
    }

    /** @param divisor divides every number of channels: 1 for the real size, 16 for a small file of the same graph */
    public ModelFile build(int divisor) {
        YoloBlocks blocks = new YoloBlocks(divisor);
        layers.accept(blocks);
        return blocks.file;
    }
}
