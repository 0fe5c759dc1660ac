package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The elements of the small tensors that exporters compute from shapes, to reshape, slice or resize by: what TensorRT's builder
 * knows of them when shapes are static. An element that is not known is NaN.
 */
final class ShapeArithmetic {
    /** No shape, and no list of starts or pads, is longer: what is larger is data. */
    private static final int MOST = 64;

    private static final Set<String> OPS = Set.of(
            ("Shape Size Gather Slice Concat Transpose Squeeze Unsqueeze Reshape Flatten Identity Cast Add Sub Mul "
                            + "Div Mod Min Max Equal Where Clip Floor Ceil Neg ConstantOfShape Expand Range ReduceProd")
                    .split(" "));

    private final DataFlow flow;
    private final Map<Value, SmallTensor> computed = new HashMap<>();

    ShapeArithmetic(DataFlow flow) {
        this.flow = flow;
    }

    /** Whether the elements of this value, of which at most the file declares the shape, may be computed from shapes. */
    static boolean mayCompute(Value v) {
        Shape s = v.shape();
        return v.producer() != null
                && OPS.contains(v.producer().opType())
                && (s == null || s.rank() <= 2 && s.elements() <= MOST);
    }

    /** The elements in order, as far as they are known; null when not even their number is, and for null. */
    double[] of(Value v) {
        SmallTensor n = v == null ? null : vector(v);
        return n == null ? null : n.values().clone();
    }

    /** The elements of a list that older opsets give as attribute and newer ones as input; null when absent or unknown. */
    double[] list(Node node, String attribute, int slot) {
        long[] given = node.intsAttribute(attribute);
        return given == null
                ? of(node.input(slot))
                : Arrays.stream(given).asDoubleStream().toArray();
    }

    /** Computes the elements of a node's only output; those of its inputs are known already, as far as they can be. */
    void compute(Value v, ShapeInference shapes) {
        Node node = v.producer();
        if (!OPS.contains(node.opType()) || node.input(0) == null) {
            return;
        }
        SmallTensor result = switch (node.opType()) {
            case "Shape" -> shape(node, shapes.settled(node, 0));
            case "Size" -> size(shapes.settled(node, 0));
            case "Gather" -> gather(node);
            case "Slice" -> slice(node);
            case "Concat" -> concat(node);
            case "Where" -> where(node);
            case "Cast" -> cast(node);
            case "ConstantOfShape" -> constantOfShape(node);
            case "Expand" -> expand(node);
            case "Range" -> range(node);
            case "ReduceProd" -> product(node);
            case "Clip" -> clip(node);
            case "Floor" -> each(node, Math::floor);
            case "Ceil" -> each(node, Math::ceil);
            case "Neg" -> each(node, x -> -x);
            case "Reshape" -> reshape(node);
            case "Transpose" -> transpose(node);
            case "Squeeze", "Unsqueeze", "Flatten", "Identity" -> vector(node.input(0));
            default -> combine(node);
        };
        if (result != null && result.values().length <= MOST) {
            computed.put(v, result);
        }
    }

    private SmallTensor numbers(Value v) {
        SmallTensor known = computed.get(v);
        if (known != null || v == null) {
            return known;
        }
        Tensor stored = flow.stored(v);
        return stored == null || stored.elements() > MOST
                ? null
                : stored.doubles()
                        .map(values -> new SmallTensor(values, !stored.type().isFloat()))
                        .orElse(null);
    }

    private static SmallTensor shape(Node node, Shape in) {
        if (in == null) {
            return null;
        }
        double[] sizes =
                Arrays.stream(in.sizes()).mapToDouble(ShapeArithmetic::number).toArray();
        return new SmallTensor(Cut.ofShape(node, in.rank()).of(sizes), true);
    }

    private static SmallTensor size(Shape in) {
        return in == null ? null : new SmallTensor(new double[] {number(in.elements())}, true);
    }

    private static double number(long size) {
        return size < 0 ? Double.NaN : size;
    }

    private SmallTensor gather(Node node) {
        SmallTensor data = vector(node.input(0));
        SmallTensor at = vector(node.input(1));
        if (data == null || at == null || node.intAttribute("axis", 0) != 0) {
            return null;
        }
        double[] out = new double[at.values().length];
        for (int i = 0; i < out.length; i++) {
            double k = at.values()[i] < 0 ? at.values()[i] + data.values().length : at.values()[i];
            out[i] = k >= 0 && k < data.values().length ? data.values()[(int) k] : Double.NaN;
        }
        return new SmallTensor(out, data.integer());
    }

    /** Of a matrix only rows are cut. */
    private SmallTensor slice(Node node) {
        SmallTensor data = numbers(node.input(0));
        List<Cut> cuts = data == null ? null : Cut.of(node, this, data.columns() == 1 ? 1 : 2);
        if (cuts == null || cuts.size() != 1 || cuts.get(0).axis() != 0) {
            return null;
        }
        double[] numbered = IntStream.range(0, data.rows()).asDoubleStream().toArray();
        double[] rows = cuts.get(0).of(numbered);
        return rows == null
                ? null
                : SmallTensor.matrix(rows.length, data.columns(), data.integer(), (r, c) -> data.at((int) rows[r], c));
    }

