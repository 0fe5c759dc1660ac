package io.qdqlint.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.qdqlint.ir.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * A protobuf file as a stream of fields. Every length is checked against the message around it, so none leads out of the
 * file, and what is skipped is never read. A tag is {@code field << 3 | wire type}, as in protobuf.
 */
final class WireInput {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LEN = 2;
    static final int FIXED32 = 5;

    /** Longest name, in bytes. Real ones have some hundred. */
    private static final int MAX_NAME = 1 << 16;

    /** Large enough for many nodes at once, small enough that the read-ahead thrown away at each skip costs little. */
    private static final int BUFFER = 1 << 15;

    private final FileChannel channel;
    private final CodedInputStream in;
    private final StringTable strings = new StringTable();
    private final Pool pool = new Pool();
    private byte[] scratch = new byte[1 << 10];

    WireInput(FileChannel channel) throws IOException {
        this.channel = channel;
        in = CodedInputStream.newInstance(new SeekableInput(channel), BUFFER);
        in.pushLimit((int) channel.size());
    }

    /** Bytes from the start of the file. */
    int position() {
        return in.getTotalBytesRead();
    }

    /** Where equal attributes and shapes of this file become one. */
    Pool pool() {
        return pool;
    }

    /** The next field's tag, 0 at the end of the message. */
    int tag() throws IOException {
        return in.readTag();
    }

    /** Steps into a message field, to be left with {@link #leave}. */
    int enter() throws IOException {
        return in.pushLimit(length());
    }

    void leave(int outer) {
        in.popLimit(outer);
    }

    /** Bytes left in the message. */
    int remaining() {
        return in.getBytesUntilLimit();
    }

    /** The length that starts a LEN field. */
    int length() throws IOException {
        int length = in.readRawVarint32();
        if (length < 0 || length > remaining()) {
            throw damaged();
        }
        return length;
    }

    long varint() throws IOException {
        return in.readRawVarint64();
    }

    int fixed32() throws IOException {
        return in.readRawLittleEndian32();
    }

    long fixed64() throws IOException {
        return in.readRawLittleEndian64();
    }

    /** A name; equal names are the same object. */
    String name() throws IOException {
        int length = length();
        if (length > MAX_NAME) {
            throw new InvalidModelException("a name of " + length + " bytes at byte " + position()
                    + " is longer than any ONNX tool accepts; the file is damaged or malicious");
        }
        if (length > scratch.length) {
            scratch = new byte[MAX_NAME];
        }
        read(scratch, 0, length);
        return strings.get(scratch, length);
    }

    /** A text of up to {@code limit} bytes, or null (and skipped) if it is longer. */
    String text(int limit) throws IOException {
        byte[] bytes = bytes(limit);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The content of a LEN field of up to {@code limit} bytes, or null (and skipped) if it is longer. */
    byte[] bytes(int limit) throws IOException {
        int length = length();
        if (length > limit) {
            in.skipRawBytes(length);
            return null;
        }
        return raw(length);
    }

    /** The next {@code length} bytes, which the caller has checked against {@link #remaining()}. */
    byte[] raw(int length) throws IOException {
        byte[] bytes = new byte[length];
        read(bytes, 0, length);
        return bytes;
    }

    /** As {@link #raw}, into an array. */
    void read(byte[] into, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int n = in.streamRawBytes(into, offset + done, length - done);
            if (n <= 0) {
                throw damaged();
            }
            done += n;
        }
    }

    /** Bytes elsewhere in the file; the stream's position stays. */
    byte[] bytesAt(long offset, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (channel.read(into, offset + into.position()) < 0) {
                throw damaged();
            }
        }
        return into.array();
    }

    void skipBytes(int n) throws IOException {
        in.skipRawBytes(n);
    }

    /** Skips the field of this tag. Groups do not occur in ONNX: they are how other data looks when read as protobuf. */
    void skip(int tag) throws IOException {
        switch (tag & 7) {
            case VARINT -> in.readRawVarint64();
            case FIXED64 -> in.skipRawBytes(Long.BYTES);
            case LEN -> in.skipRawBytes(length());
            case FIXED32 -> in.skipRawBytes(Integer.BYTES);
            default -> throw damaged();
        }
    }

    private static InvalidProtocolBufferException damaged() {
        return new InvalidProtocolBufferException("not a field of the message");
    }
}
