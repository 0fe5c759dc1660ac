package io.qdqlint.fix;

import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import java.util.List;

/**
 * What became of a model.
 *
 * @param exact the model after the exact rewrites alone, which computes the same bits as {@code before}
 * @param after with the others as well
 * @param steps in the order they were applied
 * @param refusals what was not applied to {@code after}
 * @param settled false where the bound on rounds ended it while there was still something to change
 * @param tried the candidate edits of {@code after}, none of which makes its forecast better; {@link Forecast#NOT_ALL} where there were
 *     too many to try them all
 */
public record Fix(
        Model before,
        Model exact,
        Model after,
        List<Step> steps,
        List<Refusal> refusals,
        int rounds,
        boolean settled,
        int tried) {

    public boolean changed() {
        return after != before;
    }
}
