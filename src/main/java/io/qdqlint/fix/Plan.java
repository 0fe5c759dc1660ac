package io.qdqlint.fix;

import java.util.List;

/**
 * What one round does to a model.
 *
 * @param edits empty where nothing is left to do, or nothing that may be done
 */
record Plan(List<Edit> edits, List<Step> steps, List<Refusal> refusals) {}
