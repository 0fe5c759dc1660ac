package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.MovePair;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.QuantizeOutput;
import io.qdqlint.rewrite.RemoveCast;
import io.qdqlint.rewrite.RemovePair;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Removes, moves and inserts Q/DQ pairs. */
final class PairChanges {
    private static final double CODES = 127;

    private final Scope scope;
    private final ClipChanges clips;
    private final Calibration calibration;
    /** What the pairs that are removed gave, and what their readers read instead. */
    private final Map<Value, Value> removed = new HashMap<>();

    PairChanges(Scope scope, ClipChanges clips, Calibration calibration) {
        this.clips = clips;
        this.scope = scope;
        this.calibration = calibration;
    }

    /** The pair is going to be removed: one right behind it reads what it reads, unless a node takes its place. */
    void removes(RemovePair rewrite, Change change) {
        Node q = rewrite.quantize();
        if (change.edits.stream().noneMatch(e -> e instanceof Edit.SetInput set && set.node() == q)) {
            removed.put(rewrite.dequantize().output(0), removed.getOrDefault(q.input(0), q.input(0)));
        }
    }

    Change remove(RemovePair rewrite) {
        Node q = rewrite.quantize();
        Node dq = rewrite.dequantize();
        Value read = q.input(0);
        Value out = dq.output(0);
        requirePair(q, dq);
        if (read.type() != out.type() && read.type() != DataType.UNDEFINED && out.type() != DataType.UNDEFINED) {
            throw new RefusedException("the pair '" + q.name() + "' turns "
                    + read.type().onnxName() + " into " + out.type().onnxName());
        }
        Change change = new Change().takes(q, dq);
        String kept = clips.keep(change, Quantizer.of(q), Clippings.Bounds.NONE);
        boolean clipped = !kept.equals(read.name());
        Value in = clipped ? read : removed.getOrDefault(read, read);
        change.needs(in);
        bypass(change, in, clipped ? kept : in.name(), out);
        double scale = step(q);
        return change.says(
                rewrite.exactness(),
                rewrite.exactness() == Exactness.EXACT ? 0 : scale / 2,
                String.format(
                        Locale.ROOT,
                        "removed the pair '%s', '%s': '%s' is no longer rounded to steps of %s",
                        q.name(),
                        dq.name(),
                        in.name(),
                        number(scale)));
    }

    /** A DQ that gives back what its Q was given, but for rounding and clipping. */
    private static void requirePair(Node q, Node dq) {
        new Quantizer(q, List.of(dq)).requireSameParameters();
    }

    Change removeCast(RemoveCast rewrite) {
        Node cast = rewrite.cast();
        Value in = cast.input(0);
        Change change = new Change().takes(cast).needs(in);
        bypass(change, in, in.name(), cast.output(0));
        return change.says(Exactness.EXACT, 0, "removed Cast '" + cast.name() + "', whose input has the type already");
    }

    /** What read {@code out} reads {@code in}, or {@code source} that is made of it; the node that gives {@code out} goes. */
    private void bypass(Change change, Value in, String source, Value out) {
        if (out.isGraphOutput()) {
            takeOverOutput(change, in, source, out);
        } else if (out.uses().isEmpty()) {
            change.edit(new Edit.RemoveNode(out.producer()));
        } else {
            change.redirect(out, source);
        }
    }

    /** {@code in}, or {@code source} that is made of it, becomes the graph output {@code out}, whose name stays. */
    private void takeOverOutput(Change change, Value in, String source, Value out) {
        Node producer = in.producer();
        if (producer == null || !source.equals(in.name()) || in.isGraphOutput() || !scope.isTopLevel(out)) {
            change.edit(new Edit.RemoveNode(out.producer()))
                    .edit(new Edit.AddNode(
                            out.producer(), "", "Identity", List.of(source), List.of(out.name()), List.of()))
                    .redirect(out, source);
            return;
        }
        change.takes(producer)
                .edit(new Edit.RemoveNode(out.producer()))
                .edit(new Edit.SetOutput(producer, in.outputSlot(), out.name()))
                .redirect(in, out.name());
    }

