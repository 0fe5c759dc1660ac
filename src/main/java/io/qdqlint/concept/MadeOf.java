package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/** The tensor is added to others, clamped or copied, which gives {@code made}. */
public record MadeOf(Value tensor, Value made) {}
