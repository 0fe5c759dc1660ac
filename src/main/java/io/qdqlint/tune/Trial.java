package io.qdqlint.tune;

import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.run.BuildMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A model that was built and timed, or could not be.
 *
 * @param name the row's name in the table
 * @param writable false for a build that no model with Q/DQ stands for
 * @param floats layers that were left in floating point on top of what the row starts from; empty for the first rows
 * @param millis median GPU milliseconds of each run, in the order of the runs; empty if it was not built
 * @param engine of the first run; null if it was not built
 * @param failure why it was not built; empty if it was
 * @param seconds that the first build took with its measurements
 * @param forecast forecast milliseconds; NaN for the first rows
 */
public record Trial(
        String name,
        BuildMode mode,
        boolean writable,
        Set<String> floats,
        List<Double> millis,
        MeasuredEngine engine,
        String failure,
        double seconds,
        double forecast) {

    public boolean built() {
        return !millis.isEmpty();
    }

    /** The median of its runs in milliseconds; NaN if it was not built. */
    public double time() {
        List<Double> sorted = millis.stream().sorted().toList();
        int n = sorted.size();
        return n == 0 ? Double.NaN : (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    /** How far its runs are apart, in milliseconds; NaN with fewer than two. */
    public double spread() {
        return millis.size() < 2
                ? Double.NaN
                : millis.stream().mapToDouble(d -> d).max().orElseThrow()
                        - millis.stream().mapToDouble(d -> d).min().orElseThrow();
    }

    /** The same after one more run. */
    Trial again(double more) {
        List<Double> all = new ArrayList<>(millis);
        all.add(more);
        return new Trial(name, mode, writable, floats, List.copyOf(all), engine, failure, seconds, forecast);
    }
}
