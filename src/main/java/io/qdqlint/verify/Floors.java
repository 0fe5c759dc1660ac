package io.qdqlint.verify;

import io.qdqlint.fix.Fix;
import io.qdqlint.fix.Step;
import io.qdqlint.rewrite.Exactness;
import java.util.List;

/**
 * The smallest SQNR, in dB, that a fixed model may have against its original; infinite where the bits have to be the same.
 *
 * @param exact for the outputs after the exact rewrites alone
 * @param outputs for the outputs, and for the scores that outputs of indices are made of
 * @param inside for the other tensors
 */
record Floors(double exact, double outputs, double inside) {
    /**
     * For edits that are the same in real arithmetic. An INT8 quantizer leaves at most 50 dB, a sum of FP32 numbers in
     * another order over 100 dB: less than 60 dB is more than rounding.
     */
    static final double ROUNDING = 60;

    /**
     * For tensors that are no outputs: the difference may have half the energy of the original values. Within deep networks
     * rounding alone leaves 8 dB at places; a lost activation function, a wrong sign or an exchanged channel leaves 0 dB or
     * less.
     */
    static final double INSIDE = 3;

    static Floors of(Fix fix, double minSqnr) {
        List<Exactness> all = fix.steps().stream().map(Step::exactness).toList();
        Exactness last = all.isEmpty() ? Exactness.CHANGES_NUMERICS : worst(all);
        List<Exactness> first =
                all.stream().takeWhile(e -> e != Exactness.CHANGES_NUMERICS).toList();
        double outputs = floor(last, minSqnr);
        return new Floors(floor(worst(first), minSqnr), outputs, Math.min(outputs, INSIDE));
    }

    private static Exactness worst(List<Exactness> all) {
        return all.stream().max(Exactness::compareTo).orElse(Exactness.EXACT);
    }

    private static double floor(Exactness exactness, double minSqnr) {
        return switch (exactness) {
            case EXACT -> Double.POSITIVE_INFINITY;
            case ROUNDING -> ROUNDING;
            case CHANGES_NUMERICS -> minSqnr;
        };
    }
}
