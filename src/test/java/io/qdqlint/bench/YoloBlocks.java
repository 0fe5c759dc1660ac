package io.qdqlint.bench;

import static io.qdqlint.bench.ModelFile.integer;
import static io.qdqlint.bench.ModelFile.ints;
import static io.qdqlint.bench.ModelFile.shape;

import io.qdqlint.bench.QuantizedLayers.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The blocks that networks of the YOLO family are made of, named as in their published layer tables. */
final class YoloBlocks {
    private static final int CLASSES = 80;
    private static final int BINS = 16;

    final ModelFile file = new ModelFile();
    final QuantizedLayers net = new QuantizedLayers(file);
    private final int divisor;
    private int scales;

    /** @param divisor divides every number of channels: 1 for the real size, 16 for a small file of the same graph */
    YoloBlocks(int divisor) {
        this.divisor = divisor;
    }

    /** The hidden part of a block. */
    interface Inner {
        Tensor of(String name, Tensor x, int width);
    }

    private int divided(int channels) {
        return Math.max(1, channels / divisor);
    }

    /** As calibration gives them: every quantizer its own. */
    private float scale() {
        return 0.02f + 0.0005f * (++scales * 37 % 101);
    }

    /** Convolution and SiLU. */
    Tensor conv(String name, Tensor x, int channels, int kernel, int stride) {
        return net.silu(name, x, divided(channels), kernel, stride, scale());
    }

    /** Convolution without an activation. */
    Tensor plain(String name, Tensor x, int channels, int kernel) {
        return net.conv(name, x, divided(channels), kernel, 1, scale());
    }

    /** Depthwise convolution without an activation. */
    Tensor depthwise(String name, Tensor x) {
        return net.conv(name, x, x.channels(), 3, 1, x.channels(), scale());
    }

    Tensor bottleneck(String name, Tensor x, int hidden, int width, int kernel, boolean shortcut) {
        Tensor y = conv(name + ".cv2", conv(name + ".cv1", x, hidden, kernel, 1), width, 3, 1);
        return shortcut ? net.add("/" + name + "/Add", x, y) : y;
    }

    /** Half of the channels pass {@code n} inner blocks, and all that they make is put together. */
    Tensor c2f(String name, Tensor x, int width, int out, int n, Inner inner) {
        List<Tensor> parts =
                new ArrayList<>(net.halves("/" + name + "/Split", conv(name + ".cv1", x, 2 * width, 1, 1)));
        for (int i = 0; i < n; i++) {
            parts.add(inner.of(name + ".m." + i, parts.get(parts.size() - 1), width));
        }
        return conv(name + ".cv2", net.concat("/" + name + "/Concat", parts.toArray(new Tensor[0])), out, 1, 1);
    }

    /** One branch passes {@code n} bottlenecks, the other none. */
    Tensor c3(String name, Tensor x, int width, int out, int n, int kernel, boolean shortcut) {
        Tensor a = conv(name + ".cv1", x, width, 1, 1);
        for (int i = 0; i < n; i++) {
            a = bottleneck(name + ".m." + i, a, width, width, kernel, shortcut);
        }
        Tensor b = conv(name + ".cv2", x, width, 1, 1);
        return conv(name + ".cv3", net.concat("/" + name + "/Concat", a, b), out, 1, 1);
    }

    Tensor sppf(String name, Tensor x, int out) {
        Tensor a = conv(name + ".cv1", x, out / 2, 1, 1);
        String path = "/" + name;
        Tensor b = net.maxPool(path + "/m/MaxPool", a, 5, 1);
        Tensor c = net.maxPool(path + "/m/MaxPool_1", b, 5, 1);
        Tensor d = net.maxPool(path + "/m/MaxPool_2", c, 5, 1);
        return conv(name + ".cv2", net.concat(path + "/Concat", a, b, c, d), out, 1, 1);
    }

    /** Twice the size, together with what the backbone has of that size. */
    Tensor up(int layer, Tensor x, Tensor lateral) {
        return net.concat("/model." + (layer + 1) + "/Concat", net.upsample("/model." + layer + "/Resize", x), lateral);
    }

    /** Half the size, together with what the neck has of that size. */
    Tensor down(int layer, Tensor x, int channels, Tensor lateral) {
        return net.concat("/model." + (layer + 1) + "/Concat", conv("model." + layer, x, channels, 3, 2), lateral);
    }

