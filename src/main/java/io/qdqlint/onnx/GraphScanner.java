package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;
import static io.qdqlint.onnx.WireInput.LEN;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.NodeDraft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads GraphProto and NodeProto. */
final class GraphScanner {
    /** Deepest nesting of bodies; protobuf itself stops readers at about 33. */
    static final int MAX_DEPTH = 40;

    private final WireInput in;
    private final TensorScanner tensors;
    private final AttributeScanner attributes;
    private final ValueInfoScanner valueInfos;
    private int depth;

    GraphScanner(WireInput in, TensorScanner tensors) {
        this.in = in;
        this.tensors = tensors;
        this.attributes = new AttributeScanner(in, tensors, this);
        this.valueInfos = new ValueInfoScanner(in);
    }

    AttributeScanner attributes() {
        return attributes;
    }

    /** The graph of the LEN field at the stream's position. */
    GraphBuilder read() throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new InvalidModelException("graphs are nested more than " + MAX_DEPTH
                    + " deep, more than any ONNX tool accepts; the file is damaged or malicious");
        }
        GraphBuilder graph = new GraphBuilder("");
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case GRAPH_NODE << 3 | LEN -> graph.node(node());
                case GRAPH_NAME << 3 | LEN -> graph.name(in.name());
                case GRAPH_INITIALIZER << 3 | LEN -> graph.initializer(tensors.read());
                case GRAPH_SPARSE_INITIALIZER << 3 | LEN -> graph.initializer(tensors.readSparse());
                case GRAPH_INPUT << 3 | LEN -> valueInfos.read(graph::input);
                case GRAPH_OUTPUT << 3 | LEN -> valueInfos.read(graph::output);
                case GRAPH_VALUE_INFO << 3 | LEN -> valueInfos.read(graph::declare);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        depth--;
        return graph;
    }

    /** The node of the LEN field at the stream's position. */
    NodeDraft node() throws IOException {
        String name = "";
        String domain = "";
        String opType = "";
        String overload = "";
        List<String> inputs = List.of();
        List<String> outputs = List.of();
        List<Attribute> values = List.of();
        int outer = in.enter();
        int start = in.position();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case NODE_INPUT << 3 | LEN -> inputs = append(inputs, in.name());
                case NODE_OUTPUT << 3 | LEN -> outputs = append(outputs, in.name());
                case NODE_NAME << 3 | LEN -> name = in.name();
                case NODE_OP_TYPE << 3 | LEN -> opType = in.name();
                case NODE_DOMAIN << 3 | LEN -> domain = in.name();
                case NODE_OVERLOAD << 3 | LEN -> overload = in.name();
                case NODE_ATTRIBUTE << 3 | LEN -> values = append(values, attributes.read());
                default -> in.skip(tag);
            }
        }
        ByteRange source = new ByteRange(start, in.position() - start);
        in.leave(outer);
        return new NodeDraft(name, ModelDraft.domain(domain), opType, overload, inputs, outputs, values, source);
    }

    /** Most lists have one or two entries, which List.of holds in the least space; longer ones become an ArrayList. */
    private static <T> List<T> append(List<T> list, T element) {
        switch (list.size()) {
            case 0:
                return List.of(element);
            case 1:
                return List.of(list.get(0), element);
            case 2:
                List<T> grown = new ArrayList<>(4);
                grown.addAll(list);
                grown.add(element);
                return grown;
            default:
                list.add(element);
                return list;
        }
    }
}
