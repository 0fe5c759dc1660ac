package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What was seen of an AttributeProto. Its type field decides which value counts; where old files lack it, the value that
 * is there does.
 */
final class AttributeDraft {
    /** The value of an attribute that a call of the surrounding function supplies ({@code ref_attr_name}). */
    record Reference(String name) {}

    private static final Attribute.Unread UNREAD = new Attribute.Unread();

    String name = "";
    String reference = "";
    int type;
    Float f;
    Long i;
    Tensor tensor;
    GraphBuilder graph;
    private String s;
    private boolean blob;
    private Numbers ints;
    private Numbers floats;
    private List<String> strings;
    private List<GraphBuilder> graphs;

    /** The string value; null if it was too long to keep. */
    void string(String value) {
        s = value;
        blob = value == null;
    }

    Numbers ints() {
        return ints = ints == null ? new Numbers() : ints;
    }

    Numbers floats() {
        return floats = floats == null ? new Numbers() : floats;
    }

    List<String> strings() {
        return strings = strings == null ? new ArrayList<>() : strings;
    }

    List<GraphBuilder> graphs() {
        return graphs = graphs == null ? new ArrayList<>() : graphs;
    }

    Attribute attribute(boolean inFunction) {
        if (!reference.isEmpty()) {
            return new Attribute(name, inFunction ? new Reference(reference) : UNREAD);
        }
        Object value = switch (type == 0 ? seen() : type) {
            case TYPE_FLOAT -> f == null ? 0.0 : (double) f;
            case TYPE_INT -> i == null ? 0L : i;
            case TYPE_STRING -> blob ? null : s == null ? "" : s;
            case TYPE_TENSOR -> tensor;
            case TYPE_GRAPH -> graph;
            case TYPE_FLOATS -> floats().doubles();
            case TYPE_INTS -> ints().longs();
            case TYPE_STRINGS -> strings().contains(null) ? null : strings().toArray(String[]::new);
            case TYPE_GRAPHS -> graphs().toArray(GraphBuilder[]::new);
            default -> null;
        };
        return new Attribute(name, value == null ? UNREAD : value);
    }

    private int seen() {
        Object[] values = {f, i, s, tensor, graph, floats, ints, strings, graphs};
        int[] types = {
            TYPE_FLOAT,
            TYPE_INT,
            TYPE_STRING,
            TYPE_TENSOR,
            TYPE_GRAPH,
            TYPE_FLOATS,
            TYPE_INTS,
            TYPE_STRINGS,
            TYPE_GRAPHS
        };
        for (int at = 0; at < values.length; at++) {
            if (values[at] != null) {
                return types[at];
            }
        }
        return 0;
    }
}
