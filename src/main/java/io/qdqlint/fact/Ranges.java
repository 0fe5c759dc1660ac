package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.Map;

/**
 * Interval arithmetic over the data flow, by ONNX's operator definitions: which values a tensor can hold whatever the model
 * reads. Codes of a QuantizeLinear are numbers like any others.
 */
final class Ranges {
    /** Larger constants are weights, whose values say little and take long to read. */
    private static final long READ = 4096;

    /** The smallest value of x * sigmoid(x). */
    private static final double SILU_LOW = -0.2785;

    private static final double HARD_SWISH_LOW = -0.375;
    private static final double GELU_LOW = -0.1701;
    private static final double MISH_LOW = -0.3089;
    private static final double SELU_LOW = -1.7581;

    private final DataFlow flow;
    private final Map<Node, Scale> scales;
    private final Range[] known;

    /** Follows all nodes once, in their order. */
    Ranges(DataFlow flow, Map<Node, Scale> scales) {
        this.flow = flow;
        this.scales = scales;
        this.known = new Range[flow.valueCount()];
        for (Node node : flow.nodes()) {
            Range range = range(node);
            for (Value out : node.outputs()) {
                if (out != null) {
                    known[out.id()] = out.constant() != null
                            ? stored(out.constant())
                            : out == node.output(0) || node.opType().equals("Split") ? range : Range.ANY;
                }
            }
        }
    }

    /** What the value can hold. */
    Range of(Value value) {
        Value v = flow.origin(value);
        if (v == null) {
            return Range.ANY;
        }
        if (known[v.id()] == null) {
            known[v.id()] = v.isConstant() ? stored(v.constant()) : v.isGraphInput() ? given(v.type()) : Range.ANY;
        }
        return known[v.id()];
    }

    private static Range stored(Tensor tensor) {
        double[] values = tensor.elements() <= READ ? tensor.doubles().orElse(new double[0]) : new double[0];
        if (values.length == 0) {
            return ofType(tensor.type());
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : values) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        return Range.of(low, high);
    }

    private static Range given(DataType type) {
        Range range = ofType(type);
        return new Range(range.low(), range.high(), false);
    }

    private static Range ofType(DataType type) {
        return switch (type) {
            case INT8 -> Range.of(-128, 127);
            case UINT8 -> Range.of(0, 255);
            case BOOL -> Range.of(0, 1);
            case UINT16, UINT32, UINT64 -> Range.of(0, Double.POSITIVE_INFINITY);
            default -> Range.ANY;
        };
    }

    private Range range(Node node) {
        Range in = of(node.input(0));
        return switch (node.opType()) {
            case "QuantizeLinear" -> codes(node, in);
            case "DequantizeLinear" -> values(node, in);
            case "MaxPool",
                    "GlobalMaxPool",
                    "GlobalAveragePool",
                    "ReduceMax",
                    "ReduceMin",
                    "ReduceMean",
                    "Reshape",
                    "Transpose",
                    "Flatten",
                    "Squeeze",
                    "Unsqueeze",
                    "Slice",
                    "Split",
                    "Gather",
                    "GatherElements",
                    "GatherND",
                    "Expand",
                    "Tile",
                    "DepthToSpace",
                    "SpaceToDepth",
                    "Identity",
                    "Dropout",
                    "Cast" -> in;
            case "Resize", "Upsample" -> node.stringAttribute("mode", "nearest").equals("cubic") ? Range.ANY : in;
            // What is added around the tensor is zero by default.
            case "AveragePool" -> in.union(Range.of(0, 0));
            case "Pad" -> in.union(padding(node));
            case "Concat" -> all(node, Range::union);
            case "Add", "Sum" -> all(node, Range::plus);
            case "Sub" -> in.plus(of(node.input(1)).times(Range.of(-1, -1)));
            case "Mul" -> isSilu(node) ? swish(in, of(node.input(1))) : all(node, Range::times);
            case "Max" -> all(node, (a, b) -> Range.of(Math.max(a.low(), b.low()), Math.max(a.high(), b.high())));
            case "Min" -> all(node, (a, b) -> Range.of(Math.min(a.low(), b.low()), Math.min(a.high(), b.high())));
            case "Clip" -> clip(node, in);
            case "LeakyRelu" -> leaky(in, attribute(node, "alpha", 0.01));
            case "Elu", "Celu" -> Range.of(-Math.abs(attribute(node, "alpha", 1)), Math.max(0, in.high()));
            case "Where" -> of(node.input(1)).union(of(node.input(2)));
            default -> activation(node, in);
        };
    }

