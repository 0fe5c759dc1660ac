package io.qdqlint.lint;

import io.qdqlint.fact.Dequantize;
import io.qdqlint.fact.Quantize;
import io.qdqlint.forecast.Explanation;
import io.qdqlint.forecast.Explanation.Statement;
import io.qdqlint.forecast.Explanation.Step;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Node;
import io.qdqlint.rules.run.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Explains single nodes: what the facts say about them, and from which statements about TensorRT it follows. */
final class Explainer {
    private final Result result;
    private final Forecast forecast;

    Explainer(Result result, Forecast forecast) {
        this.result = result;
        this.forecast = forecast;
    }

    /** Explains the requested nodes of the model, in node order. */
    List<Explanation> explain(Predicate<Node> which) {
        return result.all(Node.class).stream().filter(which).map(this::explain).toList();
    }

    private Explanation explain(Node node) {
        Map<String, Set<Statement>> byText = new LinkedHashMap<>();
        for (ConceptText.Sentence t : ConceptText.of(result, new Subject(node, result))) {
            byText.computeIfAbsent(t.text(), k -> new LinkedHashSet<>()).addAll(result.because(t.fact()));
        }
        List<Step> steps = new ArrayList<>();
        byText.forEach((text, because) -> steps.add(new Step(text, List.copyOf(because))));
        return new Explanation(node, List.copyOf(steps), outcome(node, steps.isEmpty()));
    }

    private String outcome(Node node, boolean unknown) {
        List<Forecast.Kernel> kernels = forecast.kernels().stream()
                .filter(k -> k.nodes().contains(node))
                .toList();
        if (!kernels.isEmpty()) {
            String kind = kernels.get(0).kind().name().toLowerCase(Locale.ROOT);
            return kernels.size() == 1
                    ? "it is a " + kind + " kernel of its own"
                    : "it leads to " + kernels.size() + " kernels of their own";
        }
        if (isQuantizer(node)) {
            return unknown
                    ? "it is folded into constants at build time, or not used: no kernel"
                    : "it needs no separate kernel";
        }
        return unknown ? "no statement is about it" : "";
    }

    private boolean isQuantizer(Node node) {
        return result.all(Quantize.class).stream().anyMatch(q -> q.node() == node)
                || result.all(Dequantize.class).stream().anyMatch(d -> d.node() == node);
    }
}
