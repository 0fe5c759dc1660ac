package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.MovePair;
import java.util.Locale;

/** Moves Q/DQ pairs from one side of a node to the other. */
final class PairMove {
    private final Scope scope;
    private final ClipChanges clips;

    PairMove(Scope scope, ClipChanges clips) {
        this.scope = scope;
        this.clips = clips;
    }

    Change move(MovePair rewrite) {
        Node q = rewrite.quantize();
        Node dq = rewrite.dequantize();
        Node past = rewrite.past();
        if (!scope.sameGraph(q, past) || !scope.sameGraph(dq, past)) {
            throw new RefusedException("the pair and '" + past.name() + "' are in different graphs");
        }
        Quantizer.requirePair(q, dq);
        if (q.output(0).isGraphOutput() || q.output(0).uses().size() != 1) {
            throw new RefusedException(
                    "the codes '" + q.output(0).name() + "' have other readers than '" + dq.name() + "'");
        }
        Change change = new Change().takes(q, dq, past);
        boolean exact = rewrite.exactness() == Exactness.EXACT;
        boolean up = q.input(0).producer() == past;
        if (up && !exact) {
            clips.requireHarmless(q);
        }
        String source = exact || up ? q.input(0).name() : clips.keep(change, Quantizer.of(q), Clippings.Bounds.NONE);
        Value moved = dq.output(0);
        if (up) {
            moveUp(change, q, moved, past);
        } else {
            moveDown(change, q, source, moved, past);
        }
        return change.says(
                rewrite.exactness(),
                exact ? 0 : Quantizer.of(q).step() / 2,
                String.format(
                        Locale.ROOT,
                        "moved the pair '%s', '%s' %s '%s'",
                        q.name(),
                        dq.name(),
                        up ? "before" : "after",
                        past.name()));
    }

    private void moveUp(Change change, Node q, Value moved, Node past) {
        Value source = past.input(0);
        Value result = past.output(0);
        if (result.uses().size() != 1 || result.isGraphOutput() || moved.isGraphOutput()) {
            throw new RefusedException("'" + result.name() + "' has other readers than the pair");
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
            throw new RefusedException("'" + moved.name() + "' has other readers than '" + past.name() + "'");
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

    private static void declare(Change change, String tensor, DataType type, Shape shape) {
        change.edit(new Edit.Declare(tensor, type, shape));
    }
}
