package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** A node for which the parser has no importer, so that it looks for a plugin of its name. */
public record PluginLayer(Node node) {}
