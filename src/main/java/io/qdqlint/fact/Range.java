package io.qdqlint.fact;

/**
 * The values that a tensor can hold, as far as its producers say.
 *
 * @param low no value is smaller; negative infinity where nothing is known
 * @param high no value is larger; infinity where nothing is known
 * @param computed whether a node of the model computes the values; false for a graph input and for copies of it
 */
public record Range(double low, double high, boolean computed) {
    /** What a node computes of which nothing is known. */
    static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true);

    static Range of(double low, double high) {
        return low <= high ? new Range(low, high, true) : ANY;
    }

    /** All that is in one of both. */
    Range union(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high), computed || other.computed);
    }

    /** Sums of a value of each. */
    Range plus(Range other) {
        return of(low + other.low, high + other.high);
    }

    /** Products of a value of each. */
    Range times(Range other) {
        double a = product(low, other.low);
        double b = product(low, other.high);
        double c = product(high, other.low);
        double d = product(high, other.high);
        return of(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    /** Zero times infinity is a bound of zero, as the infinite end is never reached. */
    private static double product(double a, double b) {
        return a == 0 || b == 0 ? 0 : a * b;
    }
}
