package io.qdqlint.bench;

import static io.qdqlint.bench.ModelFile.integer;
import static io.qdqlint.bench.ModelFile.ints;

import io.qdqlint.bench.QuantizedLayers.Tensor;
import java.util.List;

/**
 * YOLO11s after its published layer table: C3k2 blocks, SPPF, attention and a head with depthwise convolutions. The attention
 * of C2PSA has one head and no factor before its Softmax.
 */
final class Yolo11s {
    private final YoloBlocks blocks;

    Yolo11s(YoloBlocks blocks) {
        this.blocks = blocks;
    }

    void build() {
        Tensor x = blocks.net.input("images", 3, 640);
        x = blocks.conv("model.0", x, 32, 3, 2);
        x = c3k2(2, blocks.conv("model.1", x, 64, 3, 2), 32, 128, false);
        Tensor p3 = c3k2(4, blocks.conv("model.3", x, 128, 3, 2), 64, 256, false);
        Tensor p4 = c3k2(6, blocks.conv("model.5", p3, 256, 3, 2), 128, 256, true);
        x = c3k2(8, blocks.conv("model.7", p4, 512, 3, 2), 256, 512, true);
        Tensor p5 = c2psa("model.10", blocks.sppf("model.9", x, 512), 256, 512);
        Tensor n4 = c3k2(13, blocks.up(11, p5, p4), 128, 256, false);
        Tensor n3 = c3k2(16, blocks.up(14, n4, p3), 64, 128, false);
        Tensor m4 = c3k2(19, blocks.down(17, n3, 128, n4), 128, 256, false);
        Tensor m5 = c3k2(22, blocks.down(20, m4, 256, p5), 256, 512, true);
        blocks.detect("model.23", true, 128, n3, m4, m5);
    }

    private Tensor c3k2(int layer, Tensor x, int width, int out, boolean c3k) {
        return blocks.c2f(
                "model." + layer,
                x,
                width,
                out,
                1,
                (name, y, w) ->
                        c3k ? blocks.c3(name, y, w / 2, w, 2, 3, true) : blocks.bottleneck(name, y, w / 2, w, 3, true));
    }

    private Tensor c2psa(String name, Tensor x, int width, int out) {
        QuantizedLayers net = blocks.net;
        List<Tensor> halves = net.halves("/" + name + "/Split", blocks.conv(name + ".cv1", x, 2 * width, 1, 1));
        Tensor b = halves.get(1);
        b = net.add("/" + name + "/m.0/Add", b, attention(name + ".m.0.attn", b, width));
        Tensor wide = blocks.conv(name + ".m.0.ffn.0", b, 2 * width, 1, 1);
        b = net.add("/" + name + "/m.0/Add_1", b, blocks.plain(name + ".m.0.ffn.1", wide, width, 1));
        return blocks.conv(name + ".cv2", net.concat("/" + name + "/Concat", halves.get(0), b), out, 1, 1);
    }

    /** Queries and keys have half of the channels of the values. */
    private Tensor attention(String name, Tensor x, int width) {
        ModelFile file = blocks.file;
        String path = "/" + name.replace('.', '/');
        int size = x.size() * x.size();
        int values = x.channels();
        Tensor all = blocks.plain(name + ".qkv", x, 2 * width, 1);
        String rows = blocks.reshape(path + "/Reshape", path + "/Constant", all.name(), 1, all.channels(), size);
        file.longs(path + "/parts", values / 2, values / 2, values);
        List<String> parts = List.of(path + "/q", path + "/k", path + "/v");
        file.node("Split", path + "/Split", List.of(rows, path + "/parts"), parts, integer("axis", 1));
        file.node("Transpose", path + "/Transpose", List.of(path + "/q"), path + "/qt", ints("perm", 0, 2, 1));
        file.node("MatMul", path + "/MatMul", List.of(path + "/qt", path + "/k"), path + "/scores");
        file.node("Softmax", path + "/Softmax", List.of(path + "/scores"), path + "/soft", integer("axis", 2));
        file.node("Transpose", path + "/Transpose_1", List.of(path + "/soft"), path + "/softt", ints("perm", 0, 2, 1));
        file.node("MatMul", path + "/MatMul_1", List.of(path + "/v", path + "/softt"), path + "/mixed");
        Tensor mixed = square(path, "/Reshape_1", "/Constant_1", path + "/mixed", values, x.size());
        Tensor value = square(path, "/Reshape_2", "/Constant_2", path + "/v", values, x.size());
        Tensor sum = blocks.net.add(path + "/Add", mixed, blocks.depthwise(name + ".pe", value));
        return blocks.plain(name + ".proj", sum, width, 1);
    }

    private Tensor square(String path, String name, String constant, String x, int channels, int size) {
        return new Tensor(blocks.reshape(path + name, path + constant, x, 1, channels, size, size), channels, size);
    }
}
