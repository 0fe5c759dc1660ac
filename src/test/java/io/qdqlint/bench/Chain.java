package io.qdqlint.bench;

import io.qdqlint.bench.QuantizedLayers.Tensor;
import java.util.List;

/**
 * A model of any number of nodes, a good half of them Q and DQ: blocks of four convolutions around a Concat and a MaxPool.
 * In every other block all readers of the Concat group ask for one scale, in the rest each for its own.
 */
final class Chain {
    private static final int CHANNELS = 8;
    private static final int NODES_PER_BLOCK = 31;

    private final ModelFile file = new ModelFile();
    private final QuantizedLayers net = new QuantizedLayers(file);

    ModelFile build(int nodes) {
        Tensor x = net.input("images", CHANNELS, 32);
        for (int i = 0; file.nodeCount() + NODES_PER_BLOCK <= nodes; i++) {
            x = block("model.layers." + i, x, i % 2 == 0);
        }
        while (file.nodeCount() < nodes) {
            String name = "/tail/Relu_" + file.nodeCount();
            Tensor y = net.value(name + "_output_0", CHANNELS, x.size());
            file.node("Relu", name, List.of(x.name()), y.name());
            x = y;
        }
        file.output(x.name(), 1, x.channels(), x.size(), x.size());
        return file;
    }

    private Tensor block(String name, Tensor x, boolean equal) {
        String path = "/" + name.replace('.', '/');
        float scale = 0.05f;
        float other = equal ? scale : 0.04f;
        float third = equal ? scale : 0.03f;
        Tensor a = net.silu(name + ".cv1", x, CHANNELS, 1, 1, 0.02f);
        Tensor b = net.silu(name + ".cv2", a, CHANNELS, 1, 1, scale);
        Tensor c = net.concat(path + "/Concat", a, b);
        Tensor p = net.maxPool(path + "/MaxPool", c, 3, 1);
        Tensor d = net.silu(name + ".cv3", c, CHANNELS, 1, 1, other);
        Tensor e = net.silu(name + ".cv4", p, CHANNELS, 1, 1, third);
        return net.add(path + "/Add", d, e);
    }
}
