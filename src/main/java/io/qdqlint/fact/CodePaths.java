package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the readers of stored codes other than DequantizeLinear. */
final class CodePaths {
    /** The types that TensorRT quantizes to. */
    private static final Set<DataType> CODES =
            Set.of(DataType.INT8, DataType.FLOAT8E4M3FN, DataType.INT4, DataType.FLOAT4E2M1);

    /** These move elements of their first input and compute nothing. */
    private static final Set<String> MOVERS = Set.of(
            ("Identity Cast Transpose Reshape Flatten Squeeze Unsqueeze Slice Split Gather GatherElements GatherND Expand Tile "
                            + "Concat DepthToSpace SpaceToDepth")
                    .split(" "));

    private final DataFlow flow;
    private final ShapeInference shapes;
    private final List<StoredCodes> found = new ArrayList<>();
    private final Set<Node> moving = new HashSet<>();

    private CodePaths(DataFlow flow, ShapeInference shapes) {
        this.flow = flow;
        this.shapes = shapes;
    }

    /** The type of codes, seen through what only moves them where the file declares none; UNDEFINED where it is not known. */
    static DataType typeOf(Value codes) {
        Value value = codes;
        while (value != null && value.type() == DataType.UNDEFINED && moves(value.producer())) {
            value = value.producer().input(0);
        }
        return value == null ? DataType.UNDEFINED : value.type();
    }

    /** In node order of the DQs, those without one at the end; nothing in a model without DQ. */
    static List<StoredCodes> of(DataFlow flow, ShapeInference shapes, Map<Node, Scale> scales) {
        CodePaths paths = new CodePaths(flow, shapes);
        boolean dequantizes = false;
        for (Node node : flow.nodes()) {
            if (Operators.isDequantize(node) && node.input(0) != null && flow.isLive(node)) {
                dequantizes = true;
                paths.follow(node, scales.get(node));
            }
        }
        if (dequantizes) {
            flow.nodes().forEach(paths::readers);
        }
        return paths.found;
    }

    private void follow(Node dequantize, Scale scale) {
        List<Node> between = new ArrayList<>();
        Value value = dequantize.input(0);
        while (value != null && !isStored(value) && moves(value.producer())) {
            between.add(value.producer());
            value = value.producer().input(0);
        }
        if (between.isEmpty() || value == null || !isStored(value)) {
            return;
        }
        Tensor codes = value.constant();
        moving.addAll(between);
        if (CODES.contains(codes.type()) || codes.type() == DataType.UINT8) {
            Node reader = between.get(between.size() - 1);
            int axis = axisOf(scale, dequantize, between);
            found.add(new StoredCodes(value, codes.type(), reader, dequantize, between.size(), axis));
        }
    }

    private static boolean isStored(Value value) {
        return value.isConstant()
                && (value.producer() == null || value.producer().opType().equals("Constant"));
    }

    /** Whether the node only moves elements of its first input. */
    private static boolean moves(Node node) {
        if (node == null || !isStandard(node) || !MOVERS.contains(node.opType()) || node.input(0) == null) {
            return false;
        }
        DataType type = node.input(0).type();
        return !node.opType().equals("Cast") || node.intAttribute("to", 0) == type.code();
    }

    private static boolean isStandard(Node node) {
        return node.domain().isEmpty() || node.domain().equals("ai.onnx");
    }

    private int axisOf(Scale scale, Node dequantize, List<Node> between) {
        boolean moved = between.stream().anyMatch(n -> !isCopy(n));
        if (between.stream().anyMatch(n -> n.opType().equals("Concat"))) {
            return StoredCodes.NO_AXIS;
        }
        if (scale.perTensor() || !moved) {
            return moved || scale.rank() != 1 ? 0 : (int) Math.max(0, scale.axis());
        }
        Shape shape = shapes.of(dequantize.input(0));
        int axis = shape == null || !scale.perChannel() ? StoredCodes.NO_AXIS : Axis.of(scale.axis(), shape.rank());
        Value out = dequantize.input(0);
        for (Node node : between) {
            Shape from = shapes.of(node.input(0));
            Shape to = shapes.of(out);
            axis = axis < 0 || from == null || to == null ? StoredCodes.NO_AXIS : axisBefore(node, axis, from, to);
            out = node.input(0);
        }
        return axis;
    }

