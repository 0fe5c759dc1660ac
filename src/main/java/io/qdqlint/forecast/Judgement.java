package io.qdqlint.forecast;

import java.util.Locale;

/**
 * The numbers by which two forecasts of one network are compared; less of each is better.
 *
 * @param blockers nodes that stop the build
 * @param kernels kernels that only convert
 * @param pointwise pointwise layers that are part of no convolution: a pair within one makes two of it
 * @param lostFusions kernels that a pair keeps from being part of another
 * @param floatLayers weighted layers in floating point of which nothing says how much INT8 would save
 * @param micros estimated microseconds of these kernels, pointwise layers and lost fusions, and what the other layers in
 * floating point would save in INT8; NaN when one is unknown
 */
public record Judgement(int blockers, int kernels, int pointwise, int lostFusions, int floatLayers, double micros) {
    /** The judgement of a model that is not judged. */
    public static final Judgement NONE = new Judgement(0, 0, 0, 0, 0, 0);

    /** Sums of the same numbers in another order differ by less. */
    private static final double NOTHING = 1e-6;

    private static final double MICROSECOND = 1;

    /** Layers that one more pair can add or remove. */
    public int layers() {
        return kernels + pointwise;
    }

    public boolean builds() {
        return blockers == 0;
    }

    /** Whether anything that counts is more than it was; where one of the two does not build, whether it is this one. */
    public boolean worseThan(Judgement before) {
        if (builds() != before.builds()) {
            return !builds();
        }
        if (blockers != before.blockers) {
            return blockers > before.blockers;
        }
        return slowerThan(before) || floatLayers > before.floatLayers;
    }

    /**
     * Whether kernels, these and pointwise layers or lost fusions, or their estimated time are more than they were. A model that
     * TensorRT refuses has no layers and takes no time: against one that builds, only its kernels and lost fusions count.
     */
    public boolean slowerThan(Judgement before) {
        boolean converts = kernels > before.kernels || kernels + lostFusions > before.kernels + before.lostFusions;
        boolean comparable = before.builds() || !builds();
        return converts || comparable && (layers() > before.layers() || micros > before.micros + NOTHING);
    }

    /** Whether something that counts is less than it was, and nothing is more. A microsecond is less than the estimate knows. */
    public boolean betterThan(Judgement before) {
        return !worseThan(before)
                && (blockers < before.blockers || layers() < before.layers() || micros < before.micros - MICROSECOND);
    }

    /** What a change does that leads from {@code before} to this, which is worse: completes "it would". */
    public String harm(Judgement before) {
        if (before.builds() && !builds()) {
            return "keep TensorRT from building the model";
        }
        if (blockers > before.blockers) {
            return String.format(
                    Locale.ROOT,
                    "turn %s that %s the build into %d",
                    count(before.blockers, "node"),
                    stops(before),
                    blockers);
        }
        if (kernels > before.kernels) {
            return String.format(Locale.ROOT, "turn %s into %d", count(before.kernels, "extra kernel"), kernels);
        }
        if (floatLayers > before.floatLayers) {
            return String.format(
                    Locale.ROOT,
                    "take %s from INT8 to floating point",
                    count(floatLayers - before.floatLayers, "layer"));
        }
        if (layers() > before.layers()) {
            return "split " + count(pointwise - before.pointwise, "pointwise layer");
        }
        if (kernels + lostFusions > before.kernels + before.lostFusions) {
            return String.format(Locale.ROOT, "undo %s", count(lostFusions - before.lostFusions, "fusion"));
        }
        return String.format(Locale.ROOT, "take an estimated %.2g µs more", micros - before.micros);
    }

    private static String stops(Judgement judgement) {
        return judgement.blockers == 1 ? "stops" : "stop";
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