    Change move(MovePair rewrite) {
        Node q = rewrite.quantize();
        Node dq = rewrite.dequantize();
        Node past = rewrite.past();
        if (!scope.sameGraph(q, past) || !scope.sameGraph(dq, past)) {
            throw new RefusedException("the pair and '" + past.name() + "' stand in different graphs");
        }
        requirePair(q, dq);
        if (q.output(0).isGraphOutput() || q.output(0).uses().size() != 1) {
            throw new RefusedException(
                    "the codes '" + q.output(0).name() + "' have other readers than '" + dq.name() + "'");
        }
        Change change = new Change().takes(q, dq, past);
        boolean exact = rewrite.exactness() == Exactness.EXACT;
        String source = exact ? q.input(0).name() : clips.keep(change, Quantizer.of(q), Clippings.Bounds.NONE);
        Value moved = dq.output(0);
        if (q.input(0).producer() == past) {
            moveUp(change, q, moved, past);
        } else {
            moveDown(change, q, source, moved, past);
        }
        double scale = step(q);
        return change.says(
                rewrite.exactness(),
                rewrite.exactness() == Exactness.EXACT ? 0 : scale / 2,
                String.format(
                        Locale.ROOT,
                        "moved the pair '%s', '%s' %s '%s'",
                        q.name(),
                        dq.name(),
                        q.input(0).producer() == past ? "in front of" : "behind",
                        past.name()));
    }

    private void moveUp(Change change, Node q, Value moved, Node past) {
        Value source = past.input(0);
        Value result = past.output(0);
        if (result.uses().size() != 1 || result.isGraphOutput() || moved.isGraphOutput()) {
            throw new RefusedException("'" + result.name() + "' is read by others than the pair");
        }
        change.needs(source)
                .redirect(moved, result.name())
                .edit(new Edit.SetInput(q, 0, source.name()))
                .edit(new Edit.SetInput(past, 0, moved.name()));
        declare(change, q.output(0).name(), q.output(0).type(), source.shape());
        declare(change, moved.name(), moved.type(), source.shape());
    }

    private void moveDown(Change change, Node q, String source, Value moved, Node past) {
        Value result = past.output(0);
        if (moved.uses().size() != 1 || moved.uses().get(0).node() != past || moved.isGraphOutput()) {
            throw new RefusedException("'" + moved.name() + "' is read by others than '" + past.name() + "'");
        }
        change.needs(q.input(0))
                .edit(new Edit.SetInput(past, moved.uses().get(0).slot(), source));
        if (result.isGraphOutput()) {
            String raw = scope.fresh(result.name() + "_unquantized");
            change.edit(new Edit.SetOutput(past, 0, raw))
                    .edit(new Edit.SetOutput(moved.producer(), 0, result.name()))
                    .edit(new Edit.SetInput(q, 0, raw));
        } else {
            change.redirect(result, moved.name()).edit(new Edit.SetInput(q, 0, result.name()));
            declare(change, moved.name(), moved.type(), result.shape());
        }
        declare(change, q.output(0).name(), q.output(0).type(), result.shape());
    }

    Change quantizeInput(QuantizeInput rewrite) {
        Node node = rewrite.node();
        Value in = node.input(rewrite.slot());
        if (in == null) {
            throw new RefusedException("'" + node.name() + "' has no input " + rewrite.slot());
        }
        Change change = new Change().needs(in);
        Node like = rewrite.like();
        if (like != null && like.input(0) == in) {
            requireSymmetric(like);
            clips.requireHarmless(like);
            for (Node dq : Quantizer.of(like).dequantizes()) {
                requirePair(like, dq);
                double scale = step(like);
                return change.needs(dq.output(0))
                        .touches(dq.output(0).name())
                        .edit(new Edit.SetInput(
                                node, rewrite.slot(), dq.output(0).name()))
                        .says(
                                Exactness.CHANGES_NUMERICS,
                                scale / 2,
                                says(node, in, scale, "as '" + like.name() + "' has it"));
            }
        }
        Pair pair = pair(change, in, node, like);
        return change.edit(new Edit.SetInput(node, rewrite.slot(), pair.output()))
                .says(Exactness.CHANGES_NUMERICS, pair.scale() / 2, says(node, in, pair.scale(), pair.origin()));
    }

