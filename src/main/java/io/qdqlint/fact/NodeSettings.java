package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the number lists that rules look at, whether this opset has them as attribute or as input. */
final class NodeSettings {
    private final DataFlow flow;
    private final ShapeInference shapes;

    NodeSettings(DataFlow flow, ShapeInference shapes) {
        this.flow = flow;
        this.shapes = shapes;
    }

    /** The node's setting, for the operators that have one. */
    Optional<Setting> of(Node node) {
        return switch (node.opType()) {
            case "ReduceMean",
                    "ReduceMax",
                    "ReduceMin",
                    "ReduceSum",
                    "ReduceProd",
                    "ReduceL1",
                    "ReduceL2",
                    "ReduceSumSquare" -> setting(node, "axes", 1, null);
            case "Slice" -> setting(node, "steps", 4, 1.0);
            case "Pad" -> setting(node, "value", 2, 0.0);
            default -> Optional.empty();
        };
    }

    /** The layout of a Conv or ConvTranspose. */
    ConvGeometry geometry(Node node) {
        Shape weight = node.input(1) == null ? null : shapes.of(flow.origin(node.input(1)));
        long group = node.intAttribute("group", 1);
        long channels = weight == null || weight.rank() < 2 ? -1 : weight.dim(1);
        boolean transposed = node.opType().equals("ConvTranspose");
        boolean depthwise = group > 1 && channels == 1 && (transposed || weight.dim(0) == group);
        String kernel = weight == null || weight.rank() < 2
                ? "unknown " + node.index()
                : Arrays.toString(Arrays.copyOfRange(weight.sizes(), 1, weight.rank()));
        long outputs = channels < 0 ? -1 : transposed ? channels * group : weight.dim(0);
        String window = channels < 0 ? "" : window(weight);
        long[] dilations = node.intsAttribute("dilations");
        String key = kernel
                + Arrays.toString(node.intsAttribute("strides"))
                + Arrays.toString(node.intsAttribute("pads"))
                + Arrays.toString(dilations)
                + node.stringAttribute("auto_pad", "")
                + group;
        return new ConvGeometry(
                node,
                depthwise,
                group > 1 && !depthwise,
                channels,
                group,
                outputs,
                channels < 0 ? -1 : weight.rank() - 2,
                dilations != null && Arrays.stream(dilations).anyMatch(d -> d > 1),
                window,
                key);
    }

    /** The sides of a kernel, such as {@code 3x3}. */
    private static String window(Shape weight) {
        StringBuilder window = new StringBuilder();
        for (int axis = 2; axis < weight.rank(); axis++) {
            window.append(axis == 2 ? "" : "x").append(weight.dim(axis));
        }
        return window.toString();
    }

    private Optional<Setting> setting(Node node, String name, int slot, Double otherwise) {
        if (node.attribute(name) instanceof long[] ints) {
            return Optional.of(new Setting(
                    node, name, Arrays.stream(ints).mapToObj(v -> (double) v).toList()));
        }
        if (node.attribute(name) instanceof Double single) {
            return Optional.of(new Setting(node, name, List.of(single)));
        }
        if (node.input(slot) == null) {
            return otherwise == null ? Optional.empty() : Optional.of(new Setting(node, name, List.of(otherwise)));
        }
        Tensor stored = flow.stored(node.input(slot));
        return stored == null
                ? Optional.empty()
                : stored.doubles()
                        .map(values -> new Setting(
                                node, name, Arrays.stream(values).boxed().toList()));
    }
}
