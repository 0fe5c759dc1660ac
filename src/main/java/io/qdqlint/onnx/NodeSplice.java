package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;
import static io.qdqlint.onnx.WireInput.LEN;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The NodeProto of a node that was changed: its new parts between the bytes of what stays. */
final class NodeSplice {
    private final WireInput in;
    private final Path file;
    private final GraphSplice graphs;

    NodeSplice(WireInput in, Path file, GraphSplice graphs) {
        this.in = in;
        this.file = file;
        this.graphs = graphs;
    }

    /** True where the bytes in the file say the same of both. A node with a body has to be looked into. */
    static boolean same(Node before, Node after) {
        return names(before.inputs()).equals(names(after.inputs()))
                && names(before.outputs()).equals(names(after.outputs()))
                && before.attributes().size() == after.attributes().size()
                && before.attributes().stream().allMatch(a -> a.value() == after.attribute(a.name()));
    }

    private static List<String> names(List<Value> values) {
        return values.stream().map(v -> v == null ? "" : v.name()).toList();
    }

    /** Reads the rest of the message that the stream is in. */
    Pieces splice(Node before, Node after) throws IOException {
        Pieces out = new Pieces();
        boolean inputs = names(before.inputs()).equals(names(after.inputs()));
        boolean outputs = names(before.outputs()).equals(names(after.outputs()));
        if (!inputs) {
            after.inputs().forEach(v -> out.text(NODE_INPUT, v == null ? "" : v.name()));
        }
        if (!outputs) {
            after.outputs().forEach(v -> out.text(NODE_OUTPUT, v == null ? "" : v.name()));
        }
        Set<String> kept = new HashSet<>();
        while (in.remaining() > 0) {
            int start = in.position();
            int tag = in.tag();
            if (tag == (NODE_ATTRIBUTE << 3 | LEN)) {
                out.add(attribute(start, before, after, kept));
                continue;
            }
            in.skip(tag);
            boolean replaced = tag == (NODE_INPUT << 3 | LEN) && !inputs || tag == (NODE_OUTPUT << 3 | LEN) && !outputs;
            if (!replaced) {
                out.add(file, start, in.position());
            }
        }
        for (Attribute a : after.attributes()) {
            if (!kept.contains(a.name())) {
                out.message(NODE_ATTRIBUTE, OnnxEncoder.attribute(a));
            }
        }
        return out;
    }

    private Pieces attribute(int start, Node before, Node after, Set<String> kept) throws IOException {
        int outer = in.enter();
        Pieces body = new Pieces();
        String name = "";
        int bodies = 0;
        // The name comes before the graphs in every file that a protobuf library wrote.
        while (in.remaining() > 0) {
            int fieldStart = in.position();
            int tag = in.tag();
            if (tag == (ATTRIBUTE_NAME << 3 | LEN)) {
                name = in.name();
                body.add(file, fieldStart, in.position());
            } else if (tag == (ATTRIBUTE_G << 3 | LEN) || tag == (ATTRIBUTE_GRAPHS << 3 | LEN)) {
                Graph was = graph(before, name, bodies);
                Graph is = graph(after, name, bodies++);
                int graphOuter = in.enter();
                body.message(tag >>> 3, graphs.splice(was, is));
                in.leave(graphOuter);
            } else {
                in.skip(tag);
                body.add(file, fieldStart, in.position());
            }
        }
        int end = in.position();
        in.leave(outer);
        Object is = after.attribute(name);
        if (bodies > 0) {
            kept.add(name);
            return new Pieces().message(NODE_ATTRIBUTE, body);
        }
        if (Objects.equals(is, before.attribute(name))) {
            kept.add(name);
            return new Pieces().add(file, start, end);
        }
        return new Pieces();
    }

    private static Graph graph(Node node, String attribute, int number) {
        Object value = node.attribute(attribute);
        if (value instanceof Graph[] several && number < several.length) {
            return several[number];
        }
        if (value instanceof Graph one) {
            return one;
        }
        throw new InvalidModelException("'" + node.name()
                + "' holds a subgraph before its attribute's name; qdqlint cannot change nodes around it");
    }
}
