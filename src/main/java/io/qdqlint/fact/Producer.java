package io.qdqlint.fact;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import java.util.List;

/**
 * What the file says about the program that wrote it.
 *
 * @param program {@code producer_name} and version, possibly empty
 * @param quantizers names of the QuantizeLinear nodes and of what they give
 */
public record Producer(String program, List<String> quantizers) {
    static Producer of(Model model) {
        Graph graph = model.graph();
        return new Producer(
                model.producer(),
                graph.nodes().stream()
                        .filter(n -> n.opType().equals("QuantizeLinear") && n.output(0) != null)
                        .map(n -> n.rawName() + "\n" + n.output(0).name())
                        .toList());
    }

    /** Whether a quantizer, or what it gives, has this in its name. */
    public boolean writes(String part) {
        return quantizers.stream().anyMatch(q -> q.contains(part));
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return program.hashCode();
    }
}
