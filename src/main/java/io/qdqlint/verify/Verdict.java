package io.qdqlint.verify;

import java.util.List;

/**
 * The result of running a model before and after a fix.
 *
 * @param reason why it failed or was not verified; empty when it holds
 * @param exact outputs after the exact rewrites alone, against those before; empty where there were none
 * @param drifts outputs after all rewrites, against those before
 * @param tensors tensors inside that may have changed, against those before, in the order in which they are computed
 * @param claims the bounds that the rewrites state, at the tensors that they are about
 * @param notes what limits what was shown, each a sentence: outputs not compared, inputs that are clipped
 * @param runs how often the models ran
 */
public record Verdict(
        Outcome outcome,
        String reason,
        List<Drift> exact,
        List<Drift> drifts,
        List<Drift> tensors,
        List<Held> claims,
        List<String> notes,
        int runs) {

    /** How it ended. */
    public enum Outcome {
        /** After exact edits every bit is equal, every bound holds, and every tensor is near enough. */
        PROVEN,
        /** A claim of the fix is wrong, a tensor differs too much, or ONNX Runtime refuses the fixed model. */
        FAILED,
        /** The models could not be run, or their outputs show nothing. */
        NOT_VERIFIED
    }

    static Verdict notVerified(String reason) {
        return new Verdict(Outcome.NOT_VERIFIED, reason, List.of(), List.of(), List.of(), List.of(), List.of(), 0);
    }

    static Verdict failed(String reason) {
        return new Verdict(Outcome.FAILED, reason, List.of(), List.of(), List.of(), List.of(), List.of(), 0);
    }
}
