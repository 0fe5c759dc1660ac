package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.QuantizeOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Inserts Q/DQ pairs. */
final class PairInsertion {
    private final Scope scope;
    private final ClipChanges clips;
    private final Calibration calibration;
    private final Map<Key, Pair> pairs = new HashMap<>();

    PairInsertion(Scope scope, ClipChanges clips, Calibration calibration) {
        this.scope = scope;
        this.clips = clips;
        this.calibration = calibration;
    }

    /** The change was adopted: later changes read its pairs, too. */
    void adopted(Change change) {
        pairs.putAll(change.pairs);
    }

    /** Adds a pair to the change: one that several parts of it read is inserted once. */
    Change quantizeInput(QuantizeInput rewrite, Change change) {
        Node node = rewrite.node();
        Value in = node.input(rewrite.slot());
        if (in == null) {
            throw new RefusedException("'" + node.name() + "' has no input " + rewrite.slot());
        }
        change.needs(in);
        Node like = rewrite.like();
        if (like != null && like.input(0) == in) {
            requireSymmetric(like);
            clips.requireHarmless(like);
            for (Node dq : Quantizer.of(like).dequantizes()) {
                Quantizer.requirePair(like, dq);
                double scale = Quantizer.of(like).step();
                return change.needs(dq.output(0))
                        .touches(dq.output(0).name())
                        .edit(new Edit.SetInput(
                                node, rewrite.slot(), dq.output(0).name()))
                        .alsoSays(
                                Exactness.CHANGES_NUMERICS,
                                scale / 2,
                                says(node, in, scale, "as '" + like.name() + "' has it"));
            }
        }
        Pair pair = pair(change, in, node, like, rewrite.bound());
        return change.edit(new Edit.SetInput(node, rewrite.slot(), pair.output()))
                .alsoSays(Exactness.CHANGES_NUMERICS, pair.scale() / 2, says(node, in, pair.scale(), pair.origin()));
    }

    /** A range that contains zero: a range on one side of zero would clip all values of the other sign. */
    private static void requireSymmetric(Node like) {
        Quantizer quantizer = Quantizer.of(like);
        if (quantizer.type() == DataType.UINT8
                || Arrays.stream(quantizer.zeros()).anyMatch(z -> z != 0)) {
            throw new RefusedException("the range of '" + like.name() + "' is not symmetric");
        }
    }

    private static String says(Node node, Value in, double scale, String origin) {
        return String.format(
                Locale.ROOT,
                "'%s' reads '%s' quantized with scale %s, %s: within %s of what it was, where it does not clip",
                node.name(),
                in.name(),
                Change.number(scale),
                origin,
                Change.number(scale / 2));
    }

    Change quantizeOutput(QuantizeOutput rewrite, Change change) {
        Value out = rewrite.node().output(0);
        change.takes(rewrite.node());
        Pair pair = pair(change, out, rewrite.node(), rewrite.like(), Double.NaN);
        change.redirect(out, pair.output());
        return change.alsoSays(
                Exactness.CHANGES_NUMERICS,
                pair.scale() / 2,
                String.format(
                        Locale.ROOT,
                        "quantized '%s' with scale %s, %s: within %s of what it was, where it does not clip",
                        out.name(),
                        Change.number(pair.scale()),
                        pair.origin(),
                        Change.number(pair.scale() / 2)));
    }

    /** The output of a new pair, and the source of its scale. */
    record Pair(String output, double scale, String origin) {}

    /** The input of a new pair, and the Q whose scale it takes. */
    record Key(Value tensor, Node like) {}

    /** A pair that reads {@code tensor}: one that was inserted before, or a new one. */
    private Pair pair(Change change, Value tensor, Node near, Node like, double bound) {
        Key key = new Key(tensor, like);
        Pair known = pairs.getOrDefault(key, change.pairs.get(key));
        Pair pair = known != null ? known : newPair(change, tensor, near, like, bound);
        change.pairs.put(key, pair);
        return pair;
    }

    private Pair newPair(Change change, Value tensor, Node near, Node like, double bound) {
        String base = tensor.name();
        List<String> parameters;
        double scale;
        String origin;
        DataType type = DataType.INT8;
        boolean other = like != null && like.input(0) != tensor;
        if (like != null && !(other && calibration.has(base))) {
            Quantizer known = Quantizer.of(like);
            if (like.inputs().stream().skip(1).anyMatch(v -> v != null && !scope.isTopLevel(v))) {
                throw new RefusedException("the scale of '" + like.name() + "' is known only inside a subgraph");
            }
            requireSymmetric(like);
            if (!other) {
                clips.requireHarmless(like);
            }
            scale = known.perTensorScale();
            type = known.type();
            parameters = like.inputs().subList(1, like.inputs().size()).stream()
                    .map(v -> v == null ? "" : v.name())
                    .toList();
            origin = "as '" + like.name() + "' has it"
                    + (other ? " for '" + like.input(0).name() + "' (--calibration gives its own)" : "");
        } else {
            boolean bounded = !calibration.has(base) && bound > 0;
            double magnitude = (bounded ? Optional.of(bound) : calibration.magnitude(base))
                    .orElseThrow(() -> new RefusedException("it needs the range of '" + tensor.name()
                            + "', which is not in the model; give it with --calibration"));
            scale = magnitude / Quantizer.LARGEST_CODE;
            String scaleName = scope.fresh(base + "_scale");
            String zeroName = scope.fresh(base + "_zero_point");
            DataType real = tensor.type().isFloat() ? tensor.type() : DataType.FLOAT;
            change.edit(new Edit.SetInitializer(Tensors.floats(scaleName, real, Shape.of(), scale)))
                    .edit(new Edit.SetInitializer(Tensors.zeros(zeroName, DataType.INT8, Shape.of())));
            parameters = List.of(scaleName, zeroName);
            origin = bounded ? "which it cannot exceed" : "from the calibration file";
        }
        String codes = scope.fresh(base + "_QuantizeLinear_Output");
        String real = scope.fresh(base + "_DequantizeLinear_Output");
        change.edit(addNode(near, base + "_QuantizeLinear", "QuantizeLinear", base, parameters, codes))
                .edit(addNode(near, base + "_DequantizeLinear", "DequantizeLinear", codes, parameters, real));
        declare(change, codes, type, tensor.shape());
        declare(change, real, tensor.type(), tensor.shape());
        change.touches(real);
        return new Pair(real, scale, origin);
    }

    private Edit addNode(Node near, String name, String opType, String input, List<String> parameters, String output) {
        List<String> inputs = new ArrayList<>(List.of(input));
        inputs.addAll(parameters);
        return new Edit.AddNode(near, scope.fresh(name), opType, inputs, List.of(output), List.of());
    }

    private static void declare(Change change, String tensor, DataType type, Shape shape) {
        change.edit(new Edit.Declare(tensor, type, shape));
    }
}