    private SmallTensor reshape(Node node) {
        SmallTensor data = numbers(node.input(0));
        SmallTensor to = numbers(node.input(1));
        if (data == null || to == null || to.values().length > 2) {
            return null;
        }
        double columns = to.values().length < 2 ? 1 : to.values()[1];
        return columns > 0 && data.values().length % columns == 0
                ? new SmallTensor(data.values(), (int) columns, data.integer())
                : null;
    }

    private SmallTensor transpose(Node node) {
        SmallTensor data = numbers(node.input(0));
        return data == null
                ? null
                : SmallTensor.matrix(data.columns(), data.rows(), data.integer(), (r, c) -> data.at(c, r));
    }

    private SmallTensor vector(Value v) {
        SmallTensor n = numbers(v);
        return n == null || n.columns() == 1 ? n : null;
    }

    private SmallTensor concat(Node node) {
        double[] out = new double[0];
        boolean integer = true;
        for (Value in : node.inputs()) {
            SmallTensor part = vector(in);
            if (part == null || out.length + part.values().length > MOST) {
                return null;
            }
            int at = out.length;
            out = Arrays.copyOf(out, at + part.values().length);
            System.arraycopy(part.values(), 0, out, at, part.values().length);
            integer &= part.integer();
        }
        return new SmallTensor(out, integer);
    }

    private SmallTensor cast(Node node) {
        SmallTensor in = numbers(node.input(0));
        if (in == null) {
            return null;
        }
        boolean integer = !DataType.ofCode((int) node.intAttribute("to", 0)).isFloat();
        return (integer ? in.map(SmallTensor::truncate) : in).as(integer);
    }

    private SmallTensor constantOfShape(Node node) {
        SmallTensor in = numbers(node.input(0));
        if (in == null
                || in.values().length > 1
                || in.values().length == 1 && !(in.values()[0] >= 0 && in.values()[0] <= MOST)) {
            return null;
        }
        double[] out = new double[in.values().length == 0 ? 1 : (int) in.values()[0]];
        Tensor value = node.attribute("value") instanceof Tensor t ? t : null;
        Arrays.fill(
                out,
                value == null
                        ? 0
                        : value.doubles()
                                .filter(d -> d.length == 1)
                                .map(d -> d[0])
                                .orElse(Double.NaN));
        return new SmallTensor(out, value != null && !value.type().isFloat());
    }

    private SmallTensor expand(Node node) {
        SmallTensor in = numbers(node.input(0));
        SmallTensor to = numbers(node.input(1));
        if (in == null || to == null || to.values().length != 1 || !(to.values()[0] <= MOST)) {
            return null;
        }
        int n = Math.max((int) to.values()[0], in.values().length);
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = in.values().length == 0 ? Double.NaN : in.values()[i % in.values().length];
        }
        return new SmallTensor(out, in.integer());
    }

    private SmallTensor range(Node node) {
        SmallTensor[] in = {numbers(node.input(0)), numbers(node.input(1)), numbers(node.input(2))};
        for (SmallTensor n : in) {
            if (n == null || n.values().length != 1) {
                return null;
            }
        }
        double count = Math.ceil((in[1].values()[0] - in[0].values()[0]) / in[2].values()[0]);
        return !(count >= 0 && count <= MOST)
                ? null
                : new SmallTensor(
                        IntStream.range(0, (int) count)
                                .mapToDouble(i -> in[0].values()[0] + i * in[2].values()[0])
                                .toArray(),
                        in[0].integer());
    }

    private SmallTensor product(Node node) {
        SmallTensor in = numbers(node.input(0));
        return in == null
                ? null
                : new SmallTensor(new double[] {Arrays.stream(in.values()).reduce(1, (a, b) -> a * b)}, in.integer());
    }

    private SmallTensor clip(Node node) {
        double least = bound(node, "min", 1, Double.NEGATIVE_INFINITY);
        double most = bound(node, "max", 2, Double.POSITIVE_INFINITY);
        return each(node, x -> Math.min(most, Math.max(least, x)));
    }

    /** A limit of Clip, given as attribute or input; {@code otherwise} when absent. */
    private double bound(Node node, String name, int slot, double otherwise) {
        if (node.attribute(name) instanceof Double given) {
            return given;
        }
        double[] limit = of(node.input(slot));
        return node.input(slot) == null ? otherwise : limit == null || limit.length != 1 ? Double.NaN : limit[0];
    }

    private SmallTensor each(Node node, DoubleUnaryOperator f) {
        SmallTensor in = numbers(node.input(0));
        return in == null ? null : in.map(f);
    }

    private SmallTensor where(Node node) {
        SmallTensor which = vector(node.input(0));
        SmallTensor yes = vector(node.input(1));
        SmallTensor no = vector(node.input(2));
        return which == null || yes == null || no == null ? null : SmallTensor.where(which, yes, no);
    }

    private SmallTensor combine(Node node) {
        SmallTensor a = vector(node.input(0));
        SmallTensor b = vector(node.input(1));
        return a == null || b == null || node.inputs().size() != 2 ? null : a.combined(node.opType(), b);
    }
}
