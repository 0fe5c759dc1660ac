package io.qdqlint.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A graph: the model's own or the body of an If, Loop or Scan. Nodes are in the order of the file, which is topological in
 * ONNX. Made by {@link GraphBuilder}, which checks that.
 */
public final class Graph {
    private final String name;
    private final List<Node> nodes;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final Map<String, Value> values;
    private final List<Graph> subgraphs;

    Graph(
            String name,
            List<Node> nodes,
            List<Value> inputs,
            List<Value> outputs,
            Map<String, Value> values,
            List<Graph> subgraphs) {
        this.name = name;
        this.nodes = nodes;
        this.inputs = inputs;
        this.outputs = outputs;
        this.values = values;
        this.subgraphs = subgraphs;
    }

    public String name() {
        return name;
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Graph inputs, without those that are initializers as well. */
    public List<Value> inputs() {
        return inputs;
    }

    public List<Value> outputs() {
        return outputs;
    }

    /** The values defined in this graph (not those captured from outside). */
    public Collection<Value> values() {
        return values.values();
    }

    /** The value of that name defined in this graph, or null. */
    public Value value(String valueName) {
        return values.get(valueName);
    }

    /** The tensors that this graph and its bodies store: initializers, and values of attributes. */
    public List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>();
        for (Value value : values.values()) {
            if (value.isConstant() && value.producer() == null) {
                all.add(value.constant());
            }
        }
        for (Node node : nodes) {
            for (Attribute attribute : node.attributes()) {
                if (attribute.value() instanceof Tensor tensor) {
                    all.add(tensor);
                }
            }
        }
        subgraphs.forEach(body -> all.addAll(body.tensors()));
        return all;
    }

    /** Bodies held by nodes of this graph. */
    public List<Graph> subgraphs() {
        return subgraphs;
    }
}
