package io.qdqlint.cli;

import io.qdqlint.engine.Linter;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.verify.Proof;
import io.qdqlint.verify.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A fix on its way into a file. */
final class Repair implements AutoCloseable {
    private final Weights weights;
    private final Fix fix;
    private Verdict verdict;

    /**
     * Fixes the model in memory.
     *
     * @param rules the ids whose findings are mended
     */
    Repair(Model model, Linter linter, Predicate<String> rules, FixOptions options) {
        weights = new Weights(model.file());
        fix = new Fixer(m -> linter.propose(m).of(rules), options, weights).fix(model);
    }

    Fix fix() {
        return fix;
    }

    /** What ONNX Runtime showed; null where it was not asked. */
    Verdict verdict() {
        return verdict;
    }

    /**
     * Writes the fixed model if its proof holds.
     *
     * @param proof how to prove it; null to write without
     * @return false where the proof failed and nothing was written
     */
    boolean write(Path target, Proof.Settings proof) throws IOException {
        try {
            OnnxWriter.write(fix.before(), fix.after(), target, written -> prove(written, proof));
            return true;
        } catch (ProofFailedException e) {
            return false;
        }
    }

    private void prove(Path written, Proof.Settings proof) throws IOException {
        if (proof == null || !fix.changed()) {
            return;
        }
        verdict = Proof.prove(fix, written, proof);
        if (verdict.outcome() == Verdict.Outcome.FAILED) {
            throw new ProofFailedException(verdict.reason());
        }
    }

    @Override
    public void close() throws IOException {
        weights.close();
    }

    /** Keeps a model from being written. */
    private static final class ProofFailedException extends IOException {
        private static final long serialVersionUID = 1L;

        ProofFailedException(String reason) {
            super(reason);
        }
    }
}
