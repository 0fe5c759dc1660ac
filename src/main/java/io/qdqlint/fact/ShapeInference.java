package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Shapes of values: what the file declares, and otherwise, for the operators that quantized networks are made of, what
 * ONNX's operator definitions give. Computed on demand, since most values are never asked for.
 */
public final class ShapeInference {
    /** Given for a value whose shape cannot be told, so that it is computed once. */
    private static final Shape NONE = Shape.of(Shape.UNKNOWN);

    private final DataFlow flow;
    private final Shape[] known;

    ShapeInference(DataFlow flow) {
        this.flow = flow;
        this.known = new Shape[flow.valueCount()];
    }

    /** The shape, or null when not even the rank can be told. */
    public Shape of(Value value) {
        Deque<Value> open = new ArrayDeque<>();
        open.push(value);
        while (!open.isEmpty()) {
            Value v = open.peek();
            if (settled(v) != null) {
                open.pop();
                continue;
            }
            boolean ready = true;
            for (Value in : v.producer().inputs()) {
                if (in != null && settled(in) == null) {
                    open.push(in);
                    ready = false;
                }
            }
            if (ready) {
                Shape s = infer(v);
                known[v.id()] = s == null ? NONE : s;
                open.pop();
            }
        }
        Shape s = settled(value);
        return s == NONE ? null : s;
    }

    /** Multiply-accumulates of a Conv, ConvTranspose, Gemm or MatMul; -1 when a shape is unknown. */
    public long macs(Node node) {
        Shape weight = node.input(1) == null ? null : of(node.input(1));
        Shape in = node.input(0) == null ? null : of(node.input(0));
        Shape out = node.output(0) == null ? null : of(node.output(0));
        if (weight == null || in == null || out == null || weight.rank() < 2 || in.rank() < 2) {
            return -1;
        }
        long outputs = out.elements();
        long each = switch (node.opType()) {
            case "Conv" -> weight.dim(0) <= 0 ? -1 : weight.elements() / weight.dim(0);
            case "ConvTranspose" -> {
                outputs = in.elements();
                yield weight.dim(0) <= 0 ? -1 : weight.elements() / weight.dim(0);
            }
            case "Gemm" -> in.dim(node.intAttribute("transA", 0) == 0 ? 1 : 0);
            default -> in.dim(-1);
        };
        return Shape.of(outputs, each).elements();
    }

    private Shape settled(Value v) {
        Shape done = known[v.id()];
        if (done == null && v.shape() != null && (v.shape().isStatic() || v.producer() == null)) {
            done = v.shape();
        } else if (done == null && v.producer() == null) {
            done = NONE;
        }
        known[v.id()] = done;
        return done;
    }

    private Shape input(Node node, int slot) {
        Value v = node.input(slot);
        Shape s = v == null ? null : settled(v);
        return s == NONE ? null : s;
    }

    private Shape infer(Value v) {
        Node node = v.producer();
        Shape first = input(node, 0);
        Shape inferred = switch (node.opType()) {
            case "Conv" -> first == null ? null : Windows.conv(node, first, input(node, 1));
            case "ConvTranspose" -> first == null ? null : Windows.transposed(node, first, input(node, 1));
            case "MaxPool", "AveragePool", "LpPool" -> first == null ? null : Windows.pool(node, first);
            case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" -> first == null ? null : globalPool(first);
            case "Concat" -> concat(node);
            case "Transpose" -> first == null ? null : transpose(node, first);
            case "Flatten" -> first == null ? null : flatten(node, first);
            case "Reshape" -> first == null ? null : reshape(node, first);
            case "Resize", "Upsample" -> first == null ? null : resize(node, first);
            case "Gemm" -> gemm(node, first, input(node, 1));
            case "MatMul" -> matmul(first, input(node, 1));
            case "Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Sum", "PRelu", "Where" -> broadcast(node);
            default -> KEEPS_SHAPE.contains(node.opType()) && v.outputSlot() == 0 ? first : null;
        };
        return inferred != null ? inferred : v.shape();
    }

    private static final java.util.Set<String> KEEPS_SHAPE = java.util.Set.of(
            "QuantizeLinear",
            "DequantizeLinear",
            "Identity",
            "Dropout",
            "Relu",
            "Clip",
            "LeakyRelu",
            "Sigmoid",
            "Tanh",
            "HardSwish",
            "HardSigmoid",
            "Elu",
            "Selu",
            "Softplus",
            "Softsign",
            "Gelu",
            "Erf",
            "Mish",
            "Celu",
            "Abs",
            "Neg",
            "Exp",
            "Log",
            "Sqrt",
            "Cast",
            "BatchNormalization",
            "InstanceNormalization",
            "LayerNormalization",
            "GroupNormalization",
            "Softmax",
            "LogSoftmax");

