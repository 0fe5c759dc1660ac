package io.qdqlint.report.text;

import io.qdqlint.verify.Drift;
import java.util.Locale;

/** The difference between a tensor before and after a fix, in words. */
final class DriftText {
    private DriftText() {}

    static String of(Drift d) {
        if (d.same()) {
            return "the same, bit for bit";
        }
        if (d.broken()) {
            return "another shape, or NaN or infinity where there was a number";
        }
        String error = String.format(Locale.ROOT, "max error %.4g", d.maxError());
        return switch (d.means()) {
            case NUMBERS -> error + ", " + sqnr(d) + share(", top-1 agrees in ", d.top1());
            case CODES -> "codes of a quantizer" + share(", equal in ", d.equal()) + ", " + error + ", " + sqnr(d);
            case INDICES ->
                "integers" + share(", equal in ", d.equal()) + "; judged by the scores that they are computed from";
        };
    }

    /** The SQNR and the floor that it is held to. */
    static String sqnr(Drift d) {
        String floor = Double.isFinite(d.floor()) ? String.format(Locale.ROOT, " (floor %.1f)", d.floor()) : "";
        return Double.isInfinite(d.sqnr()) && d.sqnr() > 0
                ? "no difference"
                : String.format(Locale.ROOT, "SQNR %.1f dB", d.sqnr()) + floor;
    }

    private static String share(String words, double share) {
        return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%s%.1f %%", words, 100 * share);
    }
}
