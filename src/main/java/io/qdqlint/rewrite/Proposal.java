package io.qdqlint.rewrite;

import io.qdqlint.forecast.Judgement;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The edits and the forecast of one lint, for code that changes the model.
 *
 * @param rewrites what the rules propose
 * @param clippings the quantizers that clip what their input can hold
 * @param judgement what the changed model is compared by
 * @param candidates edits that may make the forecast better
 * @param kernels the {@link io.qdqlint.forecast.KernelKey#name() names} of the kernels that only convert
 */
public record Proposal(
        List<Rewrite> rewrites,
        List<Clipping> clippings,
        Judgement judgement,
        List<Candidate> candidates,
        Set<String> kernels) {

    /** Without candidates. */
    public Proposal(List<Rewrite> rewrites, List<Clipping> clippings, Judgement judgement) {
        this(rewrites, clippings, judgement, List.of(), Set.of());
    }

    /** Rewrites of a model without a forecast: they are applied without a judgement of the result. */
    public static Proposal unjudged(List<Rewrite> rewrites) {
        return new Proposal(rewrites, List.of(), Judgement.NONE);
    }

    /** Other rewrites of the same model, applied without a judgement of the result. */
    public Proposal with(List<Rewrite> others) {
        return new Proposal(others, clippings, Judgement.NONE, List.of(), kernels);
    }

    /** The rewrites of the rules with these ids alone. */
    public Proposal of(Predicate<String> rules) {
        return new Proposal(
                rewrites.stream().filter(r -> rules.test(r.rule())).toList(),
                clippings,
                judgement,
                candidates.stream().filter(c -> rules.test(c.edit().rule())).toList(),
                kernels);
    }
}
