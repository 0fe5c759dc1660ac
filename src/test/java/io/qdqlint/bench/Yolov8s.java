package io.qdqlint.bench;

import io.qdqlint.bench.QuantizedLayers.Tensor;

/** YOLOv8s after its published layer table: C2f blocks, SPPF and a head that has no anchors. */
final class Yolov8s {
    private final YoloBlocks blocks;

    Yolov8s(YoloBlocks blocks) {
        this.blocks = blocks;
    }

    void build() {
        Tensor x = blocks.net.input("images", 3, 640);
        x = blocks.conv("model.0", x, 32, 3, 2);
        x = c2f(2, blocks.conv("model.1", x, 64, 3, 2), 64, 1, true);
        Tensor p3 = c2f(4, blocks.conv("model.3", x, 128, 3, 2), 128, 2, true);
        Tensor p4 = c2f(6, blocks.conv("model.5", p3, 256, 3, 2), 256, 2, true);
        x = c2f(8, blocks.conv("model.7", p4, 512, 3, 2), 512, 1, true);
        Tensor p5 = blocks.sppf("model.9", x, 512);
        Tensor n4 = c2f(12, blocks.up(10, p5, p4), 256, 1, false);
        Tensor n3 = c2f(15, blocks.up(13, n4, p3), 128, 1, false);
        Tensor m4 = c2f(18, blocks.down(16, n3, 128, n4), 256, 1, false);
        Tensor m5 = c2f(21, blocks.down(19, m4, 256, p5), 512, 1, false);
        blocks.detect("model.22", false, 128, n3, m4, m5);
    }

    private Tensor c2f(int layer, Tensor x, int out, int n, boolean shortcut) {
        return blocks.c2f(
                "model." + layer,
                x,
                out / 2,
                out,
                n,
                (name, y, width) -> blocks.bottleneck(name, y, width, width, 3, shortcut));
    }
}
