package io.qdqlint.fix;

import io.qdqlint.rewrite.Rewrite;

/**
 * A rewrite that was not applied.
 *
 * @param why one sentence: what stands against it and, where there is one, the option that lifts it
 */
public record Refusal(Rewrite rewrite, String why) {}
