package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;
import static io.qdqlint.onnx.WireInput.LEN;

import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The GraphProto of a changed graph: new and changed fields between the bytes of what stays, in the file's order. */
final class GraphSplice {
    private final WireInput in;
    private final Path file;
    private final boolean initializersAreInputs;
    private final NodeSplice nodes;

    /** {@code initializersAreInputs} holds before IR version 4. */
    GraphSplice(WireInput in, Path file, boolean initializersAreInputs) {
        this.in = in;
        this.file = file;
        this.initializersAreInputs = initializersAreInputs;
        this.nodes = new NodeSplice(in, file, this);
    }

    /** A field of the graph; {@code bytes} is null where a node stands, whose bytes the {@link NodeQueue} has. */
    private record Field(int number, Pieces bytes) {}

    /** Reads the rest of the message that the stream is in. */
    Pieces splice(Graph before, Graph after) throws IOException {
        NodeQueue queue = new NodeQueue(before, after);
        List<Field> fields = new ArrayList<>();
        while (in.remaining() > 0) {
            int start = in.position();
            int tag = in.tag();
            switch (tag) {
                case GRAPH_NODE << 3 | LEN -> fields.add(new Field(GRAPH_NODE, node(start, queue)));
                case GRAPH_INITIALIZER << 3 | LEN -> {
                    int outer = in.enter();
                    String name = nameOf(TENSOR_NAME);
                    in.leave(outer);
                    fields.add(new Field(GRAPH_INITIALIZER, initializer(start, before.value(name), after.value(name))));
                }
                case GRAPH_INPUT << 3 | LEN, GRAPH_VALUE_INFO << 3 | LEN -> {
                    int outer = in.enter();
                    String name = nameOf(VALUE_INFO_NAME);
                    in.leave(outer);
                    fields.add(
                            new Field(tag >>> 3, valueInfo(start, tag >>> 3, before.value(name), after.value(name))));
                }
                default -> {
                    in.skip(tag);
                    fields.add(new Field(tag >>> 3, new Pieces().add(file, start, in.position())));
                }
            }
        }
        for (Value output : after.outputs()) {
            if (!before.outputs().stream().anyMatch(v -> v.name().equals(output.name()))) {
                Pieces info = OnnxEncoder.valueInfo(output.name(), output.type(), output.shape());
                fields.add(new Field(GRAPH_OUTPUT, new Pieces().message(GRAPH_OUTPUT, info)));
            }
        }
        return assemble(fields, queue, newInitializers(before, after));
    }

    private Pieces node(int start, NodeQueue queue) throws IOException {
        int outer = in.enter();
        int content = in.position();
        Node was = queue.before(content);
        Node is = queue.after(content);
        Pieces bytes;
        if (was == null || is != null && NodeSplice.same(was, is)) {
            in.skipBytes(in.remaining());
            bytes = new Pieces().add(file, start, in.position());
        } else if (is == null) {
            in.skipBytes(in.remaining());
            bytes = new Pieces();
        } else {
            bytes = new Pieces().message(GRAPH_NODE, nodes.splice(was, is));
        }
        in.leave(outer);
        if (was == null || is == null) {
            return bytes;
        }
        queue.put(is, bytes);
        return null;
    }

    /** Skips the rest of the message, and returns what its name field says. */
    private String nameOf(int field) throws IOException {
        String name = "";
        while (in.remaining() > 0) {
            int tag = in.tag();
            if (tag == (field << 3 | LEN)) {
                name = in.name();
            } else {
                in.skip(tag);
            }
        }
        return name;
    }

    private Pieces initializer(int start, Value was, Value is) {
        Tensor tensor = initializer(is);
        if (was == null || tensor != null && tensor == was.constant()) {
            return new Pieces().add(file, start, in.position());
        }
        return tensor == null ? new Pieces() : new Pieces().message(GRAPH_INITIALIZER, OnnxEncoder.tensor(tensor));
    }

    private Pieces valueInfo(int start, int field, Value was, Value is) {
        if (was == null || is != null && is.type() == was.type()) {
            return new Pieces().add(file, start, in.position());
        }
        return is == null
                ? new Pieces()
                : new Pieces().message(field, OnnxEncoder.valueInfo(is.name(), is.type(), is.shape()));
    }

    private static Tensor initializer(Value value) {
        return value == null || value.producer() != null ? null : value.constant();
    }

    private static List<Tensor> newInitializers(Graph before, Graph after) {
        List<Tensor> added = new ArrayList<>();
        for (Value value : after.values()) {
            if (initializer(value) != null && initializer(before.value(value.name())) == null) {
                added.add(value.constant());
            }
        }
        return added;
    }

    private Pieces assemble(List<Field> fields, NodeQueue queue, List<Tensor> added) {
        int lastInitializer = -1;
        int lastNode = -1;
        for (int i = 0; i < fields.size(); i++) {
            lastInitializer = fields.get(i).number() == GRAPH_INITIALIZER ? i : lastInitializer;
            lastNode = fields.get(i).number() == GRAPH_NODE ? i : lastNode;
        }
        Pieces out = new Pieces();
        for (int i = 0; i < fields.size(); i++) {
            Pieces bytes = fields.get(i).bytes();
            out.add(bytes == null ? queue.next() : bytes);
            if (i == lastNode) {
                out.add(queue.rest());
            }
            if (i == lastInitializer) {
                addInitializers(out, added);
            }
        }
        out.add(lastNode < 0 ? queue.rest() : new Pieces());
        if (lastInitializer < 0) {
            addInitializers(out, added);
        }
        return out;
    }

    private void addInitializers(Pieces out, List<Tensor> added) {
        for (Tensor tensor : added) {
            out.message(GRAPH_INITIALIZER, OnnxEncoder.tensor(tensor));
            if (initializersAreInputs) {
                out.message(GRAPH_INPUT, OnnxEncoder.valueInfo(tensor.name(), tensor.type(), tensor.shape()));
            }
        }
    }
}
