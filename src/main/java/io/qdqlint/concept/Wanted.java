package io.qdqlint.concept;

import io.qdqlint.ir.Value;

/**
 * The tensor would be asked for in INT8 with this scale (a {@link io.qdqlint.fact.Scale#group()}) if every Q went as far up
 * as copies let it.
 */
public record Wanted(Value tensor, int scale) {}
