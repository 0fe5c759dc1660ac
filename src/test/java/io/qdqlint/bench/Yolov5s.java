package io.qdqlint.bench;

import io.qdqlint.bench.QuantizedLayers.Tensor;

/** YOLOv5s after the layer table of its release 6.0: C3 blocks, SPPF and a head with anchors. */
final class Yolov5s {
    private final YoloBlocks blocks;

    Yolov5s(YoloBlocks blocks) {
        this.blocks = blocks;
    }

    void build() {
        Tensor x = blocks.net.input("images", 3, 640);
        x = blocks.conv("model.0", x, 32, 6, 2);
        x = c3(2, blocks.conv("model.1", x, 64, 3, 2), 64, 1, true);
        Tensor p3 = c3(4, blocks.conv("model.3", x, 128, 3, 2), 128, 2, true);
        Tensor p4 = c3(6, blocks.conv("model.5", p3, 256, 3, 2), 256, 3, true);
        x = c3(8, blocks.conv("model.7", p4, 512, 3, 2), 512, 1, true);
        Tensor p5 = blocks.conv("model.10", blocks.sppf("model.9", x, 512), 256, 1, 1);
        x = c3(13, blocks.up(11, p5, p4), 256, 1, false);
        Tensor n4 = blocks.conv("model.14", x, 128, 1, 1);
        Tensor n3 = c3(17, blocks.up(15, n4, p3), 128, 1, false);
        Tensor m4 = c3(20, blocks.down(18, n3, 128, n4), 256, 1, false);
        Tensor m5 = c3(23, blocks.down(21, m4, 256, p5), 512, 1, false);
        blocks.anchors(0, n3, 80);
        blocks.anchors(1, m4, 40);
        blocks.anchors(2, m5, 20);
    }

    private Tensor c3(int layer, Tensor x, int out, int n, boolean shortcut) {
        return blocks.c3("model." + layer, x, out / 2, out, n, 1, shortcut);
    }
}
