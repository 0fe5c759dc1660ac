package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.SetAxis;
import io.qdqlint.rewrite.SetWindow;
import java.util.ArrayList;
import java.util.List;

/** Writes attributes that ONNX derives where they are missing: the axis of scales, the window of a convolution. */
final class AxisChanges {
    private AxisChanges() {}

    /** The axis of the output channels if it fits; else the one that ONNX takes where a node says none; else the only one. */
    static Change setAxis(SetAxis rewrite) {
        Quantizer quantizer = Quantizer.of(rewrite.quantizer());
        String name = quantizer.first().name();
        int count = quantizer.scales().length;
        Shape shape = quantizer.data().shape();
        List<Integer> fitting = new ArrayList<>();
        for (int axis = 0; shape != null && axis < shape.rank(); axis++) {
            if (shape.dim(axis) == count) {
                fitting.add(axis);
            }
        }
        int chosen = outputChannels(quantizer, shape == null ? 0 : shape.rank());
        boolean byDefault = fitting.contains(Quantizer.DEFAULT_AXIS);
        if (!fitting.contains(chosen)) {
            if (!byDefault && fitting.size() != 1) {
                throw new RefusedException("'" + name + "' has " + count
                        + " scales, and the file does not say for which axis of " + shape);
            }
            chosen = byDefault ? Quantizer.DEFAULT_AXIS : fitting.get(0);
        }
        Change change = new Change();
        for (Node node : quantizer.nodes()) {
            change.takes(node).edit(new Edit.SetAttribute(node, new Attribute("axis", (long) chosen)));
        }
        // With scales that do not fit the default, no runtime took the model.
        return chosen == Quantizer.DEFAULT_AXIS || !byDefault
                ? change.says(Exactness.EXACT, 0, "'" + name + "' has axis " + chosen)
                : change.says(
                        Exactness.CHANGES_NUMERICS,
                        Double.NaN,
                        "'" + name + "' has axis " + chosen + ", the output channels; ONNX's default is 1");
    }

    static Change setWindow(SetWindow rewrite) {
        Node conv = rewrite.at();
        long[] window = rewrite.window().stream().mapToLong(Long::longValue).toArray();
        return new Change()
                .takes(conv)
                .edit(new Edit.SetAttribute(conv, new Attribute("kernel_shape", window)))
                .says(
                        Exactness.EXACT,
                        0,
                        "'" + conv.name() + "' has kernel_shape " + rewrite.window() + ", the window of its weight");
    }

    /** The axis of the output channels in the weight of the node that reads the quantizer; -1 where no such node does. */
    private static int outputChannels(Quantizer quantizer, int rank) {
        return quantizer.dequantizes().stream()
                .flatMap(dq -> dq.output(0).uses().stream())
                .mapToInt(use -> OutputChannels.axis(use.node(), rank))
                .filter(axis -> axis >= 0)
                .findFirst()
                .orElse(-1);
    }
}
