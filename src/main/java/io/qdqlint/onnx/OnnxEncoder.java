package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.nio.charset.StandardCharsets;

/** Writes what is new in a model in protobuf's wire format. */
final class OnnxEncoder {
    private OnnxEncoder() {}

    /** The content of a ModelProto: everything that a {@link Model} holds. Function calls are inlined in it. */
    static Pieces model(Model model) {
        Pieces out = new Pieces().varint(MODEL_IR_VERSION, model.irVersion());
        if (!model.producer().isEmpty()) {
            out.text(MODEL_PRODUCER_NAME, model.producer());
        }
        out.message(MODEL_GRAPH, graph(model.graph()));
        model.opsets()
                .forEach((domain, version) -> out.message(
                        MODEL_OPSET_IMPORT,
                        new Pieces().text(OPSET_DOMAIN, domain).varint(OPSET_VERSION, version)));
        model.metadata().forEach((key, value) -> entry(out, MODEL_METADATA_PROPS, key, value));
        return out;
    }

    private static Pieces graph(Graph graph) {
        Pieces out = new Pieces();
        graph.nodes().forEach(n -> out.message(GRAPH_NODE, node(n)));
        out.text(GRAPH_NAME, graph.name().isEmpty() ? "graph" : graph.name());
        for (Value v : graph.values()) {
            if (v.constant() != null && v.producer() == null) {
                out.message(GRAPH_INITIALIZER, tensor(v.constant()));
            }
        }
        graph.inputs().forEach(v -> out.message(GRAPH_INPUT, valueInfo(v.name(), v.type(), v.shape())));
        graph.outputs().forEach(v -> out.message(GRAPH_OUTPUT, valueInfo(v.name(), v.type(), v.shape())));
        return out;
    }

    /** The content of a NodeProto. */
    static Pieces node(Node node) {
        Pieces out = new Pieces();
        for (Value v : node.inputs()) {
            out.text(NODE_INPUT, v == null ? "" : v.name());
        }
        for (Value v : node.outputs()) {
            out.text(NODE_OUTPUT, v == null ? "" : v.name());
        }
        if (!node.rawName().isEmpty()) {
            out.text(NODE_NAME, node.rawName());
        }
        out.text(NODE_OP_TYPE, node.opType());
        for (Attribute a : node.attributes()) {
            out.message(NODE_ATTRIBUTE, attribute(a));
        }
        if (!node.domain().isEmpty()) {
            out.text(NODE_DOMAIN, node.domain());
        }
        return out;
    }

    /**
     * The content of an AttributeProto.
     *
     * @throws IllegalArgumentException for a kind that was not decoded
     */
    static Pieces attribute(Attribute a) {
        Pieces out = new Pieces().text(ATTRIBUTE_NAME, a.name());
        Object value = a.value();
        if (value instanceof Long v) {
            return out.varint(ATTRIBUTE_I, v).varint(ATTRIBUTE_TYPE, TYPE_INT);
        }
        if (value instanceof Double v) {
            return out.add(Pieces.bytesOf(o -> o.writeFloat(ATTRIBUTE_F, v.floatValue())))
                    .varint(ATTRIBUTE_TYPE, TYPE_FLOAT);
        }
        if (value instanceof String v) {
            return out.add(Pieces.bytesOf(o -> o.writeByteArray(ATTRIBUTE_S, v.getBytes(StandardCharsets.UTF_8))))
                    .varint(ATTRIBUTE_TYPE, TYPE_STRING);
        }
        if (value instanceof long[] v) {
            for (long i : v) {
                out.varint(ATTRIBUTE_INTS, i);
            }
            return out.varint(ATTRIBUTE_TYPE, TYPE_INTS);
        }
        if (value instanceof Tensor v) {
            return out.message(ATTRIBUTE_T, tensor(v)).varint(ATTRIBUTE_TYPE, TYPE_TENSOR);
        }
        if (value instanceof double[] v) {
            for (double d : v) {
                out.add(Pieces.bytesOf(o -> o.writeFloat(ATTRIBUTE_FLOATS, (float) d)));
            }
            return out.varint(ATTRIBUTE_TYPE, TYPE_FLOATS);
        }
        if (value instanceof String[] v) {
            for (String text : v) {
                out.text(ATTRIBUTE_STRINGS, text);
            }
            return out.varint(ATTRIBUTE_TYPE, TYPE_STRINGS);
        }
        if (value instanceof Graph v) {
            return out.message(ATTRIBUTE_G, graph(v)).varint(ATTRIBUTE_TYPE, TYPE_GRAPH);
        }
        if (value instanceof Graph[] v) {
            for (Graph g : v) {
                out.message(ATTRIBUTE_GRAPHS, graph(g));
            }
            return out.varint(ATTRIBUTE_TYPE, TYPE_GRAPHS);
        }
        throw new IllegalArgumentException("attribute '" + a.name() + "' can't be written: "
                + (value == null ? "null" : value.getClass().getSimpleName()));
    }

