package io.qdqlint.fact;

import java.util.List;

/** What was extracted: the facts for the rules, and the shapes for sizing what the rules find. */
public record Facts(List<Object> list, ShapeInference shapes) {}