    private static Range activation(Node node, Range in) {
        double positive = Math.max(0, in.high());
        return switch (node.opType()) {
            case "Relu", "ThresholdedRelu" -> Range.of(Math.max(0, in.low()), positive);
            case "Abs" -> Range.of(0, Math.max(Math.abs(in.low()), positive));
            case "Exp", "Softplus", "Sqrt", "ReduceL1", "ReduceL2", "ReduceSumSquare" ->
                Range.of(0, Double.POSITIVE_INFINITY);
            case "Sigmoid", "HardSigmoid", "Softmax", "Hardmax" -> Range.of(0, 1);
            case "Tanh", "Softsign", "Erf", "Sin", "Cos", "Sign" -> Range.of(-1, 1);
            case "LogSoftmax" -> Range.of(Double.NEGATIVE_INFINITY, 0);
            case "HardSwish" -> Range.of(HARD_SWISH_LOW, positive);
            case "Gelu" -> Range.of(GELU_LOW, positive);
            case "Mish" -> Range.of(MISH_LOW, positive);
            case "Swish" -> Range.of(SILU_LOW, positive);
            case "Selu" -> Range.of(SELU_LOW, Double.POSITIVE_INFINITY);
            default -> Range.ANY;
        };
    }

    private static double attribute(Node node, String name, double otherwise) {
        return node.attribute(name) instanceof Number n ? n.doubleValue() : otherwise;
    }

    private static Range leaky(Range in, double slope) {
        return slope < 0
                ? Range.ANY
                : Range.of(in.low() < 0 ? in.low() * slope : in.low(), in.high() < 0 ? in.high() * slope : in.high());
    }

    /** Up to opset 10 the bounds are attributes. */
    private Range clip(Node node, Range in) {
        double min = node.input(1) == null
                ? attribute(node, "min", Double.NEGATIVE_INFINITY)
                : of(node.input(1)).low();
        double max = node.input(2) == null
                ? attribute(node, "max", Double.POSITIVE_INFINITY)
                : of(node.input(2)).high();
        return Range.of(Math.min(Math.max(in.low(), min), max), Math.max(Math.min(in.high(), max), min));
    }

    private Range padding(Node node) {
        String mode = node.stringAttribute("mode", "constant");
        if (!mode.equals("constant")) {
            return of(node.input(0));
        }
        Value value = node.input(2);
        return value == null ? Range.of(0, 0) : of(value);
    }

    private interface Join {
        Range of(Range a, Range b);
    }

    private Range all(Node node, Join join) {
        Range range = null;
        for (Value input : node.inputs()) {
            range = range == null ? of(input) : join.of(range, of(input));
        }
        return range == null ? Range.ANY : range;
    }

    /** x * Sigmoid(x), as exporters write SiLU out. */
    private boolean isSilu(Node node) {
        return isGate(node.input(0), node.input(1)) || isGate(node.input(1), node.input(0));
    }

    private boolean isGate(Value gate, Value value) {
        Value g = flow.origin(gate);
        Node by = g == null ? null : g.producer();
        return by != null && by.opType().equals("Sigmoid") && flow.origin(by.input(0)) == flow.origin(value);
    }

    private static Range swish(Range a, Range b) {
        return Range.of(SILU_LOW, Math.max(0, Math.max(a.high(), b.high())));
    }

    private Range codes(Node node, Range in) {
        Scale scale = scales.get(node);
        Range type = ofType(scale == null ? DataType.UNDEFINED : scale.type());
        if (scale == null || !scale.perTensor() || !scale.constant() || !scale.positive() || type == Range.ANY) {
            return type;
        }
        double low = Math.rint(in.low() / scale.min()) + scale.zeroPointMin();
        double high = Math.rint(in.high() / scale.min()) + scale.zeroPointMin();
        return Range.of(clamp(low, type), clamp(high, type));
    }

    private static double clamp(double code, Range type) {
        return Math.min(Math.max(code, type.low()), type.high());
    }

    private Range values(Node node, Range codes) {
        Scale scale = scales.get(node);
        Range known = codes == Range.ANY && scale != null ? ofType(scale.type()) : codes;
        if (scale == null || !scale.constant() || !scale.positive()) {
            return Range.ANY;
        }
        Range steps = Range.of(known.low() - scale.zeroPointMax(), known.high() - scale.zeroPointMin());
        return steps.times(Range.of(scale.min(), scale.max()));
    }
}
