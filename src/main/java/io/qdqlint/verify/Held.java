package io.qdqlint.verify;

/**
 * What became of a claim in the runs.
 *
 * @param error the largest difference where the claim speaks
 * @param clipped share of the values beyond its range
 */
public record Held(Claim claim, double error, double clipped) {
    /** Scaling and rounding happen in FP32, which is exact to 2^-24 of the value. */
    private static final double EPSILON = Math.scalb(1.0, -22);

    public boolean holds() {
        return error <= claim.bound() * (1 + EPSILON) + claim.range() * EPSILON;
    }

    static Held check(Claim claim, Feed original, Feed quantized, Held soFar) {
        double[] x = original.doubles();
        double[] y = quantized.doubles();
        double error = soFar == null ? 0 : soFar.error();
        long clipped = 0;
        for (int i = 0; i < x.length; i++) {
            if (Math.abs(x[i]) <= claim.range()) {
                error = Math.max(error, Math.abs(x[i] - y[i]));
            } else {
                clipped++;
            }
        }
        double share = x.length == 0 ? 0 : (double) clipped / x.length;
        return new Held(claim, error, soFar == null ? share : Math.max(share, soFar.clipped()));
    }
}
