package io.qdqlint.verify;

import io.qdqlint.ir.DataType;

/**
 * The result of checking a claim in all runs.
 *
 * @param type of the tensor that is quantized
 * @param error the largest difference where the claim speaks
 * @param clipped share of the values beyond its range
 */
public record Held(Claim claim, DataType type, double error, double clipped) {

    public boolean holds() {
        double reach = Math.max(Math.abs(claim.low()), Math.abs(claim.high()));
        double bound = isCut() ? 2 * claim.bound() : claim.bound();
        return error <= bound * (1 + precision()) + reach * precision();
    }

    /**
     * Whether ONNX Runtime cuts a quotient off where ONNX has it rounded, so that a whole step can be lost: its 1.26 does,
     * for FP16.
     */
    public boolean isCut() {
        return type == DataType.FLOAT16;
    }

    static Held check(Claim claim, Feed original, Feed quantized, Held soFar) {
        double[] x = original.doubles();
        double[] y = quantized.doubles();
        double error = soFar == null ? 0 : soFar.error();
        long clipped = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= claim.low() && x[i] <= claim.high()) {
                error = Math.max(error, Math.abs(x[i] - y[i]));
            } else {
                clipped++;
            }
        }
        double share = x.length == 0 ? 0 : (double) clipped / x.length;
        return new Held(claim, original.type(), error, soFar == null ? share : Math.max(share, soFar.clipped()));
    }

    /** A quotient and a product are rounded: twice half a unit in the last place, and as much again to be safe. */
    private double precision() {
        return switch (type) {
            case FLOAT16 -> Math.scalb(1.0, -9);
            case BFLOAT16 -> Math.scalb(1.0, -6);
            default -> Math.scalb(1.0, -22);
        };
    }
}
