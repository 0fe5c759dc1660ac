package io.qdqlint.ir;

import static io.qdqlint.ir.InvalidModelException.quote;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node as written, its inputs and outputs still names; empty names stand for omitted ones.
 *
 * @param overload distinguishes model-local functions of one name; empty for operators
 * @param attributes values are those of {@link Attribute}, with {@link GraphBuilder} (or an array of them) in the place
 *     of a graph
 */
public record NodeDraft(
        String name,
        String domain,
        String opType,
        String overload,
        List<String> inputs,
        List<String> outputs,
        List<Attribute> attributes,
        ByteRange source) {

    public NodeDraft withName(String other) {
        return new NodeDraft(other, domain, opType, overload, inputs, outputs, attributes, source);
    }

    public NodeDraft withAttributes(List<Attribute> others) {
        return new NodeDraft(name, domain, opType, overload, inputs, outputs, others, source);
    }

    /** True if it holds a body, as If, Loop and Scan do. */
    public boolean hasBodies() {
        for (Attribute a : attributes) {
            if (a.value() instanceof GraphBuilder || a.value() instanceof GraphBuilder[]) {
                return true;
            }
        }
        return false;
    }

    /** The bodies it holds. */
    public List<GraphBuilder> bodies() {
        if (!hasBodies()) {
            return List.of();
        }
        return attributes.stream()
                .flatMap(a -> a.value() instanceof GraphBuilder g
                        ? Stream.of(g)
                        : a.value() instanceof GraphBuilder[] gs ? Arrays.stream(gs) : Stream.empty())
                .toList();
    }

    /** How a message names it. */
    public String describe() {
        if (!name.isEmpty()) {
            return quote(opType, "") + " node " + quote(name);
        }
        return "the unnamed " + quote(opType, "") + " node that makes "
                + (outputs.isEmpty() ? "nothing" : quote(outputs.get(0)));
    }
}
