package io.qdqlint.report.engine;

import io.qdqlint.tune.Rows;
import io.qdqlint.tune.Trial;
import io.qdqlint.tune.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a tuning, in sentences. */
final class TuneStory {
    private TuneStory() {}

    static List<String> of(Tuning tuning) {
        List<String> out = new ArrayList<>();
        if (tuning.result().isEmpty()) {
            out.add("No model was built, so there is no result.");
            return out;
        }
        Trial result = tuning.result().get();
        out.add(String.format(Locale.ROOT, "The result is the row '%s': %.4f ms.", result.name(), result.time()));
        if (result.name().equals(Rows.FP16)) {
            out.add(
                    "Without Q/DQ, in FP16, the model is as fast as any placement that was built: INT8 does not pay here.");
        } else if (!Rows.isTuned(result.name())) {
            out.add("No placement that was built is faster by more than the spread.");
        }
        for (Trial trial : tuning.trials()) {
            if (trial.built() && !trial.name().equals(result.name())) {
                out.add(against(trial, result, tuning));
            }
        }
        tuning.faster()
                .ifPresent(
                        t -> out.add("The row '" + t.name() + "' is faster, but cannot be written with Q/DQ: TensorRT"
                                + " chose the precision of each layer during the build. To use it, build the model without Q/DQ"
                                + " with --int8 --fp16 and a calibration cache."));
        out.add(String.format(
                Locale.ROOT,
                "Differences below %.1f %% are ignored: that is the largest spread of the repeated timings, or 1 %%"
                        + " without repeats.",
                100 * tuning.noise().share()));
        return out;
    }

    private static String against(Trial trial, Trial result, Tuning tuning) {
        return tuning.noise().equal(trial, result)
                ? "'" + trial.name() + "' takes as long, within the spread."
                : String.format(
                        Locale.ROOT,
                        "'%s' takes %.1f %% %s.",
                        trial.name(),
                        100 * Math.abs(trial.time() / result.time() - 1),
                        trial.time() > result.time() ? "longer" : "less");
    }
}
