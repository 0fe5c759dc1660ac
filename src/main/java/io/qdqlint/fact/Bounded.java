package io.qdqlint.fact;

import io.qdqlint.ir.Value;

/**
 * A node computes the tensor, and its values stay within a range whatever the model reads, as after a Clip.
 *
 * @param magnitude no value has a larger one
 */
public record Bounded(Value tensor, double magnitude) {}
