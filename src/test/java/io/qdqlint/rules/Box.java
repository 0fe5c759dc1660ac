package io.qdqlint.rules;

import io.qdqlint.ir.Node;

/** A fact for rules that exist in tests only. */
public record Box(Node node, int size) {}
