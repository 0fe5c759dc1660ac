package io.qdqlint.fix;

import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.Rewrite;
import java.util.List;

/**
 * A rewrite that was applied.
 *
 * @param bound how far a value of the tensor concerned can be from what it was, or from the unquantized value where
 *     {@code says} has it so; 0 for exact rewrites
 * @param says one sentence: what was done, to which tensors, and the bound in words
 * @param touched outputs of the DQs whose quantizers are new or have another scale
 */
public record Step(Rewrite rewrite, Exactness exactness, double bound, String says, List<String> touched) {}
