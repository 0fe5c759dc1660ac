package io.qdqlint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Judges the measurements: the first wrong one is the reason. */
final class Judge {
    /** From this clipped share of an input on, the outputs show the clipping and not the model. */
    private static final double MOSTLY = 0.5;

    private final List<Drift> exact;
    private final List<Drift> outputs;
    private final List<Drift> tensors;
    private final List<Held> claims;
    private final Set<String> scores;
    private final Map<String, Double> clipped;

    /**
     * @param scores the tensors that outputs of indices are made of
     * @param clipped share of each input that the quantizer reading it clips
     */
    Judge(
            List<Drift> exact,
            List<Drift> outputs,
            List<Drift> tensors,
            List<Held> claims,
            Set<String> scores,
            Map<String, Double> clipped) {
        this.exact = exact;
        this.outputs = outputs;
        this.tensors = tensors;
        this.claims = claims;
        this.scores = scores;
        this.clipped = clipped;
    }

    /**
     * @param notes what is to be said beside
     */
    Verdict verdict(List<String> notes, int runs) {
        List<String> all = new ArrayList<>(notes);
        clipped.forEach((input, share) -> all.add(percent(share) + " of the input '" + input
                + "' is outside the range of the quantizer that reads it, and is clipped"));
        outputs.stream()
                .filter(d -> d.level() != Drift.Level.VARIED && d.means() != Drift.Means.INDICES)
                .forEach(d -> all.add("output '" + d.output() + "' is "
                        + (d.level() == Drift.Level.ZERO ? "all zero" : "a single number") + " for these inputs, which"
                        + " shows little; give real inputs with --input"));
        if (claims.stream().anyMatch(Held::isCut)) {
            all.add("ONNX Runtime truncates when it quantizes FP16, so the bound there is a whole step");
        }
        String wrong = wrong();
        String vacuous = wrong.isEmpty() ? vacuous() : "";
        Verdict.Outcome outcome = !wrong.isEmpty()
                ? Verdict.Outcome.FAILED
                : !vacuous.isEmpty() ? Verdict.Outcome.NOT_VERIFIED : Verdict.Outcome.PROVEN;
        return new Verdict(outcome, wrong + vacuous, exact, outputs, tensors, claims, all, runs);
    }

    private String wrong() {
        for (Drift d : exact) {
            if (!d.holds() && d.floor() == Double.POSITIVE_INFINITY) {
                return "exact edits change output '" + d.output() + "' by " + d.maxError();
            }
        }
        for (Drift d : outputs) {
            if (d.broken()) {
                return "output '" + d.output() + "' differs in shape, NaN or infinity";
            }
        }
        for (Held h : claims) {
            if (!h.holds()) {
                return "'" + h.claim().quantized() + "' is " + h.error() + " off, more than the bound of "
                        + h.claim().bound();
            }
        }
        for (List<Drift> some : List.of(exact, outputs)) {
            for (Drift d : some) {
                if (!d.holds() && !isUnknown(d)) {
                    return "output '" + d.output() + "' " + tooFar(d) + first();
                }
            }
        }
        for (Drift d : tensors) {
            if (!d.holds() && !isUnknown(d)) {
                return "tensor '" + d.output() + "' inside the model " + tooFar(d);
            }
        }
        return "";
    }

    /** Relative to zeros every difference is infinitely large. */
    private static boolean isUnknown(Drift d) {
        return d.level() == Drift.Level.ZERO && !d.broken() && d.floor() != Double.POSITIVE_INFINITY;
    }

    private String first() {
        return tensors.stream()
                .filter(d -> !d.holds() && !isUnknown(d))
                .findFirst()
                .map(d -> "; the first tensor that differs too much is '" + d.output() + "'")
                .orElse("");
    }

    private static String tooFar(Drift d) {
        if (d.broken()) {
            return "differs in shape, NaN or infinity";
        }
        if (d.floor() == Double.POSITIVE_INFINITY) {
            return "is off by " + d.maxError() + ", but exact edits must keep every bit";
        }
        return String.format(
                Locale.ROOT,
                "has an SQNR of %.1f dB against the original, below the floor of %.1f dB",
                d.sqnr(),
                d.floor());
    }

    private String vacuous() {
        for (Map.Entry<String, Double> input : clipped.entrySet()) {
            if (input.getValue() > MOSTLY) {
                return percent(input.getValue()) + " of the input '" + input.getKey()
                        + "' is outside the range of the quantizer that reads it; give inputs within the range with --input";
            }
        }
        if (outputs.isEmpty()) {
            return "no output is a tensor of numbers that can be compared";
        }
        for (Drift d : outputs) {
            if (d.level() == Drift.Level.ZERO && d.means() != Drift.Means.INDICES && !d.same()) {
                return "output '" + d.output() + "' is all zero in the original and up to " + d.maxError()
                        + " in the fixed model, so no SQNR exists; give real inputs with --input";
            }
        }
        List<Drift> seen = new ArrayList<>(outputs);
        seen.removeIf(d -> d.means() == Drift.Means.INDICES);
        tensors.stream().filter(d -> scores.contains(d.output())).forEach(seen::add);
        if (!seen.isEmpty() && seen.stream().noneMatch(d -> d.level() == Drift.Level.VARIED)) {
            return "every output is a single number for these inputs; give real inputs with --input";
        }
        return "";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3g %%", 100 * share);
    }
}
