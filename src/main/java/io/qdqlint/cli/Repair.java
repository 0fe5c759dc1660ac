package io.qdqlint.cli;

import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.verify.Proof;
import io.qdqlint.verify.Saturations;
import io.qdqlint.verify.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;

/** A fix of a model that is to be written to a file. */
final class Repair implements AutoCloseable {
    private final Weights weights;
    private final Fix fix;
    private final Proof.Settings proof;
    private Verdict verdict;

    /**
     * Fixes the model in memory.
     *
     * @param lint what the rules propose for a model, and how it is judged
     * @param rules the ids whose findings are fixed
     * @param proof how to run the model, to see what its quantizers clip and to prove the fix; null to run nothing
     */
    Repair(
            Model model,
            Function<Model, Proposal> lint,
            Predicate<String> rules,
            FixOptions options,
            Proof.Settings proof)
            throws IOException {
        this.proof = proof;
        weights = new Weights(model.file());
        Proposal first = lint.apply(model).of(rules);
        boolean run = proof != null && options.unsafe() && !first.rewrites().isEmpty();
        FixOptions seeing = run ? options.seeing(Saturations.of(model, first.clippings(), proof)) : options;
        fix = new Fixer(m -> m == model ? first : lint.apply(m).of(rules), seeing, weights).fix(model);
    }

    Fix fix() {
        return fix;
    }

    /** What ONNX Runtime showed; null where no proof was requested. */
    Verdict verdict() {
        return verdict;
    }

    /** Why nothing was written, and what can be done. */
    String why() {
        return verdict.outcome() == Verdict.Outcome.FAILED
                ? verdict.reason()
                        + ". Leave rules out with --ignore, or all edits that change numerics by omitting --unsafe;"
                        + " fix --input proves with real inputs, --min-sqnr sets another floor, --no-verify writes"
                        + " without a proof"
                : "not verified: " + verdict.reason() + ". qdqlint replaces a model only with a proof; --no-verify"
                        + " replaces it without one, fix -o FIXED writes another file";
    }

    /**
     * Writes the fixed model if its proof holds. A model that takes the place of the original has to have one.
     *
     * @return false where the proof failed, or is missing in place, and nothing was written
     */
    boolean write(Path target) throws IOException {
        boolean inPlace = OnnxWriter.sameFile(fix.before().file(), target);
        try {
            OnnxWriter.write(fix.before(), fix.after(), target, written -> prove(written, inPlace));
            return true;
        } catch (NoProofException e) {
            return false;
        }
    }

    private void prove(Path written, boolean needed) throws IOException {
        if (proof == null || !fix.changed()) {
            return;
        }
        verdict = Proof.prove(fix, written, proof);
        if (verdict.outcome() == Verdict.Outcome.FAILED
                || needed && verdict.outcome() == Verdict.Outcome.NOT_VERIFIED) {
            throw new NoProofException(verdict.reason());
        }
    }

    @Override
    public void close() throws IOException {
        weights.close();
    }

    /** Keeps a model from being written. */
    private static final class NoProofException extends IOException {
        private static final long serialVersionUID = 1L;

        NoProofException(String reason) {
            super(reason);
        }
    }
}