    private static Shape globalPool(Shape in) {
        long[] out = in.sizes();
        Arrays.fill(out, Math.min(2, out.length), out.length, 1);
        return Shape.of(out);
    }

    private Shape concat(Node node) {
        Shape first = input(node, 0);
        if (first == null) {
            return null;
        }
        long[] out = first.sizes();
        int axis = axis(node.intAttribute("axis", 0), out.length);
        if (axis < 0) {
            return null;
        }
        for (int i = 1; i < node.inputs().size(); i++) {
            Shape s = input(node, i);
            if (s == null || s.rank() != out.length) {
                return null;
            }
            out[axis] = out[axis] < 0 || s.dim(axis) < 0 ? Shape.UNKNOWN : out[axis] + s.dim(axis);
        }
        return Shape.of(out);
    }

    private static Shape transpose(Node node, Shape in) {
        long[] perm = node.intsAttribute("perm");
        long[] out = new long[in.rank()];
        for (int i = 0; i < out.length; i++) {
            out[i] = in.dim(perm == null || perm.length != out.length ? out.length - 1 - i : (int) perm[i]);
        }
        return Shape.of(out);
    }

    private static Shape flatten(Node node, Shape in) {
        int axis = (int) node.intAttribute("axis", 1);
        int split = axis < 0 ? axis + in.rank() : axis;
        long[] out = {1, 1};
        for (int i = 0; i < in.rank(); i++) {
            int side = i < split ? 0 : 1;
            out[side] = Shape.of(out[side], in.dim(i)).elements();
        }
        return Shape.of(out);
    }

    private Shape reshape(Node node, Shape in) {
        long[] wanted = node.input(1) == null ? null : longs(node.input(1));
        if (wanted == null) {
            return null;
        }
        long product = 1;
        int open = -1;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] == 0) {
                wanted[i] = in.dim(i);
            }
            if (wanted[i] == -1) {
                open = i;
            } else {
                product = Shape.of(product, wanted[i]).elements();
            }
        }
        long elements = in.elements();
        if (open >= 0 && elements >= 0 && product > 0) {
            wanted[open] = elements / product;
        }
        return Shape.of(wanted);
    }

    /** Opset 10 and Upsample have the scales at input 1, later Resize scales at 2 and sizes at 3. */
    private Shape resize(Node node, Shape in) {
        long[] sizes = node.input(3) == null ? null : longs(node.input(3));
        if (sizes != null && sizes.length == in.rank()) {
            return Shape.of(sizes);
        }
        Value scales = node.inputs().size() == 2 ? node.input(1) : node.input(2);
        Tensor t = scales == null ? null : flow.stored(scales);
        double[] s = t == null ? null : t.doubles().orElse(null);
        if (s == null || s.length != in.rank()) {
            return null;
        }
        long[] out = in.sizes();
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i] < 0 ? Shape.UNKNOWN : (long) Math.floor(out[i] * s[i]);
        }
        return Shape.of(out);
    }

    private static Shape gemm(Node node, Shape a, Shape b) {
        if (a == null || b == null || a.rank() != 2 || b.rank() != 2) {
            return null;
        }
        return Shape.of(
                a.dim(node.intAttribute("transA", 0) == 0 ? 0 : 1), b.dim(node.intAttribute("transB", 0) == 0 ? 1 : 0));
    }

    private static Shape matmul(Shape a, Shape b) {
        if (a == null || b == null || a.rank() < 2 || b.rank() < 2) {
            return null;
        }
        Shape longer = a.rank() >= b.rank() ? a : b;
        long[] out = longer.sizes();
        out[out.length - 2] = a.dim(-2);
        out[out.length - 1] = b.dim(-1);
        return Shape.of(out);
    }

    private Shape broadcast(Node node) {
        long[] out = new long[0];
        for (int i = 0; i < node.inputs().size(); i++) {
            Shape s = input(node, i);
            if (s == null) {
                return null;
            }
            long[] wide = new long[Math.max(out.length, s.rank())];
            for (int back = 1; back <= wide.length; back++) {
                long a = back <= out.length ? out[out.length - back] : 1;
                long b = back <= s.rank() ? s.dim(-back) : 1;
                wide[wide.length - back] = a == 1 ? b : b == 1 || a == b ? a : a < 0 ? b : a;
            }
            out = wide;
        }
        return Shape.of(out);
    }

    private long[] longs(Value v) {
        Tensor t = flow.stored(v);
        return t == null ? null : t.longs().orElse(null);
    }

    private static int axis(long axis, int rank) {
        long a = axis < 0 ? axis + rank : axis;
        return a >= 0 && a < rank ? (int) a : -1;
    }
}
