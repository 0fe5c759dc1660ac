package io.qdqlint.ir;

import java.util.Comparator;
import java.util.List;

/**
 * An ONNX node. Identity is equality.
 *
 * @param index position among all nodes of the model, subgraphs included, in file order
 * @param rawName the node's name in the file, possibly empty; see {@link #name()}
 * @param domain operator domain; the empty string is ONNX's own
 * @param opType for example {@code Conv}
 * @param inputs null at the place of an omitted optional input
 * @param outputs null at the place of an omitted optional output
 * @param source where the node stands in the file; {@link ByteRange#NONE} for text models and inlined function bodies
 */
public record Node(
        int index,
        String rawName,
        String domain,
        String opType,
        List<Value> inputs,
        List<Value> outputs,
        List<Attribute> attributes,
        ByteRange source) {

    /** By position. {@link Comparator#comparingInt} is not used: Java generates a class for it in each process. */
    public static final Comparator<Node> ORDER = (a, b) -> Integer.compare(a.index, b.index);

    /** The node's name, or where the file gives none the one TensorRT's parser makes up: {@code node_of_<first output>}. */
    public String name() {
        if (!rawName.isEmpty()) {
            return rawName;
        }
        for (Value output : outputs) {
            if (output != null) {
                return "node_of_" + output.name();
            }
        }
        return opType;
    }

    /** Input number {@code slot}, or null if absent. */
    public Value input(int slot) {
        return slot < inputs.size() ? inputs.get(slot) : null;
    }

    /** Output number {@code slot}, or null if absent. */
    public Value output(int slot) {
        return slot < outputs.size() ? outputs.get(slot) : null;
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

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name();
    }
}