    /** The content of a TensorProto; elements in a file are copied from there. */
    static Pieces tensor(Tensor tensor) {
        Pieces out = new Pieces();
        for (long size : tensor.shape().sizes()) {
            out.varint(TENSOR_DIMS, size);
        }
        out.varint(TENSOR_DATA_TYPE, tensor.type().code());
        if (!tensor.name().isEmpty()) {
            out.text(TENSOR_NAME, tensor.name());
        }
        Storage storage = tensor.storage();
        if (storage instanceof Storage.Inline s) {
            out.add(Pieces.header(TENSOR_RAW_DATA, s.bytes().length)).add(s.bytes());
        } else if (storage instanceof Storage.InFile s) {
            out.add(Pieces.header(s.varint() ? varints(tensor.type()) : TENSOR_RAW_DATA, s.length()))
                    .add(s.file(), s.offset(), s.offset() + s.length());
        } else if (storage instanceof Storage.External s) {
            entry(out, TENSOR_EXTERNAL_DATA, "location", s.location());
            entry(out, TENSOR_EXTERNAL_DATA, "offset", Long.toString(s.offset()));
            if (s.length() >= 0) {
                entry(out, TENSOR_EXTERNAL_DATA, "length", Long.toString(s.length()));
            }
            out.varint(TENSOR_DATA_LOCATION, LOCATION_EXTERNAL);
        } else if (!(storage instanceof Storage.Absent)) {
            throw new IllegalArgumentException("tensor '" + tensor.name() + "' can't be written: " + storage);
        }
        return out;
    }

    /** The content of a ValueInfoProto; an unknown type is left out with the shape, which may be null. */
    static Pieces valueInfo(String name, DataType type, Shape shape) {
        Pieces out = new Pieces().text(VALUE_INFO_NAME, name);
        if (type == DataType.UNDEFINED) {
            return out;
        }
        Pieces tensor = new Pieces().varint(TENSOR_TYPE_ELEMENT, type.code());
        if (shape != null) {
            Pieces dims = new Pieces();
            for (int i = 0; i < shape.rank(); i++) {
                dims.message(SHAPE_DIM, dimension(shape.dim(i), shape.symbol(i)));
            }
            tensor.message(TENSOR_TYPE_SHAPE, dims);
        }
        return out.message(VALUE_INFO_TYPE, new Pieces().message(TYPE_PROTO_TENSOR, tensor));
    }

    private static Pieces dimension(long size, String symbol) {
        Pieces out = new Pieces();
        if (size >= 0) {
            out.varint(DIM_VALUE, size);
        } else if (symbol != null) {
            out.text(DIM_PARAM, symbol);
        }
        return out;
    }

    private static int varints(DataType type) {
        return switch (type) {
            case INT64 -> TENSOR_INT64_DATA;
            case UINT32, UINT64 -> TENSOR_UINT64_DATA;
            default -> TENSOR_INT32_DATA;
        };
    }

    static void entry(Pieces out, int field, String key, String value) {
        out.message(field, new Pieces().text(ENTRY_KEY, key).text(ENTRY_VALUE, value));
    }
}
