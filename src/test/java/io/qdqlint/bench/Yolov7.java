package io.qdqlint.bench;

import io.qdqlint.bench.QuantizedLayers.Tensor;

/**
 * A network of YOLOv7's shape, written after its published layer table (Wang et al. 2022, deploy form: batch norm and
 * RepConv folded): 92 convolutions, 36.9 million weights, 148 MB at width 1.
 */
final class Yolov7 {
    private final QuantizedLayers net;
    private final YoloBlocks blocks;

    Yolov7(YoloBlocks blocks) {
        this.blocks = blocks;
        this.net = blocks.net;
    }

    void build() {
        Tensor x = net.input("images", 3, 640);
        x = silu("stem.0", x, 32, 3, 1);
        x = silu("stem.1", x, 64, 3, 2);
        x = silu("stem.2", x, 64, 3, 1);
        x = silu("stem.3", x, 128, 3, 2);
        x = elan("e1", x, 64, 256);
        Tensor p3 = elan("e2", down("d1", x, 128), 128, 512);
        Tensor p4 = elan("e3", down("d2", p3, 256), 256, 1024);
        Tensor p5 = spp("spp", elan("e4", down("d3", p4, 512), 256, 1024), 512);
        Tensor n4 = elanHead("h1", up("u1", p5, p4, 256), 256);
        Tensor n3 = elanHead("h2", up("u2", n4, p3, 128), 128);
        Tensor m4 = elanHead("h3", down("d4", n3, 128, n4), 256);
        Tensor m5 = elanHead("h4", down("d5", m4, 256, p5), 512);
        detect(0, n3, 256, 80);
        detect(1, m4, 512, 40);
        detect(2, m5, 1024, 20);
    }

    private Tensor silu(String name, Tensor x, int channels, int kernel, int stride) {
        return blocks.conv(name, x, channels, kernel, stride);
    }

    private Tensor elan(String name, Tensor x, int width, int out) {
        Tensor a = silu(name + ".a", x, width, 1, 1);
        Tensor b = silu(name + ".b", x, width, 1, 1);
        Tensor c = silu(name + ".m.1", silu(name + ".m.0", b, width, 3, 1), width, 3, 1);
        Tensor d = silu(name + ".m.3", silu(name + ".m.2", c, width, 3, 1), width, 3, 1);
        return silu(name + ".o", net.concat("/" + name + "/Concat", d, c, b, a), out, 1, 1);
    }

    private Tensor elanHead(String name, Tensor x, int width) {
        Tensor a = silu(name + ".a", x, width, 1, 1);
        Tensor b = silu(name + ".b", x, width, 1, 1);
        Tensor c = silu(name + ".m.0", b, width / 2, 3, 1);
        Tensor d = silu(name + ".m.1", c, width / 2, 3, 1);
        Tensor e = silu(name + ".m.2", d, width / 2, 3, 1);
        Tensor f = silu(name + ".m.3", e, width / 2, 3, 1);
        return silu(name + ".o", net.concat("/" + name + "/Concat", f, e, d, c, b, a), width, 1, 1);
    }

    private Tensor down(String name, Tensor x, int width, Tensor... more) {
        Tensor a = silu(name + ".a", net.maxPool("/" + name + "/MaxPool", x, 2, 2), width, 1, 1);
        Tensor b = silu(name + ".c", silu(name + ".b", x, width, 1, 1), width, 3, 2);
        Tensor[] parts = more.length == 0 ? new Tensor[] {b, a} : new Tensor[] {b, a, more[0]};
        return net.concat("/" + name + "/Concat", parts);
    }

    private Tensor up(String name, Tensor x, Tensor lateral, int width) {
        Tensor a = silu(name + ".a", x, width, 1, 1);
        Tensor b = net.upsample("/" + name + "/Resize", a);
        return net.concat("/" + name + "/Concat", silu(name + ".b", lateral, width, 1, 1), b);
    }

    private Tensor spp(String name, Tensor x, int width) {
        Tensor a = silu(name + ".cv1", x, width, 1, 1);
        a = silu(name + ".cv4", silu(name + ".cv3", a, width, 3, 1), width, 1, 1);
        String path = "/" + name;
        Tensor pooled = net.concat(
                path + "/Concat",
                a,
                net.maxPool(path + "/m.0/MaxPool", a, 5, 1),
                net.maxPool(path + "/m.1/MaxPool", a, 9, 1),
                net.maxPool(path + "/m.2/MaxPool", a, 13, 1));
        Tensor b = silu(name + ".cv6", silu(name + ".cv5", pooled, width, 1, 1), width, 3, 1);
        Tensor c = silu(name + ".cv2", x, width, 1, 1);
        return silu(name + ".cv7", net.concat(path + "/Concat_1", b, c), width, 1, 1);
    }

    private void detect(int level, Tensor x, int channels, int size) {
        blocks.anchors(level, silu("o." + level, x, channels, 3, 1), size);
    }
}
