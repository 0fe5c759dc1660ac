package io.qdqlint.lint;

import io.qdqlint.concept.Clipping.Clips;
import io.qdqlint.concept.Clipping.ImpliedActivation;
import io.qdqlint.ir.Node;
import io.qdqlint.rewrite.Clipping;
import io.qdqlint.rules.run.Result;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the derived facts about quantizers that clip, for edits that change them. */
final class Clippings {
    private Clippings() {}

    static List<Clipping> of(Result result) {
        Set<Node> below = new HashSet<>();
        Set<Node> above = new HashSet<>();
        for (ImpliedActivation activation : result.all(ImpliedActivation.class)) {
            below.add(activation.quantize());
            if (activation.high() < Double.POSITIVE_INFINITY) {
                above.add(activation.quantize());
            }
        }
        Map<Node, Clipping> all = new HashMap<>();
        for (Clips c : result.all(Clips.class)) {
            Node q = c.quantize();
            all.put(q, new Clipping(q, c.low(), c.high(), c.below(), c.above(), below.contains(q), above.contains(q)));
        }
        return List.copyOf(all.values());
    }
}
