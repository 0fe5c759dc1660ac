package io.qdqlint.finding;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/**
 * One place that a finding speaks of.
 *
 * @param node the node, or null where the place is a tensor nobody computes
 * @param value the tensor concerned, or null
 * @param scale the scale as a person reads it ({@code 0.0512}, {@code 64 scales 0.001..0.02}), or null
 * @param note what this place has to do with the finding, a short phrase such as {@code "scale 0.05"}; never null
 */
public record Place(Node node, Value value, String scale, String note) {}