    /** The head of YOLOv5 and YOLOv7 for one size. */
    void anchors(int level, Tensor x, int size) {
        Tensor b = net.conv("p." + level, x, 3 * (CLASSES + 5), 1, 1, 0.03f + 0.001f * level);
        String suffix = level == 0 ? "" : "_" + level;
        String reshaped = reshape("/Reshape" + suffix, "/Constant" + suffix, b.name(), 1, 3, CLASSES + 5, size, size);
        String transposed = "/Transpose" + suffix + "_output_0";
        file.node("Transpose", "/Transpose" + suffix, List.of(reshaped), transposed, ints("perm", 0, 1, 3, 4, 2));
        file.node("Sigmoid", "/Sigmoid" + suffix, List.of(transposed), "output" + suffix);
        file.output("output" + suffix, 1, 3, size, size, CLASSES + 5);
    }

    /** The output of a Reshape whose shape is a constant. */
    String reshape(String name, String constant, String x, long... shape) {
        file.node("Constant", constant, List.of(), constant + "_output_0", shape(shape));
        file.node("Reshape", name, List.of(x, constant + "_output_0"), name + "_output_0");
        return name + "_output_0";
    }

    /**
     * The head of YOLOv8 and YOLO11: boxes as distributions, of which the mean is taken. What turns distances into boxes is
     * left out.
     *
     * @param separable whether the branch of the classes is made of depthwise and pointwise convolutions
     */
    void detect(String name, boolean separable, int classWidth, Tensor... levels) {
        List<String> rows = new ArrayList<>();
        int places = 0;
        for (int i = 0; i < levels.length; i++) {
            Tensor x = levels[i];
            String box = name + ".cv2." + i;
            Tensor boxes = conv(box + ".1", conv(box + ".0", x, 64, 3, 1), 64, 3, 1);
            String of = name + ".cv3." + i;
            Tensor classes = inner(of + ".1", inner(of + ".0", x, classWidth, separable), classWidth, separable);
            Tensor all = net.concat(
                    "/" + name + "/Concat_" + i,
                    net.conv(box + ".2", boxes, 4 * BINS, 1, 1, scale()),
                    net.conv(of + ".2", classes, CLASSES, 1, 1, scale()));
            int size = x.size() * x.size();
            String path = "/" + name + "/";
            rows.add(reshape(path + "Reshape_" + i, path + "Constant_" + i, all.name(), 1, all.channels(), size));
            places += size;
        }
        means("/" + name, rows, places);
    }

    private Tensor inner(String name, Tensor x, int width, boolean separable) {
        if (!separable) {
            return conv(name, x, width, 3, 1);
        }
        return conv(name + ".1", net.silu(name + ".0", depthwise(name + ".0", x)), width, 1, 1);
    }

    private void means(String path, List<String> rows, int places) {
        file.node("Concat", path + "/Concat", rows, path + "/all", integer("axis", 2));
        file.longs(path + "/parts", 4 * BINS, CLASSES);
        file.node(
                "Split",
                path + "/Split",
                List.of(path + "/all", path + "/parts"),
                List.of(path + "/boxes", path + "/classes"),
                integer("axis", 1));
        file.node("Sigmoid", path + "/Sigmoid", List.of(path + "/classes"), "scores");
        file.output("scores", 1, CLASSES, places);
        String bins = reshape(path + "/dfl/Reshape", path + "/dfl/Constant", path + "/boxes", 1, 4, BINS, places);
        file.node(
                "Transpose",
                path + "/dfl/Transpose",
                List.of(bins),
                path + "/dfl/Transpose_output_0",
                ints("perm", 0, 2, 1, 3));
        file.node(
                "Softmax",
                path + "/dfl/Softmax",
                List.of(path + "/dfl/Transpose_output_0"),
                path + "/dfl/Softmax_output_0",
                integer("axis", 1));
        file.weights(path + "/dfl/weight", 1, 1, BINS, 1, 1);
        file.node(
                "Conv",
                path + "/dfl/Conv",
                List.of(path + "/dfl/Softmax_output_0", path + "/dfl/weight"),
                "distances",
                ints("kernel_shape", 1, 1));
        file.output("distances", 1, 1, 4, places);
    }
}
