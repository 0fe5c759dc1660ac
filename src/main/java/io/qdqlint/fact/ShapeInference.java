package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Shapes of values: what the file declares, and otherwise, for the operators that quantized networks are made of, what
 * ONNX's operator definitions give. Computed on demand, since most values are never requested.
 */
public final class ShapeInference {
    /** Given for a value whose shape is not known, so that it is computed once. */
    private static final Shape NONE = Shape.of(Shape.UNKNOWN);

    private final InputShapes inputs;
    private final Shape[] known;
    private final ShapeArithmetic arithmetic;
    private final Rearrangements rearranged;

    ShapeInference(DataFlow flow, InputShapes inputs) {
        this.inputs = inputs;
        this.known = new Shape[flow.valueCount()];
        this.arithmetic = new ShapeArithmetic(flow);
        this.rearranged = new Rearrangements(arithmetic);
    }

    /** The shape, or null when not even the rank is known. */
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
                arithmetic.compute(v, this);
                Shape s = v.shape() != null && v.shape().isStatic() ? v.shape() : infer(v);
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
        if (done == null && v.producer() == null) {
            Shape declared = v.isGraphInput() ? inputs.of(v) : v.shape();
            done = declared == null ? NONE : declared;
        } else if (done == null && v.shape() != null && v.shape().isStatic() && !ShapeArithmetic.mayCompute(v)) {
            done = v.shape();
        }
        known[v.id()] = done;
        return done;
    }

    /** The shape of a node's input that has been settled already, or null. */
    Shape settled(Node node, int slot) {
        Value v = node.input(slot);
        Shape s = v == null ? null : settled(v);
        return s == NONE ? null : s;
    }

    private List<Shape> inputs(Node node) {
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            shapes.add(settled(node, i));
        }
        return shapes;
    }

    private Shape infer(Value v) {
        Node node = v.producer();
        Shape inferred = switch (node.opType()) {
            case "Concat" -> Rearrangements.concat(node, inputs(node));
            case "Gemm" -> Products.gemm(node, settled(node, 0), settled(node, 1));
            case "MatMul" -> Products.matmul(settled(node, 0), settled(node, 1));
            case "Einsum" -> Products.einsum(node, inputs(node));
            case "ConstantOfShape" -> rearranged.listed(node, 0);
            case "Size" -> Shape.of();
            case "Range" -> arithmetic.of(v) == null ? Shape.of(Shape.UNKNOWN) : Shape.of(arithmetic.of(v).length);
            default -> {
                Shape first = settled(node, 0);
                yield BROADCASTS.contains(node.opType())
                        ? Products.broadcast(inputs(node))
                        : first == null ? null : ofFirst(node, first, v.outputSlot());
            }
        };
        return inferred != null ? inferred : v.shape();
    }

    /** For operators whose output is shaped after their first input. */
    private Shape ofFirst(Node node, Shape first, int slot) {
        return switch (node.opType()) {
            case "Conv" -> Windows.conv(node, first, settled(node, 1));
            case "ConvTranspose" -> Windows.transposed(node, first, settled(node, 1));
            case "MaxPool", "AveragePool", "LpPool" -> Windows.pool(node, first);
            case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" -> Rearrangements.globalPool(first);
            case "Transpose" -> Rearrangements.transpose(node, first);
            case "Flatten" -> Rearrangements.flatten(node, first);
            case "Reshape" -> rearranged.reshape(node, first);
            case "Squeeze" -> rearranged.squeeze(node, first);
            case "Unsqueeze" -> rearranged.unsqueeze(node, first);
            case "Slice" -> rearranged.slice(node, first);
            case "Split" -> rearranged.split(node, first, slot);
            case "Pad" -> rearranged.pad(node, first);
            case "Gather" -> rearranged.gather(node, first, settled(node, 1));
            case "GatherElements" -> settled(node, 1);
            case "Tile" -> rearranged.tile(node, first);
            case "Expand" -> {
                Shape to = rearranged.listed(node, 1);
                yield to == null ? null : Products.broadcast(List.of(first, to));
            }
            case "DepthToSpace" -> Rearrangements.blocks(node, first, true);
            case "SpaceToDepth" -> Rearrangements.blocks(node, first, false);
            case "Resize", "Upsample" -> rearranged.resize(node, first);
            case "GridSample" -> Rearrangements.sampled(first, settled(node, 1));
            case "ArgMax", "ArgMin" -> Rearrangements.argument(node, first);
            case "TopK" -> rearranged.top(node, first);
            case "Shape" -> Shape.of(Cut.ofShape(node, first.rank()).length(first.rank()));
            default ->
                node.opType().startsWith("Reduce")
                        ? rearranged.reduce(node, first)
                        : KEEPS_SHAPE.contains(Operators.of(node)) && slot == 0 ? first : null;
        };
    }

    private static final Set<String> BROADCASTS = Set.of(
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Mod",
            "Pow",
            "Min",
            "Max",
            "Sum",
            "Mean",
            "PRelu",
            "Where",
            "Equal",
            "Greater",
            "GreaterOrEqual",
            "Less",
            "LessOrEqual",
            "And",
            "Or",
            "Xor");

    private static final Set<String> KEEPS_SHAPE = Set.of(
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
            "LogSoftmax",
            "Hardmax",
            "RMSNormalization",
            "LpNormalization",
            "MeanVarianceNormalization",
            "LRN",
            "ThresholdedRelu",
            "Shrink",
            "Swish",
            "Floor",
            "Ceil",
            "Round",
            "Sign",
            "Reciprocal",
            "Sin",
            "Cos",
            "Not",
            "Trilu",
            "CumSum",
            "ScatterND",
            "ScatterElements",
            "ReverseSequence");
}
