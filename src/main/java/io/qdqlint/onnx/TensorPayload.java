package io.qdqlint.onnx;

import java.io.IOException;
import java.util.Arrays;

/**
 * The data fields of one TensorProto as wire bytes: in memory when they are few or scattered over several fields,
 * otherwise one range of the file that was skipped. {@code raw_data} takes precedence over the typed fields.
 */
final class TensorPayload {
    private final WireInput in;
    private final int small;
    private byte[] bytes = new byte[64];
    private int used;
    private int skippedAt;
    private int skipped;
    private boolean raw;
    private boolean varint;

    /** A field of more than {@code small} bytes is skipped at first. */
    TensorPayload(WireInput in, int small) {
        this.in = in;
        this.small = small;
    }

    void clear() {
        used = 0;
        skipped = 0;
        raw = false;
        varint = false;
    }

    void raw() throws IOException {
        clear();
        chunk();
        raw = length() > 0;
    }

    /** A packed field: varints or fixed-size elements. */
    void packed(boolean asVarint) throws IOException {
        if (raw) {
            in.skipBytes(in.length());
        } else {
            varint = asVarint;
            chunk();
        }
    }

    /** One element of {@code size} bytes that is not packed. */
    void fixed(long value, int size) throws IOException {
        if (!raw) {
            makeRoom(size);
            for (int i = 0; i < size; i++) {
                bytes[used++] = (byte) (value >> 8 * i);
            }
        }
    }

    /** One varint that is not packed. */
    void varint(long value) throws IOException {
        if (!raw) {
            varint = true;
            makeRoom(10);
            long rest = value;
            for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
                bytes[used++] = (byte) (rest & 0x7F | 0x80);
            }
            bytes[used++] = (byte) rest;
        }
    }

    private void chunk() throws IOException {
        int length = in.length();
        if (length > small && isEmpty()) {
            skippedAt = in.position();
            skipped = length;
            in.skipBytes(length);
        } else {
            makeRoom(length);
            in.read(bytes, used, length);
            used += length;
        }
    }

    private void makeRoom(int more) throws IOException {
        if (skipped > 0) {
            bytes = in.bytesAt(skippedAt, skipped);
            used = skipped;
            skipped = 0;
        }
        if (bytes.length - used < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(used, more), used + used / 2));
        }
    }

    boolean isEmpty() {
        return length() == 0;
    }

    boolean isVarint() {
        return varint;
    }

    boolean isSkipped() {
        return skipped > 0;
    }

    int length() {
        return skipped + used;
    }

    /** Where in the file the skipped field's content starts. */
    int offset() {
        return skippedAt;
    }

    byte[] bytes() throws IOException {
        return skipped > 0 ? in.bytesAt(skippedAt, skipped) : Arrays.copyOf(bytes, used);
    }
}
