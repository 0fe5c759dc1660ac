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
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The elements of the small tensors that exporters compute from shapes, to reshape, slice or resize by: what TensorRT's builder
 * knows of them when shapes are static. An element that cannot be told is NaN.
 */
final class ShapeArithmetic {
    /** No shape, and no list of starts or pads, is longer: what is larger is data. */
    private static final int MOST = 64;

    private static final Set<String> OPS = Set.of(
            "Shape",
            "Size",
            "Gather",
            "Slice",
            "Concat",
            "Transpose",
            "Squeeze",
            "Unsqueeze",
            "Reshape",
            "Flatten",
            "Identity",
            "Cast",
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Mod",
            "Min",
            "Max",
            "Equal",
            "Where",
            "Clip",
            "Floor",
            "Ceil",
            "Neg",
            "ConstantOfShape",
            "Expand",
            "Range",
            "ReduceProd");

    private final DataFlow flow;
    private final Map<Value, Numbers> computed = new HashMap<>();

    ShapeArithmetic(DataFlow flow) {
        this.flow = flow;
    }

    /** Elements in order; of a matrix, such as the pads that exporters turn round, {@code columns} make a row. */
    private record Numbers(double[] values, int columns, boolean integer) {
        Numbers(double[] values, boolean integer) {
            this(values, 1, integer);
        }

        int rows() {
            return values.length / columns;
        }

        /** The element at this row and column. */
        double at(int row, int column) {
            return values[row * columns + column];
        }

        /** A matrix of the elements that {@code pick} gives for a row and a column. */
        static Numbers matrix(int rows, int columns, boolean integer, Pick pick) {
            double[] values = new double[rows * columns];
            for (int i = 0; i < values.length; i++) {
                values[i] = pick.of(i / columns, i % columns);
            }
            return new Numbers(values, columns, integer);
        }
    }

    private interface Pick {
        double of(int row, int column);
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
        Numbers n = v == null ? null : vector(v);
        return n == null ? null : n.values.clone();
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
        Numbers result = switch (node.opType()) {
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
        if (result != null && result.values.length <= MOST) {
            computed.put(v, result);
        }
    }

    private Numbers numbers(Value v) {
        Numbers known = computed.get(v);
        if (known != null || v == null) {
            return known;
        }
        Tensor stored = flow.stored(v);
        return stored == null || stored.elements() > MOST
                ? null
                : stored.doubles()
                        .map(values -> new Numbers(values, !stored.type().isFloat()))
                        .orElse(null);
    }

    private static Numbers shape(Node node, Shape in) {
        if (in == null) {
            return null;
        }
        double[] sizes =
                Arrays.stream(in.sizes()).mapToDouble(ShapeArithmetic::number).toArray();
        return new Numbers(Cut.ofShape(node, in.rank()).of(sizes), true);
    }

    private static Numbers size(Shape in) {
        return in == null ? null : new Numbers(new double[] {number(in.elements())}, true);
    }

    private static double number(long size) {
        return size < 0 ? Double.NaN : size;
    }

    private Numbers gather(Node node) {
        Numbers data = vector(node.input(0));
        Numbers at = vector(node.input(1));
        if (data == null || at == null || node.intAttribute("axis", 0) != 0) {
            return null;
        }
        double[] out = new double[at.values.length];
        for (int i = 0; i < out.length; i++) {
            double k = at.values[i] < 0 ? at.values[i] + data.values.length : at.values[i];
            out[i] = k >= 0 && k < data.values.length ? data.values[(int) k] : Double.NaN;
        }
        return new Numbers(out, data.integer);
    }

    /** Of a matrix only rows are cut. */
    private Numbers slice(Node node) {
        Numbers data = numbers(node.input(0));
        List<Cut> cuts = data == null ? null : Cut.of(node, this, data.columns == 1 ? 1 : 2);
        if (cuts == null || cuts.size() != 1 || cuts.get(0).axis() != 0) {
            return null;
        }
        double[] numbered = IntStream.range(0, data.rows()).asDoubleStream().toArray();
        double[] rows = cuts.get(0).of(numbered);
        return rows == null
                ? null
                : Numbers.matrix(rows.length, data.columns, data.integer, (r, c) -> data.at((int) rows[r], c));
    }

    private Numbers reshape(Node node) {
        Numbers data = numbers(node.input(0));
        Numbers to = numbers(node.input(1));
        if (data == null || to == null || to.values.length > 2) {
            return null;
        }
        double columns = to.values.length < 2 ? 1 : to.values[1];
        return columns > 0 && data.values.length % columns == 0
                ? new Numbers(data.values, (int) columns, data.integer)
                : null;
    }

    private Numbers transpose(Node node) {
        Numbers data = numbers(node.input(0));
        return data == null ? null : Numbers.matrix(data.columns, data.rows(), data.integer, (r, c) -> data.at(c, r));
    }

    private Numbers vector(Value v) {
        Numbers n = numbers(v);
        return n == null || n.columns == 1 ? n : null;
    }

