package io.qdqlint.bench;

import static io.qdqlint.bench.ModelFile.integer;
import static io.qdqlint.bench.ModelFile.ints;
import static io.qdqlint.bench.ModelFile.text;

import java.util.List;

/**
 * Layers as a PyTorch export with automatic quantizers writes them: a Q/DQ pair on the input and the weight of every
 * convolution, per-channel scales on weights. Values are floats in NCHW, known by name and shape.
 */
final class QuantizedLayers {
    /** A value of the graph. */
    record Tensor(String name, int channels, int size) {}

    private final ModelFile file;
    private int quantizers;

    QuantizedLayers(ModelFile file) {
        this.file = file;
    }

    Tensor input(String name, int channels, int size) {
        file.input(name, 1, channels, size, size);
        return new Tensor(name, channels, size);
    }

    /** Convolution alone; {@code scale} is that of its input. */
    Tensor conv(String name, Tensor x, int channels, int kernel, int stride, float scale) {
        return conv(name, x, channels, kernel, stride, 1, scale);
    }

    /** A convolution in groups of channels. */
    Tensor conv(String name, Tensor x, int channels, int kernel, int stride, int groups, float scale) {
        String path = "/" + name.replace('.', '/') + "/Conv";
        String weight = name + ".weight";
        String bias = name + ".bias";
        int fan = x.channels / groups * kernel * kernel;
        float bound = (float) Math.sqrt(3.0 / fan);
        file.weights(weight, bound, channels, x.channels / groups, kernel, kernel);
        file.weights(bias, bound, channels);
        String input = quantize(path + "_input_quantizer_" + ++quantizers, x.name, scale);
        float[] scales = new float[channels];
        for (int c = 0; c < channels; c++) {
            scales[c] = bound / 127 * (0.9f + 0.1f * (c % 8) / 8);
        }
        String weights = quantize(path + "_weight_quantizer_" + ++quantizers, weight, scales);
        int pad = (kernel - 1) / 2;
        int size = (x.size + 2 * pad - kernel) / stride + 1;
        Tensor y = value(path + "_output_0", channels, size);
        file.node(
                "Conv",
                path,
                List.of(input, weights, bias),
                y.name,
                ints("dilations", 1, 1),
                integer("group", groups),
                ints("kernel_shape", kernel, kernel),
                ints("pads", pad, pad, pad, pad),
                ints("strides", stride, stride));
        return y;
    }

    /** Convolution and SiLU, the block YOLOv7 is made of. */
    Tensor silu(String name, Tensor x, int channels, int kernel, int stride, float scale) {
        return silu(name, conv(name + ".c", x, channels, kernel, stride, scale));
    }

    /** The SiLU of what a convolution makes. */
    Tensor silu(String name, Tensor y) {
        String path = "/" + name.replace('.', '/') + "/a";
        Tensor gate = value(path + "/Sigmoid_output_0", y.channels, y.size);
        file.node("Sigmoid", path + "/Sigmoid", List.of(y.name), gate.name);
        Tensor z = value(path + "/Mul_output_0", y.channels, y.size);
        file.node("Mul", path + "/Mul", List.of(y.name, gate.name), z.name);
        return z;
    }

    Tensor concat(String name, Tensor... parts) {
        int channels = 0;
        for (Tensor p : parts) {
            channels += p.channels;
        }
        Tensor y = value(name + "_output_0", channels, parts[0].size);
        file.node("Concat", name, List.of(parts).stream().map(Tensor::name).toList(), y.name, integer("axis", 1));
        return y;
    }

    /** The halves of the channels. */
    List<Tensor> halves(String name, Tensor x) {
        List<Tensor> halves = List.of(
                value(name + "_output_0", x.channels / 2, x.size), value(name + "_output_1", x.channels / 2, x.size));
        file.node(
                "Split",
                name,
                List.of(x.name),
                halves.stream().map(Tensor::name).toList(),
                integer("axis", 1));
        return halves;
    }

    /** Twice the size, each element four times. */
    Tensor upsample(String name, Tensor x) {
        file.floats(name + "_scales", new long[] {4}, 1, 1, 2, 2);
        Tensor y = value(name + "_output_0", x.channels, x.size * 2);
        file.node(
                "Resize",
                name,
                List.of(x.name, "", name + "_scales"),
                y.name,
                text("coordinate_transformation_mode", "asymmetric"),
                text("mode", "nearest"),
                text("nearest_mode", "floor"));
        return y;
    }

    Tensor maxPool(String name, Tensor x, int kernel, int stride) {
        int pad = stride == 1 ? kernel / 2 : 0;
        Tensor y = value(name + "_output_0", x.channels, (x.size + 2 * pad - kernel) / stride + 1);
        file.node(
                "MaxPool",
                name,
                List.of(x.name),
                y.name,
                ints("kernel_shape", kernel, kernel),
                ints("pads", pad, pad, pad, pad),
                ints("strides", stride, stride));
        return y;
    }

    Tensor add(String name, Tensor a, Tensor b) {
        Tensor y = value(name + "_output_0", a.channels, a.size);
        file.node("Add", name, List.of(a.name, b.name), y.name);
        return y;
    }

    Tensor value(String name, int channels, int size) {
        file.valueInfo(name, 1, channels, size, size);
        return new Tensor(name, channels, size);
    }

    private String quantize(String path, String x, float... scales) {
        long[] dims = scales.length == 1 ? new long[0] : new long[] {scales.length};
        file.floats(path + "/scale", dims, scales);
        file.int8Zeros(path + "/zero_point", dims);
        List<String> parameters = List.of(path + "/scale", path + "/zero_point");
        Message[] axis = scales.length == 1 ? new Message[0] : new Message[] {integer("axis", 0)};
        file.node(
                "QuantizeLinear",
                path + "/QuantizeLinear",
                List.of(x, parameters.get(0), parameters.get(1)),
                path + "/q",
                axis);
        file.node(
                "DequantizeLinear",
                path + "/DequantizeLinear",
                List.of(path + "/q", parameters.get(0), parameters.get(1)),
                path + "/dq",
                axis);
        return path + "/dq";
    }
}
