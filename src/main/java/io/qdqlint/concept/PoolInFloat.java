package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The kernel would go if this average pool read its input in INT8, which nothing stands against. */
public record PoolInFloat(StandAlone kernel, Node pool, Value in, int slot) {}
