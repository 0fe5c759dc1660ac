package io.qdqlint.bench;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protobuf message written field by field. Test models are made of these, well-formed and otherwise. */
public final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);

    /** Writes to the stream, which does not fail here. */
    private interface Write {
        void to(CodedOutputStream out) throws IOException;
    }

    private Message write(Write write) {
        try {
            write.to(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Message varint(int field, long value) {
        return write(o -> o.writeInt64(field, value));
    }

    public Message fixed32(int field, float value) {
        return write(o -> o.writeFloat(field, value));
    }

    public Message fixed64(int field, double value) {
        return write(o -> o.writeDouble(field, value));
    }

    public Message text(int field, String value) {
        return write(o -> o.writeString(field, value));
    }

    public Message texts(int field, String... values) {
        for (String v : values) {
            text(field, v);
        }
        return this;
    }

    public Message bytes(int field, byte... value) {
        return write(o -> o.writeByteArray(field, value));
    }

    public Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    /** A packed field of varints. */
    public Message packed(int field, long... values) {
        Message inner = new Message();
        for (long v : values) {
            inner.write(o -> o.writeUInt64NoTag(v));
        }
        return message(field, inner);
    }

    /** A packed field of floats. */
    public Message packed(int field, float... values) {
        Message inner = new Message();
        for (float v : values) {
            inner.write(o -> o.writeFloatNoTag(v));
        }
        return message(field, inner);
    }

    /** Tag and length of a field whose content follows, or does not. */
    public Message head(int field, int length) {
        return write(o -> {
            o.writeTag(field, 2);
            o.writeUInt32NoTag(length);
        });
    }

    /** Bytes that need not be a field. */
    public Message raw(byte... value) {
        return write(o -> o.writeRawBytes(value));
    }

    public byte[] toBytes() {
        write(CodedOutputStream::flush);
        return bytes.toByteArray();
    }
}
