package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is converted by a kernel, or copied from one that is. */
public record Unsettled(Value tensor, StandAlone kernel) {}
