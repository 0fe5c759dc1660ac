package io.qdqlint.onnx;

import io.qdqlint.ir.DataType;
import java.util.Optional;

/** Turns what protobuf holds of a tensor into packed little-endian elements, the form of {@code raw_data}. */
final class TensorData {
    private TensorData() {}

    /**
     * Packed varints (int32_data, int64_data, uint64_data) as little-endian elements. Types below 8 bits come as ONNX
     * packs them, or one element per varint as onnx.parser writes them.
     *
     * @return empty when the varints are malformed or their number does not fit
     */
    static Optional<byte[]> fromVarints(byte[] wire, DataType type, long elements) {
        int count = 0;
        for (byte b : wire) {
            count += b >= 0 ? 1 : 0;
        }
        int bits = type.bits();
        long packed = type.bytes(elements);
        boolean single = count == elements;
        if (bits == 0 || bits > 64 || !single && (bits >= 8 || count != packed)) {
            return Optional.empty();
        }
        byte[] out = new byte[(int) packed];
        int at = 0;
        for (int i = 0; i < count; i++) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                if (at == wire.length || shift > 63) {
                    return Optional.empty();
                }
                byte b = wire[at++];
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    break;
                }
            }
            put(out, i, single ? bits : 8, value);
        }
        return at == wire.length ? Optional.of(out) : Optional.empty();
    }

    /** Writes element {@code index} of {@code bits} bits. */
    static void put(byte[] out, int index, int bits, long value) {
        if (bits >= 8) {
            int size = bits / 8;
            for (int i = 0; i < size; i++) {
                out[index * size + i] = (byte) (value >> 8 * i);
            }
        } else {
            int perByte = 8 / bits;
            out[index / perByte] |= (byte) ((value & (1 << bits) - 1) << index % perByte * bits);
        }
    }
}
