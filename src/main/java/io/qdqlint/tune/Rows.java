package io.qdqlint.tune;

import io.qdqlint.trt.run.BuildMode;
import java.util.List;
import java.util.Set;

/** The rows of a tuning. */
public final class Rows {
    public static final String EXPORTED = "as exported";
    public static final String FIXED = "fixed";
    public static final String FP16 = "FP16";
    public static final String IMPLICIT = "implicit INT8";

    /** Of a row that starts from the model as {@code fix --unsafe} leaves it. */
    private static final String TUNED = "tuned ";

    /** Of a row that starts from the model as exported. */
    private static final String EXPORTED_TUNED = "exported, tuned ";

    private Rows() {}

    /** One that is still to be built. */
    public static Trial planned(String name, BuildMode mode, Set<String> floats, double forecast) {
        return new Trial(name, mode, !name.equals(IMPLICIT), floats, List.of(), null, "", Double.NaN, forecast);
    }

    /** One of which nothing but its times counts. */
    public static Trial timed(String name, List<Double> millis) {
        return new Trial(name, BuildMode.INT8, true, Set.of(), millis, null, "", Double.NaN, Double.NaN);
    }

    /** The next row with layers in floating point. */
    static Trial tuned(List<Trial> before, Set<String> floats, Trial start, double forecast) {
        long number = 1 + before.stream().filter(t -> isTuned(t.name())).count();
        String name = (start.name().equals(EXPORTED) ? EXPORTED_TUNED : TUNED) + number;
        return planned(name, start.mode(), floats, forecast);
    }

    /** Whether the row has layers in floating point that were chosen. */
    public static boolean isTuned(String name) {
        return name.startsWith(TUNED) || name.startsWith(EXPORTED_TUNED);
    }

    /** Whether it starts from the model as exported, and not from the fixed one. */
    public static boolean isOfExported(String name) {
        return name.equals(EXPORTED) || name.startsWith(EXPORTED_TUNED);
    }
}