    private static boolean isCopy(Node node) {
        return node.opType().equals("Identity") || node.opType().equals("Cast");
    }

    /** The axis of the input whose slices are the slices of the output along {@code axis}. */
    private int axisBefore(Node node, int axis, Shape from, Shape to) {
        return switch (node.opType()) {
            case "Identity", "Cast" -> axis;
            case "Transpose" -> {
                long[] perm = node.intsAttribute("perm");
                yield perm == null ? to.rank() - 1 - axis : (int) perm[axis];
            }
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> sameSlices(axis, from, to);
            case "Expand", "Tile" -> unlessChanged(axis - (to.rank() - from.rank()), axis, from, to);
            case "Slice" -> forwards(node) ? unlessChanged(axis, axis, from, to) : StoredCodes.NO_AXIS;
            case "Split" -> Axis.of(node.intAttribute("axis", 0), to.rank()) == axis ? StoredCodes.NO_AXIS : axis;
            case "Gather" -> {
                int along = Axis.of(node.intAttribute("axis", 0), from.rank());
                int indices = to.rank() - from.rank() + 1;
                yield axis < along ? axis : axis >= along + indices ? axis - indices + 1 : StoredCodes.NO_AXIS;
            }
            default -> StoredCodes.NO_AXIS;
        };
    }

    private static int unlessChanged(int before, int after, Shape from, Shape to) {
        return before >= 0 && from.dim(before) == to.dim(after) ? before : StoredCodes.NO_AXIS;
    }

    private static boolean forwards(Node slice) {
        Value steps = slice.input(4);
        return steps == null
                || steps.isConstant()
                        && steps.constant()
                                .doubles()
                                .map(d -> Arrays.stream(d).allMatch(s -> s > 0))
                                .orElse(false);
    }

    /** An axis with as many elements before it, and as long. */
    private static int sameSlices(int axis, Shape from, Shape to) {
        if (!from.isStatic() || !to.isStatic()) {
            return StoredCodes.NO_AXIS;
        }
        for (int i = 0; i < from.rank(); i++) {
            if (from.dim(i) == to.dim(axis) && before(from, i) == before(to, axis)) {
                return i;
            }
        }
        return StoredCodes.NO_AXIS;
    }

    private static long before(Shape shape, int axis) {
        long elements = 1;
        for (int i = 0; i < axis; i++) {
            elements *= shape.dim(i);
        }
        return elements;
    }

    private void readers(Node node) {
        boolean reads = (flow.isLive(node) || flow.isSettled(node)) && isStandard(node) && !moving.contains(node);
        if (!reads || isQuantizer(node) || givesParameters(node, 0)) {
            return;
        }
        for (Value in : node.inputs()) {
            if (in != null && isStored(in) && CODES.contains(in.constant().type())) {
                found.add(new StoredCodes(in, in.constant().type(), node, null, 0, StoredCodes.NO_AXIS));
                return;
            }
        }
    }

    private static boolean isQuantizer(Node node) {
        return Operators.isQuantize(node) || Operators.isDequantize(node);
    }

    /** Whether all that is made of what the node computes are scales and zero points. */
    private static boolean givesParameters(Node node, int depth) {
        Value out = node.output(0);
        return out != null
                && depth < 8
                && !out.isGraphOutput()
                && out.uses().stream()
                        .allMatch(use -> isQuantizer(use.node())
                                ? use.slot() > 0
                                : MOVERS.contains(use.node().opType()) && givesParameters(use.node(), depth + 1));
    }
}
