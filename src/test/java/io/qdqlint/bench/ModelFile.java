package io.qdqlint.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An ONNX file in the making. Weights are random, seeded by their place in the file, and exist only while they are written,
 * so that large files need little memory.
 */
public final class ModelFile {
    private static final int INT8 = 3;
    private static final int INT64 = 7;
    private static final int FLOAT = 1;

    /** A float tensor's message without its raw data, and how many floats these are. */
    private record Weights(byte[] head, int count, float bound) {}

    private final ByteArrayOutputStream nodes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream small = new ByteArrayOutputStream();
    private final List<Weights> weights = new ArrayList<>();
    private int nodeCount;

    public int nodeCount() {
        return nodeCount;
    }

    public void node(String op, String name, List<String> inputs, String output, Message... attributes) {
        node(op, name, inputs, List.of(output), attributes);
    }

    public void node(String op, String name, List<String> inputs, List<String> outputs, Message... attributes) {
        Message node = new Message();
        inputs.forEach(i -> node.text(1, i));
        outputs.forEach(o -> node.text(2, o));
        node.text(3, name).text(4, op);
        for (Message a : attributes) {
            node.message(5, a);
        }
        nodes.writeBytes(new Message().message(1, node).toBytes());
        nodeCount++;
    }

    public static Message ints(String name, long... values) {
        Message a = new Message().text(1, name);
        for (long v : values) {
            a.varint(8, v);
        }
        return a.varint(20, 7);
    }

    public static Message integer(String name, long value) {
        return new Message().text(1, name).varint(3, value).varint(20, 2);
    }

    public static Message text(String name, String value) {
        return new Message().text(1, name).text(4, value).varint(20, 3);
    }

    /** A {@code value} attribute of int64. */
    public static Message shape(long... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        Message tensor = new Message().varint(1, values.length).varint(2, INT64).bytes(9, data.array());
        return new Message().text(1, "value").message(5, tensor).varint(20, 4);
    }

    public void floats(String name, long[] dims, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        small(tensor(name, FLOAT, dims).bytes(9, data.array()));
    }

    /** A list of int64. */
    public void longs(String name, long... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        small(tensor(name, INT64, values.length).bytes(9, data.array()));
    }

    public void int8Zeros(String name, long... dims) {
        int n = 1;
        for (long d : dims) {
            n *= (int) d;
        }
        small(tensor(name, INT8, dims).bytes(9, new byte[n]));
    }

    /** Floats between {@code -bound} and {@code bound}. */
    public void weights(String name, float bound, long... dims) {
        int n = 1;
        for (long d : dims) {
            n *= (int) d;
        }
        weights.add(new Weights(tensor(name, FLOAT, dims).head(9, 4 * n).toBytes(), n, bound));
    }

    private static Message tensor(String name, int type, long... dims) {
        Message tensor = new Message();
        for (long d : dims) {
            tensor.varint(1, d);
        }
        return tensor.varint(2, type).text(8, name);
    }

    private void small(Message tensor) {
        small.writeBytes(new Message().message(5, tensor).toBytes());
    }

    public void input(String name, long... dims) {
        declare(11, name, dims);
    }

    public void output(String name, long... dims) {
        declare(12, name, dims);
    }

    public void valueInfo(String name, long... dims) {
        declare(13, name, dims);
    }

    private void declare(int field, String name, long... dims) {
        Message shape = new Message();
        for (long d : dims) {
            shape.message(1, new Message().varint(1, d));
        }
        Message type = new Message().varint(1, FLOAT).message(2, shape);
        Message info = new Message().text(1, name).message(2, new Message().message(1, type));
        small.writeBytes(new Message().message(field, info).toBytes());
    }

    /** Writes the file: IR version 8, opset 17. */
    public void write(Path file, long seed) throws IOException {
        byte[] name = new Message().text(2, "main_graph").toBytes();
        long length = nodes.size() + small.size() + name.length;
        List<byte[]> heads = new ArrayList<>();
        for (Weights w : weights) {
            byte[] head = new Message()
                    .head(5, w.head.length + 4 * w.count)
                    .raw(w.head)
                    .toBytes();
            heads.add(head);
            length += head.length + 4L * w.count;
        }
        Message start = new Message()
                .varint(1, 8)
                .text(2, "qdqlint-bench")
                .message(8, new Message().text(1, "").varint(2, 17))
                .head(7, Math.toIntExact(length));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(start.toBytes());
            nodes.writeTo(out);
            out.write(name);
            for (int i = 0; i < heads.size(); i++) {
                out.write(heads.get(i));
                out.write(random(seed + i, weights.get(i).count, weights.get(i).bound));
            }
            small.writeTo(out);
        }
    }

    /** The bytes of weights number {@code i} when written with seed {@code seed - i}. */
    static byte[] random(long seed, int count, float bound) {
        Random random = new Random(seed);
        ByteBuffer data = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            data.putFloat((2 * random.nextFloat() - 1) * bound);
        }
        return data.array();
    }
}
