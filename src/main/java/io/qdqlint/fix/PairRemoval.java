package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Bypass;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.RemovePair;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Removes Q/DQ pairs, and Casts that do nothing. */
final class PairRemoval {
    private final Scope scope;
    private final ClipChanges clips;
    /** The outputs of the removed pairs, and the tensors that their readers read instead. */
    private final Map<Value, Value> removed = new HashMap<>();

    PairRemoval(Scope scope, ClipChanges clips) {
        this.scope = scope;
        this.clips = clips;
    }

    /** The pair will be removed: a pair right after it then reads its input, unless another node replaces it. */
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
        Quantizer.requirePair(q, dq);
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
        double scale = Quantizer.of(q).step();
        return change.says(
                rewrite.exactness(),
                rewrite.exactness() == Exactness.EXACT ? 0 : scale / 2,
                String.format(
                        Locale.ROOT,
                        "removed the pair '%s', '%s': '%s' is no longer rounded to steps of %s",
                        q.name(),
                        dq.name(),
                        in.name(),
                        Change.number(scale)));
    }

    Change bypass(Bypass rewrite) {
        Node node = rewrite.node();
        Value in = node.input(0);
        Change change = new Change().takes(node).needs(in);
        bypass(change, in, in.name(), node.output(0));
        return change.says(
                Exactness.EXACT,
                0,
                "removed " + node.opType() + " '" + node.name()
                        + (node.opType().equals("Cast")
                                ? "', whose input already has that type"
                                : "', whose output equals its input"));
    }

    /** Readers of {@code out} read {@code in}, or {@code source}, which is computed from it. The producer of {@code out} is removed. */
    private void bypass(Change change, Value in, String source, Value out) {
        if (out.isGraphOutput()) {
            takeOverOutput(change, in, source, out);
        } else if (out.uses().isEmpty()) {
            change.edit(new Edit.RemoveNode(out.producer()));
        } else {
            change.redirect(out, source);
        }
    }

    /** {@code in}, or {@code source}, which is computed from it, becomes the graph output {@code out}. The output keeps its name. */
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
}
