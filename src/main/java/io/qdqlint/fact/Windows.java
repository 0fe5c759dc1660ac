package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import java.util.Arrays;

/** Output shapes of operators that slide a window: the formulas of ONNX's Conv, ConvTranspose, MaxPool, AveragePool. */
final class Windows {
    private Windows() {}

    static Shape conv(Node node, Shape in, Shape weight) {
        return weight == null || in.rank() < 2 || weight.rank() != in.rank()
                ? null
                : slide(node, in, kernel(node, weight), weight.dim(0));
    }

    static Shape pool(Node node, Shape in) {
        long[] kernel = node.intsAttribute("kernel_shape");
        return kernel == null || kernel.length + 2 != in.rank() ? null : slide(node, in, kernel, in.dim(1));
    }

    static Shape transposed(Node node, Shape in, Shape weight) {
        if (weight == null || in.rank() < 2 || weight.rank() != in.rank()) {
            return null;
        }
        int spatial = in.rank() - 2;
        long[] kernel = kernel(node, weight);
        long[] stride = ints(node, "strides", spatial, 1);
        long[] dilation = ints(node, "dilations", spatial, 1);
        long[] pads = ints(node, "pads", 2 * spatial, 0);
        long[] extra = ints(node, "output_padding", spatial, 0);
        long[] given = node.intsAttribute("output_shape");
        boolean same = node.stringAttribute("auto_pad", "NOTSET").startsWith("SAME");
        long[] out = in.sizes();
        out[1] = weight.dim(1) < 0 ? Shape.UNKNOWN : weight.dim(1) * node.intAttribute("group", 1);
        for (int i = 0; i < spatial; i++) {
            long x = in.dim(i + 2);
            if (given != null && given.length >= spatial) {
                out[i + 2] = given[given.length - spatial + i];
            } else if (x >= 0) {
                out[i + 2] = same
                        ? x * stride[i]
                        : stride[i] * (x - 1)
                                + extra[i]
                                + (kernel[i] - 1) * dilation[i]
                                + 1
                                - pads[i]
                                - pads[spatial + i];
            }
        }
        return Shape.of(out);
    }

    private static Shape slide(Node node, Shape in, long[] kernel, long channels) {
        int spatial = in.rank() - 2;
        long[] stride = ints(node, "strides", spatial, 1);
        long[] dilation = ints(node, "dilations", spatial, 1);
        long[] pads = ints(node, "pads", 2 * spatial, 0);
        String autoPad = node.stringAttribute("auto_pad", "NOTSET");
        boolean ceil = node.intAttribute("ceil_mode", 0) == 1;
        long[] out = in.sizes();
        out[1] = channels;
        for (int i = 0; i < spatial; i++) {
            long x = in.dim(i + 2);
            if (x < 0 || stride[i] <= 0) {
                out[i + 2] = Shape.UNKNOWN;
                continue;
            }
            long reach = dilation[i] * (kernel[i] - 1) + 1;
            long padded = autoPad.equals("NOTSET") ? x + pads[i] + pads[spatial + i] : x;
            out[i + 2] = autoPad.startsWith("SAME")
                    ? -Math.floorDiv(-x, stride[i])
                    : (ceil ? -Math.floorDiv(reach - padded, stride[i]) : Math.floorDiv(padded - reach, stride[i])) + 1;
        }
        return Shape.of(out);
    }

    private static long[] kernel(Node node, Shape weight) {
        long[] kernel = node.intsAttribute("kernel_shape");
        return kernel != null && kernel.length == weight.rank() - 2
                ? kernel
                : Arrays.copyOfRange(weight.sizes(), 2, weight.rank());
    }

    private static long[] ints(Node node, String name, int length, long otherwise) {
        long[] given = node.intsAttribute(name);
        if (given != null && given.length == length) {
            return given;
        }
        long[] out = new long[length];
        Arrays.fill(out, otherwise);
        return out;
    }
}