    private Numbers concat(Node node) {
        double[] out = new double[0];
        boolean integer = true;
        for (Value in : node.inputs()) {
            Numbers part = vector(in);
            if (part == null || out.length + part.values.length > MOST) {
                return null;
            }
            int at = out.length;
            out = Arrays.copyOf(out, at + part.values.length);
            System.arraycopy(part.values, 0, out, at, part.values.length);
            integer &= part.integer;
        }
        return new Numbers(out, integer);
    }

    private Numbers cast(Node node) {
        Numbers in = numbers(node.input(0));
        if (in == null) {
            return null;
        }
        boolean integer = !DataType.ofCode((int) node.intAttribute("to", 0)).isFloat();
        return new Numbers(integer ? each(in.values, ShapeArithmetic::truncate) : in.values, in.columns, integer);
    }

    private Numbers constantOfShape(Node node) {
        Numbers in = numbers(node.input(0));
        if (in == null || in.values.length > 1 || in.values.length == 1 && !(in.values[0] <= MOST)) {
            return null;
        }
        double[] out = new double[in.values.length == 0 ? 1 : (int) in.values[0]];
        Tensor value = node.attribute("value") instanceof Tensor t ? t : null;
        Arrays.fill(out, value == null ? 0 : value.doubles().map(d -> d[0]).orElse(Double.NaN));
        return new Numbers(out, value != null && !value.type().isFloat());
    }

    private Numbers expand(Node node) {
        Numbers in = numbers(node.input(0));
        Numbers to = numbers(node.input(1));
        if (in == null || to == null || to.values.length != 1 || !(to.values[0] <= MOST)) {
            return null;
        }
        int n = Math.max((int) to.values[0], in.values.length);
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = in.values.length == 0 ? Double.NaN : in.values[i % in.values.length];
        }
        return new Numbers(out, in.integer);
    }

    private Numbers range(Node node) {
        Numbers[] in = {numbers(node.input(0)), numbers(node.input(1)), numbers(node.input(2))};
        for (Numbers n : in) {
            if (n == null || n.values.length != 1) {
                return null;
            }
        }
        double count = Math.ceil((in[1].values[0] - in[0].values[0]) / in[2].values[0]);
        return !(count >= 0 && count <= MOST)
                ? null
                : new Numbers(
                        IntStream.range(0, (int) count)
                                .mapToDouble(i -> in[0].values[0] + i * in[2].values[0])
                                .toArray(),
                        in[0].integer);
    }

    private Numbers product(Node node) {
        Numbers in = numbers(node.input(0));
        return in == null
                ? null
                : new Numbers(new double[] {Arrays.stream(in.values).reduce(1, (a, b) -> a * b)}, in.integer);
    }

    private Numbers clip(Node node) {
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

    private Numbers each(Node node, DoubleUnaryOperator f) {
        Numbers in = numbers(node.input(0));
        return in == null ? null : new Numbers(each(in.values, f), in.columns, in.integer);
    }

    private static double[] each(double[] values, DoubleUnaryOperator f) {
        return Arrays.stream(values).map(f).toArray();
    }

    private Numbers where(Node node) {
        Numbers which = vector(node.input(0));
        Numbers yes = vector(node.input(1));
        Numbers no = vector(node.input(2));
        if (which == null || yes == null || no == null) {
            return null;
        }
        double[] out = new double[Math.max(which.values.length, Math.max(yes.values.length, no.values.length))];
        for (int i = 0; i < out.length; i++) {
            double condition = at(which, i);
            out[i] = Double.isNaN(condition) ? Double.NaN : condition != 0 ? at(yes, i) : at(no, i);
        }
        return new Numbers(out, yes.integer);
    }

    private Numbers combine(Node node) {
        Numbers a = vector(node.input(0));
        Numbers b = vector(node.input(1));
        if (a == null || b == null || node.inputs().size() != 2) {
            return null;
        }
        boolean integer = a.integer && b.integer;
        DoubleBinaryOperator f = switch (node.opType()) {
            case "Add" -> Double::sum;
            case "Sub" -> (x, y) -> x - y;
            case "Mul" -> (x, y) -> x * y;
            case "Div" -> (x, y) -> integer ? truncate(x / y) : x / y;
            case "Mod" -> (x, y) -> x - y * Math.floor(x / y);
            case "Min" -> Math::min;
            case "Max" -> Math::max;
            default -> (x, y) -> Double.isNaN(x + y) ? Double.NaN : x == y ? 1 : 0;
        };
        double[] out = new double[Math.max(a.values.length, b.values.length)];
        for (int i = 0; i < out.length; i++) {
            double result = f.applyAsDouble(at(a, i), at(b, i));
            out[i] = Double.isInfinite(result) ? Double.NaN : result;
        }
        return new Numbers(out, integer);
    }

    /** Element {@code i} under broadcasting of one-dimensional tensors. */
    private static double at(Numbers n, int i) {
        return n.values.length == 1 ? n.values[0] : i < n.values.length ? n.values[i] : Double.NaN;
    }

    private static double truncate(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }
}