    /** A range around zero: one to one side of it clips all values of the other sign. */
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
                number(scale),
                origin,
                number(scale / 2));
    }

    Change quantizeOutput(QuantizeOutput rewrite) {
        Value out = rewrite.node().output(0);
        Change change = new Change().takes(rewrite.node());
        Pair pair = pair(change, out, rewrite.node(), rewrite.like());
        change.redirect(out, pair.output());
        return change.says(
                Exactness.CHANGES_NUMERICS,
                pair.scale() / 2,
                String.format(
                        Locale.ROOT,
                        "quantized '%s' with scale %s, %s: within %s of what it was, where it does not clip",
                        out.name(),
                        number(pair.scale()),
                        pair.origin(),
                        number(pair.scale() / 2)));
    }

    private record Pair(String output, double scale, String origin) {}

    /** A new pair that reads {@code tensor}. */
    private Pair pair(Change change, Value tensor, Node near, Node like) {
        String base = tensor.name();
        List<String> parameters;
        double scale;
        String origin;
        DataType type = DataType.INT8;
        boolean other = like != null && like.input(0) != tensor;
        if (like != null && !(other && calibration.magnitude(base).isPresent())) {
            Quantizer known = Quantizer.of(like);
            if (like.inputs().stream().skip(1).anyMatch(v -> v != null && !scope.isTopLevel(v))) {
                throw new RefusedException("the scale of '" + like.name() + "' is known in a body only");
            }
            requireSymmetric(like);
            scale = known.perTensorScale();
            type = known.type();
            parameters = like.inputs().subList(1, like.inputs().size()).stream()
                    .map(v -> v == null ? "" : v.name())
                    .toList();
            origin = "as '" + like.name() + "' has it"
                    + (other ? " for '" + like.input(0).name() + "' (--calibration gives its own)" : "");
        } else {
            double magnitude = calibration
                    .magnitude(tensor.name())
                    .orElseThrow(() -> new RefusedException("it needs the range of '" + tensor.name()
                            + "', which the model does not hold; give it with --calibration"));
            scale = magnitude / CODES;
            String scaleName = scope.fresh(base + "_scale");
            String zeroName = scope.fresh(base + "_zero_point");
            DataType real = tensor.type().isFloat() ? tensor.type() : DataType.FLOAT;
            change.edit(new Edit.SetInitializer(Tensors.floats(scaleName, real, Shape.of(), scale)))
                    .edit(new Edit.SetInitializer(Tensors.zeros(zeroName, DataType.INT8, Shape.of())));
            parameters = List.of(scaleName, zeroName);
            origin = "from the calibration file";
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
        List<String> inputs = new java.util.ArrayList<>(List.of(input));
        inputs.addAll(parameters);
        return new Edit.AddNode(near, scope.fresh(name), opType, inputs, List.of(output), List.of());
    }

    private static void declare(Change change, String tensor, DataType type, Shape shape) {
        change.edit(new Edit.Declare(tensor, type, shape));
    }

    /** The largest step of the quantizer; NaN where its scale is computed. */
    private static double step(Node q) {
        if (q.input(1) == null || q.input(1).constant() == null) {
            return Double.NaN;
        }
        double largest = 0;
        for (double s : Quantizer.of(q).scales()) {
            largest = Math.max(largest, s);
        }
        return largest;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
