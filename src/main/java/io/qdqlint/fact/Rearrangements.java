package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Output shapes of operators that move, cut, join, repeat or reduce: ONNX's definitions of them, for opsets with attributes and with
 * inputs. A shape is null where not even the rank is known.
 */
record Rearrangements(ShapeArithmetic arithmetic) {

    static Shape transpose(Node node, Shape in) {
        long[] perm = node.intsAttribute("perm");
        long[] out = new long[in.rank()];
        for (int i = 0; i < out.length; i++) {
            out[i] = in.dim(perm == null || perm.length != out.length ? out.length - 1 - i : (int) perm[i]);
        }
        return Shape.of(out);
    }

    static Shape flatten(Node node, Shape in) {
        int axis = (int) node.intAttribute("axis", 1);
        int split = axis < 0 ? axis + in.rank() : axis;
        long[] out = {1, 1};
        for (int i = 0; i < in.rank(); i++) {
            int side = i < split ? 0 : 1;
            out[side] = Shape.of(out[side], in.dim(i)).elements();
        }
        return Shape.of(out);
    }

    static Shape globalPool(Shape in) {
        long[] out = in.sizes();
        Arrays.fill(out, Math.min(2, out.length), out.length, 1);
        return Shape.of(out);
    }

    static Shape concat(Node node, List<Shape> parts) {
        Shape first = parts.isEmpty() ? null : parts.get(0);
        int axis = first == null ? -1 : Axis.of(node.intAttribute("axis", 0), first.rank());
        if (axis < 0) {
            return null;
        }
        long[] out = first.sizes();
        for (Shape s : parts.subList(1, parts.size())) {
            if (s == null || s.rank() != out.length) {
                return null;
            }
            out[axis] = out[axis] < 0 || s.dim(axis) < 0 ? Shape.UNKNOWN : out[axis] + s.dim(axis);
        }
        return Shape.of(out);
    }

    Shape reshape(Node node, Shape in) {
        double[] sizes = arithmetic.list(node, "shape", 1);
        if (sizes == null) {
            return null;
        }
        boolean zeroKeeps = node.intAttribute("allowzero", 0) == 0;
        long[] out = new long[sizes.length];
        long product = 1;
        int open = -1;
        for (int i = 0; i < out.length; i++) {
            out[i] = size(sizes[i]);
            if (sizes[i] == 0 && zeroKeeps) {
                out[i] = in.dim(i);
            }
            if (sizes[i] == -1) {
                open = i;
            } else {
                product = Shape.of(product, out[i]).elements();
            }
        }
        long elements = in.elements();
        if (open >= 0 && elements >= 0 && product > 0) {
            out[open] = elements / product;
        }
        return Shape.of(out);
    }

    Shape squeeze(Node node, Shape in) {
        double[] axes = arithmetic.list(node, "axes", 1);
        if (axes == null && node.input(1) != null) {
            return null;
        }
        if (axes == null && !in.isStatic()) {
            return null;
        }
        boolean[] gone = axes == null ? new boolean[in.rank()] : Axis.marked(axes, in.rank());
        return gone == null
                ? null
                : Shape.of(IntStream.range(0, in.rank())
                        .filter(i -> axes == null ? in.dim(i) != 1 : !gone[i])
                        .mapToLong(in::dim)
                        .toArray());
    }

    Shape unsqueeze(Node node, Shape in) {
        double[] axes = arithmetic.list(node, "axes", 1);
        boolean[] added = axes == null ? null : Axis.marked(axes, in.rank() + axes.length);
        if (added == null) {
            return null;
        }
        long[] out = new long[added.length];
        for (int i = 0, from = 0; i < out.length; i++) {
            out[i] = added[i] ? 1 : in.dim(from++);
        }
        return Shape.of(out);
    }

    Shape slice(Node node, Shape in) {
        List<Cut> cuts = Cut.of(node, arithmetic, in.rank());
        if (cuts == null) {
            return in.rank() == 0 ? null : unknown(in.rank());
        }
        long[] out = in.sizes();
        cuts.forEach(cut -> out[cut.axis()] = cut.length(out[cut.axis()]));
        return Shape.of(out);
    }

    private static Shape unknown(int rank) {
        return Shape.of(LongStream.generate(() -> Shape.UNKNOWN).limit(rank).toArray());
    }

    Shape split(Node node, Shape in, int slot) {
        int axis = Axis.of(node.intAttribute("axis", 0), in.rank());
        if (axis < 0) {
            return null;
        }
        double[] sizes = arithmetic.list(node, "split", 1);
        long[] out = in.sizes();
        if (sizes != null) {
            out[axis] = slot < sizes.length ? size(sizes[slot]) : Shape.UNKNOWN;
        } else if (node.input(1) == null && out[axis] >= 0) {
            int parts = node.outputs().size();
            long each = -Math.floorDiv(-out[axis], (long) parts);
            out[axis] = Math.max(0, Math.min(each, out[axis] - each * slot));
        } else {
            out[axis] = Shape.UNKNOWN;
        }
        return Shape.of(out);
    }

