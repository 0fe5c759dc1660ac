package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A node while edits are applied: its parts by name. Attributes that hold graphs hold {@link DraftGraph}s here. */
final class DraftNode {
    final String name;
    final String domain;
    final String opType;
    final List<String> inputs;
    final List<String> outputs;
    final List<Attribute> attributes;
    final ByteRange source;

    private DraftNode(
            String name,
            String domain,
            String opType,
            List<String> inputs,
            List<String> outputs,
            List<Attribute> attributes,
            ByteRange source) {
        this.name = name;
        this.domain = domain;
        this.opType = opType;
        this.inputs = new ArrayList<>(inputs);
        this.outputs = new ArrayList<>(outputs);
        this.attributes = new ArrayList<>(attributes);
        this.source = source;
    }

    static DraftNode of(Node node, Function<Graph, DraftGraph> bodies) {
        DraftNode draft = new DraftNode(
                node.rawName(),
                node.domain(),
                node.opType(),
                names(node.inputs()),
                names(node.outputs()),
                node.attributes(),
                node.source());
        draft.attributes.replaceAll(a -> {
            if (a.value() instanceof Graph g) {
                return new Attribute(a.name(), bodies.apply(g));
            }
            if (a.value() instanceof Graph[] gs) {
                return new Attribute(a.name(), Arrays.stream(gs).map(bodies).toArray(DraftGraph[]::new));
            }
            return a;
        });
        return draft;
    }

    static DraftNode of(Edit.AddNode added) {
        return new DraftNode(
                added.name(), "", added.opType(), added.inputs(), added.outputs(), added.attributes(), ByteRange.NONE);
    }

    private static List<String> names(List<Value> values) {
        return values.stream().map(v -> v == null ? "" : v.name()).toList();
    }

    void setInput(int slot, String tensor) {
        while (inputs.size() <= slot) {
            inputs.add("");
        }
        inputs.set(slot, tensor);
    }

    void removeAttribute(String attribute) {
        attributes.removeIf(a -> a.name().equals(attribute));
    }

    void setAttribute(Attribute attribute) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).name().equals(attribute.name())) {
                attributes.set(i, attribute);
                return;
            }
        }
        attributes.add(attribute);
    }

    /** Each name the node reads, those that its bodies read included. */
    void forEachRead(Consumer<String> action) {
        inputs.stream().filter(n -> !n.isEmpty()).forEach(action);
        forEachBody(body -> body.forEachRead(action));
    }

    void forEachBody(Consumer<DraftGraph> action) {
        for (Attribute a : attributes) {
            if (a.value() instanceof DraftGraph body) {
                action.accept(body);
            } else if (a.value() instanceof DraftGraph[] several) {
                Arrays.stream(several).forEach(action);
            }
        }
    }

    void addTo(GraphBuilder builder) {
        List<Attribute> built = attributes.stream()
                .map(a -> a.value() instanceof DraftGraph body
                        ? new Attribute(a.name(), body.builder())
                        : a.value() instanceof DraftGraph[] several
                                ? new Attribute(
                                        a.name(),
                                        Arrays.stream(several)
                                                .map(DraftGraph::builder)
                                                .toArray(GraphBuilder[]::new))
                                : a)
                .toList();
        builder.node(name, domain, opType, List.copyOf(inputs), List.copyOf(outputs), built, source);
    }
}
