package io.qdqlint.tune;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a tuning found.
 *
 * @param trials all that was built, in order
 */
public record Tuning(List<Trial> trials, Noise noise) {

    /**
     * The row that the result is: the fastest that is a model. One of the first rows, if it is as fast within the spread; of
     * these the first.
     */
    public Optional<Trial> result() {
        Optional<Trial> fastest = writable().min(Comparator.comparingDouble(Trial::time));
        return fastest.flatMap(f -> writable()
                        .filter(t -> !Rows.isTuned(t.name()))
                        .filter(t -> !noise.faster(f, t))
                        .findFirst())
                .or(() -> fastest);
    }

    /** The row that is faster than the result by more than the spread, though no model stands for it. */
    public Optional<Trial> faster() {
        return result().flatMap(r -> trials.stream()
                .filter(t -> t.built() && !t.writable() && noise.faster(t, r))
                .findFirst());
    }

    private java.util.stream.Stream<Trial> writable() {
        return trials.stream().filter(t -> t.built() && t.writable());
    }
}
