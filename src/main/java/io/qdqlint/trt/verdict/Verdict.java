package io.qdqlint.trt.verdict;

import io.qdqlint.trt.EngineLayer;
import java.util.List;
import java.util.Locale;

/**
 * The verdict of an engine on a part of the forecast.
 *
 * @param layers the engine's layers that show it; empty unless confirmed by layers
 * @param micros measured microseconds per inference of these layers; NaN when not measured
 * @param why one phrase
 */
public record Verdict(Outcome outcome, List<EngineLayer> layers, double micros, String why) {

    /** Whether it was right. */
    public enum Outcome {
        CONFIRMED,
        REFUTED,
        NOT_JUDGED;

        /** {@code not judged}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Verdict refuted(String why) {
        return new Verdict(Outcome.REFUTED, List.of(), 0, why);
    }

    static Verdict notJudged(String why) {
        return new Verdict(Outcome.NOT_JUDGED, List.of(), Double.NaN, why);
    }

    public boolean isConfirmed() {
        return outcome == Outcome.CONFIRMED;
    }
}
