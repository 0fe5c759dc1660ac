package io.qdqlint.onnx;

import io.qdqlint.bench.Message;
import io.qdqlint.ir.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small ModelProtos, written field by field. */
final class Models {
    static final Path CORPUS = Path.of("src/test/resources/corpus");

    private Models() {}

    /** A model of IR version 8 and opset 17 around a GraphProto. */
    static Message model(Message graph) {
        return new Message()
                .varint(1, 8)
                .message(8, new Message().text(1, "").varint(2, 17))
                .message(7, graph);
    }

    /** NodeProto with an attribute, or none if null. */
    static Message node(String op, String input, String output, Message attribute) {
        Message node = new Message()
                .text(1, input)
                .text(2, output)
                .text(3, "n_" + output)
                .text(4, op);
        return attribute == null ? node : node.message(5, attribute);
    }

    /** ValueInfoProto of a float tensor. */
    static Message value(String name, long... dims) {
        Message shape = new Message();
        for (long d : dims) {
            shape.message(1, new Message().varint(1, d));
        }
        Message type = new Message().varint(1, 1).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, type));
    }

    /** A graph that passes x through Relu to y, to which a test adds what it is about. */
    static Message relu() {
        return new Message()
                .text(2, "g")
                .message(11, value("x", 1, 4))
                .message(12, value("y", 1, 4))
                .message(1, node("Relu", "x", "y", null));
    }

    static Path write(Path folder, byte... bytes) {
        try {
            return Files.write(folder.resolve("model.onnx"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Model read(Path folder, Message model) {
        return OnnxReader.read(write(folder, model.toBytes()));
    }
}
