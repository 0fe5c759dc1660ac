package io.qdqlint.ir;

import java.util.Collections;
import java.util.List;

/**
 * A named tensor of a graph: graph input, initializer or node output. Identity is equality: a graph has one object per
 * name. Links to producer and consumers are filled by {@link GraphBuilder} and do not change afterwards.
 */
public final class Value {
    private final String name;
    private final int id;
    DataType type = DataType.UNDEFINED;
    Shape shape;
    Tensor constant;
    Node producer;
    int outputSlot = -1;

    boolean graphInput;
    boolean defaulted;
    boolean graphOutput;
    List<Use> uses = List.of();

    Value(String name, int id) {
        this.name = name;
        this.id = id;
    }

    /** One place where a value is read: input number {@code slot} of {@code node}. */
    public record Use(Node node, int slot) {}

    public String name() {
        return name;
    }

    /** Number of this value within the model, counted from 0 without gaps: an index for arrays and bit sets. */
    public int id() {
        return id;
    }

    /** Element type, {@link DataType#UNDEFINED} if neither the file nor inference says it. */
    public DataType type() {
        return type;
    }

    /** Shape, or null when not even the rank is known. */
    public Shape shape() {
        return shape;
    }

    /**
     * The stored tensor when this is an initializer or the output of a {@code Constant} node, directly or through
     * {@code Identity}, by which exporters share initializers; otherwise null.
     */
    public Tensor constant() {
        return constant;
    }

    public boolean isConstant() {
        return constant != null;
    }

    /** The node that computes this value; null for graph inputs and initializers. */
    public Node producer() {
        return producer;
    }

    /** Which output of {@link #producer()} this is; -1 without a producer. */
    public int outputSlot() {
        return outputSlot;
    }

    public boolean isGraphInput() {
        return graphInput;
    }

    /** Whether this is an initializer that is listed as a graph input too: from IR version 4 on a default that a caller may replace. */
    public boolean isDefaulted() {
        return defaulted;
    }

    public boolean isGraphOutput() {
        return graphOutput;
    }

    /** Where it is read, in node order, including from subgraphs that capture it. */
    public List<Use> uses() {
        return Collections.unmodifiableList(uses);
    }

    @Override
    public String toString() {
        return name;
    }
}
