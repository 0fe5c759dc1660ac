package io.qdqlint.cli;

import io.qdqlint.verify.Proof;
import java.nio.file.Path;
import java.util.Map;

/** Whether a fixed model is compared with the original before it is written, and how near it has to be. */
final class ProofOptions {
    private boolean verify;
    private double minSqnr;

    /**
     * Declares the options.
     *
     * @param when begins what the help says, such as {@code With --fix: }
     */
    void declare(Syntax syntax, String when) {
        syntax.option("--verify")
                .says(when + "Run the model before and after in ONNX Runtime, and write nothing if the outputs are too"
                        + " far apart. Default: yes. If the model cannot be run, -o writes it and"
                        + " says 'not verified', and --in-place does not write;"
                        + " --no-verify writes without a proof.")
                .toNegatable(v -> verify = v);
        syntax.option("--min-sqnr")
                .label("DB")
                .byDefault("15")
                .says(when
                        + "Smallest SQNR of each output against the original, in dB, that is accepted after edits that change"
                        + " numerics. Default: ${DEFAULT-VALUE}.")
                .to(Double.class, v -> minSqnr = v);
    }

    /** Throws where a value makes no sense. */
    void check() {
        if (!Double.isFinite(minSqnr)) {
            throw new UsageException("--min-sqnr: " + minSqnr + " is not a number of dB");
        }
    }

    /** How to prove; null for not at all. */
    Proof.Settings settings(long seed, int runs, Map<String, Path> inputs) {
        return verify ? new Proof.Settings(seed, runs, inputs, minSqnr) : null;
    }
}
