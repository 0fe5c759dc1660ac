package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Adds nodes that clip as a quantizer does, before the quantizer gets another range or is removed. That is exact: a Q gives
 * all values outside of its range the code of the end of the range.
 */
final class ClipChanges {
    /** Relu and Clip take integers from here on. */
    private static final long INTEGERS = 14;

    /** Clip has its bounds as inputs from here on. */
    private static final long BOUNDS_AS_INPUTS = 11;

    private final Scope scope;
    private final long opset;
    private final Clippings clippings;
    private final Map<Key, String> made = new HashMap<>();

    ClipChanges(Scope scope, long opset, Clippings clippings) {
        this.scope = scope;
        this.opset = opset;
        this.clippings = clippings;
    }

    /** A tensor clipped to a range. */
    record Key(Value tensor, Clippings.Bounds bounds) {}

    /**
     * Adds to the change what keeps the clipping of a quantizer that has the range {@code now} from now on.
     *
     * @return the tensor that holds the input of the Q, clipped; that input itself where no clipping is lost
     */
    String keep(Change change, Quantizer quantizer, Clippings.Bounds now) {
        Node q = quantizer.quantize();
        Value in = quantizer.data();
        Clippings.Bounds lost = q == null ? null : clippings.lost(q, now).orElse(null);
        if (lost == null) {
            return in.name();
        }
        DataType type = in.type() == DataType.UNDEFINED ? quantizer.scale().type() : in.type();
        if (!type.isFloat() && opset < INTEGERS) {
            throw new RefusedException("'" + q.name() + "' clips " + type.onnxName()
                    + " values, and a Clip of these needs opset " + INTEGERS);
        }
        Key key = new Key(in, lost);
        String clipped = made.get(key);
        if (clipped == null) {
            clipped = isRelu(lost) ? relu(change, q, in) : clip(change, q, in, type, lost);
            change.edit(new Edit.Declare(clipped, type, in.shape()));
            change.clips.put(key, clipped);
        }
        change.edit(new Edit.SetInput(q, 0, clipped)).alsoSays(says(q, in, lost));
        return clipped;
    }

    /** Later changes can use the nodes of a change that was adopted. */
    void adopted(Change change) {
        made.putAll(change.clips);
    }

    /**
     * Makes sure that a node that reads a tensor as it is may read it through the pair of a Q.
     *
     * @throws RefusedException where the clipping of the Q changes its values
     */
    void requireHarmless(Node quantize) {
        if (clippings.changesValues(quantize)) {
            throw new RefusedException("'" + quantize.name() + "' clips its input as an activation function does");
        }
    }

    private static boolean isRelu(Clippings.Bounds bounds) {
        return bounds.low() == 0 && bounds.high() == Double.POSITIVE_INFINITY;
    }

    private static String says(Node q, Value in, Clippings.Bounds lost) {
        return String.format(
                Locale.ROOT,
                "a new %s keeps the clipping of '%s' by '%s'",
                isRelu(lost) ? "Relu" : "Clip to " + end(lost.low()) + ".." + end(lost.high()),
                in.name(),
                q.name());
    }

    private static String end(double value) {
        return Double.isInfinite(value) ? value < 0 ? "-inf" : "inf" : Change.number(value);
    }

    private String relu(Change change, Node q, Value in) {
        String out = scope.fresh(in.name() + "_relu");
        change.edit(
                new Edit.AddNode(q, scope.fresh(out + "_node"), "Relu", List.of(in.name()), List.of(out), List.of()));
        return out;
    }

    private String clip(Change change, Node q, Value in, DataType type, Clippings.Bounds bounds) {
        String out = scope.fresh(in.name() + "_clipped");
        List<String> inputs = new ArrayList<>(List.of(in.name()));
        List<Attribute> attributes = new ArrayList<>();
        if (opset < BOUNDS_AS_INPUTS) {
            attribute(attributes, "min", bounds.low());
            attribute(attributes, "max", bounds.high());
        } else {
            inputs.add(bound(change, out + "_min", type, bounds.low()));
            inputs.add(bound(change, out + "_max", type, bounds.high()));
        }
        change.edit(new Edit.AddNode(q, scope.fresh(out + "_node"), "Clip", inputs, List.of(out), attributes));
        return out;
    }

    private static void attribute(List<Attribute> attributes, String name, double value) {
        if (!Double.isInfinite(value)) {
            attributes.add(new Attribute(name, value));
        }
    }

    private String bound(Change change, String name, DataType type, double value) {
        if (Double.isInfinite(value)) {
            return "";
        }
        String tensor = scope.fresh(name);
        change.edit(new Edit.SetInitializer(Tensors.number(tensor, type, value)));
        return tensor;
    }
}