    Shape pad(Node node, Shape in) {
        double[] pads = arithmetic.list(node, node.intsAttribute("paddings") == null ? "pads" : "paddings", 1);
        double[] axes = arithmetic.of(node.input(3));
        int count = axes == null ? in.rank() : axes.length;
        if (pads == null || pads.length != 2 * count || axes == null && node.input(3) != null) {
            return unknown(in.rank());
        }
        long[] out = in.sizes();
        for (int i = 0; i < count; i++) {
            int axis = axes == null ? i : Axis.of((long) axes[i], in.rank());
            if (axis < 0) {
                return null;
            }
            double wide = out[axis] + pads[i] + pads[count + i];
            out[axis] = out[axis] < 0 ? Shape.UNKNOWN : size(wide);
        }
        return Shape.of(out);
    }

    Shape gather(Node node, Shape in, Shape indices) {
        int axis = Axis.of(node.intAttribute("axis", 0), in.rank());
        if (axis < 0 || indices == null) {
            return null;
        }
        return Shape.of(LongStream.concat(
                        LongStream.concat(Arrays.stream(in.sizes(), 0, axis), Arrays.stream(indices.sizes())),
                        Arrays.stream(in.sizes(), axis + 1, in.rank()))
                .toArray());
    }

    Shape tile(Node node, Shape in) {
        double[] repeats = arithmetic.of(node.input(1));
        if (repeats == null || repeats.length != in.rank()) {
            return unknown(in.rank());
        }
        long[] out = in.sizes();
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i] < 0 ? Shape.UNKNOWN : size(out[i] * repeats[i]);
        }
        return Shape.of(out);
    }

    /** The shape that an input spells out, as {@code ConstantOfShape} and {@code Expand} take it. */
    Shape listed(Node node, int slot) {
        double[] sizes = arithmetic.of(node.input(slot));
        return sizes == null
                ? null
                : Shape.of(Arrays.stream(sizes).mapToLong(Rearrangements::size).toArray());
    }

    /** {@code block} positions of two spatial axes become channels, or the other way round. */
    static Shape blocks(Node node, Shape in, boolean toSpace) {
        long block = node.intAttribute("blocksize", 1);
        if (in.rank() != 4 || block <= 0) {
            return null;
        }
        long[] out = in.sizes();
        out[1] = out[1] < 0 ? Shape.UNKNOWN : toSpace ? out[1] / (block * block) : out[1] * block * block;
        for (int i = 2; i < 4; i++) {
            out[i] = out[i] < 0 ? Shape.UNKNOWN : toSpace ? out[i] * block : out[i] / block;
        }
        return Shape.of(out);
    }

    Shape reduce(Node node, Shape in) {
        double[] axes = arithmetic.list(node, "axes", 1);
        if (axes == null && node.input(1) != null) {
            return null;
        }
        boolean none = axes == null || axes.length == 0;
        if (none && node.intAttribute("noop_with_empty_axes", 0) == 1) {
            return in;
        }
        boolean[] reduced = none ? new boolean[in.rank()] : Axis.marked(axes, in.rank());
        if (none) {
            Arrays.fill(reduced, true);
        }
        return without(node, in, reduced);
    }

    /** ArgMax and ArgMin reduce one axis. */
    static Shape argument(Node node, Shape in) {
        return without(node, in, Axis.marked(new double[] {node.intAttribute("axis", 0)}, in.rank()));
    }

    private static Shape without(Node node, Shape in, boolean[] reduced) {
        if (reduced == null) {
            return null;
        }
        boolean keep = node.intAttribute("keepdims", 1) == 1;
        return Shape.of(IntStream.range(0, in.rank())
                .filter(i -> keep || !reduced[i])
                .mapToLong(i -> reduced[i] ? 1 : in.dim(i))
                .toArray());
    }

    Shape top(Node node, Shape in) {
        int axis = Axis.of(node.intAttribute("axis", -1), in.rank());
        double[] k = arithmetic.of(node.input(1));
        if (axis < 0) {
            return null;
        }
        long[] out = in.sizes();
        out[axis] = k == null || k.length != 1 ? node.intAttribute("k", Shape.UNKNOWN) : size(k[0]);
        return Shape.of(out);
    }

    /** Opset 10 and Upsample have the scales at input 1, later Resize scales at 2 and sizes at 3; Upsample 7 had an attribute. */
    Shape resize(Node node, Shape in) {
        long[] out = in.sizes();
        long[] axes = node.intsAttribute("axes");
        int count = axes == null ? out.length : axes.length;
        double[] sizes = arithmetic.of(node.input(3));
        double[] scales = node.attribute("scales") instanceof double[] given
                ? given
                : arithmetic.of(node.input(node.inputs().size() == 2 ? 1 : 2));
        boolean bySize = sizes != null && sizes.length == count;
        if (!bySize && (scales == null || scales.length != count)
                || !node.stringAttribute("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            return unknown(in.rank());
        }
        for (int i = 0; i < count; i++) {
            int axis = axes == null ? i : Axis.of(axes[i], out.length);
            if (axis < 0) {
                return null;
            }
            long scaled = bySize || out[axis] < 0 ? Shape.UNKNOWN : size(Math.floor(out[axis] * scales[i]));
            out[axis] = bySize ? size(sizes[i]) : scaled;
        }
        return Shape.of(out);
    }

    /** {@code GridSample} gives as many positions as the grid has. */
    static Shape sampled(Shape in, Shape grid) {
        if (grid == null || grid.rank() != in.rank()) {
            return null;
        }
        long[] out = in.sizes();
        for (int i = 2; i < out.length; i++) {
            out[i] = grid.dim(i - 1);
        }
        return Shape.of(out);
    }

    private static long size(double size) {
        return Double.isNaN(size) || size < 0 ? Shape.UNKNOWN : (long) size;
    }
}
