package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** A {@link FloatReader} reads this tensor in floating point, at this input. */
public record FloatSlot(Node node, int slot, Value tensor) {}
