package io.qdqlint.rewrite;

import java.util.List;
import java.util.function.Predicate;

/**
 * What one lint says to whoever changes the model.
 *
 * @param rewrites what the rules propose
 * @param clippings the quantizers that clip what their input can hold
 */
public record Proposal(List<Rewrite> rewrites, List<Clipping> clippings) {

    /** Rewrites of a model of which nothing else is known. */
    public static Proposal unjudged(List<Rewrite> rewrites) {
        return new Proposal(rewrites, List.of());
    }

    /** Other rewrites of the same model. */
    public Proposal with(List<Rewrite> others) {
        return new Proposal(others, clippings);
    }

    /** The rewrites of the rules with these ids alone. */
    public Proposal of(Predicate<String> rules) {
        return new Proposal(rewrites.stream().filter(r -> rules.test(r.rule())).toList(), clippings);
    }
}
