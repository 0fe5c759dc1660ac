package io.qdqlint.ir;

import java.util.List;

/**
 * An ONNX node. Identity is equality. An omitted optional input or output (empty name) is null in {@link #inputs()} and
 * {@link #outputs()}.
 */
public final class Node {
    private final int index;
    private final String name;
    private final String domain;
    private final String opType;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final List<Attribute> attributes;
    private final ByteRange source;

    Node(
            int index,
            String name,
            String domain,
            String opType,
            List<Value> inputs,
            List<Value> outputs,
            List<Attribute> attributes,
            ByteRange source) {
        this.index = index;
        this.name = name;
        this.domain = domain;
        this.opType = opType;
        this.inputs = inputs;
        this.outputs = outputs;
        this.attributes = attributes;
        this.source = source;
    }

    /** Position among all nodes of the model, subgraphs included, in file order. */
    public int index() {
        return index;
    }

    /** The node's name in the file, possibly empty. */
    public String rawName() {
        return name;
    }

    /** The node's name, or {@code (unnamed OpType -> first output)} where the file gives none. */
    public String name() {
        if (!name.isEmpty()) {
            return name;
        }
        String output = outputs.stream()
                .filter(java.util.Objects::nonNull)
                .map(Value::name)
                .findFirst()
                .orElse("nothing");
        return "(unnamed " + opType + " -> " + output + ")";
    }

    /** Operator domain; the empty string is ONNX's own. */
    public String domain() {
        return domain;
    }

    /** For example {@code Conv}. */
    public String opType() {
        return opType;
    }

    public List<Value> inputs() {
        return inputs;
    }

    public List<Value> outputs() {
        return outputs;
    }

    /** Input number {@code slot}, or null if absent. */
    public Value input(int slot) {
        return slot < inputs.size() ? inputs.get(slot) : null;
    }

    /** Output number {@code slot}, or null if absent. */
    public Value output(int slot) {
        return slot < outputs.size() ? outputs.get(slot) : null;
    }

    public List<Attribute> attributes() {
        return attributes;
    }

    /** The attribute's value (see {@link Attribute}), or null. */
    public Object attribute(String attributeName) {
        for (Attribute a : attributes) {
            if (a.name().equals(attributeName)) {
                return a.value();
            }
        }
        return null;
    }

    public long intAttribute(String attributeName, long otherwise) {
        return attribute(attributeName) instanceof Long v ? v : otherwise;
    }

    public String stringAttribute(String attributeName, String otherwise) {
        return attribute(attributeName) instanceof String v ? v : otherwise;
    }

    /** The attribute's integers, or null. */
    public long[] intsAttribute(String attributeName) {
        return attribute(attributeName) instanceof long[] v ? v.clone() : null;
    }

    /** Where the node stands in the file; {@link ByteRange#NONE} for text models and inlined function bodies. */
    public ByteRange source() {
        return source;
    }

    @Override
    public String toString() {
        return name();
    }
}
