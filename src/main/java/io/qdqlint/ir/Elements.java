package io.qdqlint.ir;

import java.nio.ByteBuffer;

/** Decodes single tensor elements. Formats as in ONNX's "Float stored in 8 bits", "4 bit integer types" pages. */
final class Elements {
    private Elements() {}

    static double read(DataType type, ByteBuffer data, int index) {
        return switch (type) {
            case FLOAT -> data.getFloat(index * 4);
            case DOUBLE -> data.getDouble(index * 8);
            case FLOAT16 -> half(data.getShort(index * 2));
            case BFLOAT16 -> Float.intBitsToFloat(data.getShort(index * 2) << 16);
            case INT8 -> data.get(index);
            case UINT8, BOOL -> data.get(index) & 0xFF;
            case INT16 -> data.getShort(index * 2);
            case UINT16 -> data.getShort(index * 2) & 0xFFFF;
            case INT32 -> data.getInt(index * 4);
            case UINT32 -> data.getInt(index * 4) & 0xFFFFFFFFL;
            case INT64, UINT64 -> data.getLong(index * 8);
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ ->
                small(data.get(index) & 0xFF, 4, 3, type == DataType.FLOAT8E4M3FN ? 7 : 8);
            case FLOAT8E5M2, FLOAT8E5M2FNUZ ->
                small(data.get(index) & 0xFF, 5, 2, type == DataType.FLOAT8E5M2 ? 15 : 16);
            case FLOAT8E8M0 -> Math.scalb(1.0, (data.get(index) & 0xFF) - 127);
            case FLOAT4E2M1 -> small(nibble(data, index), 2, 1, 1);
            case UINT4 -> nibble(data, index);
            case INT4 -> (byte) (nibble(data, index) << 4) >> 4;
            case UINT2 -> crumb(data, index);
            case INT2 -> (byte) (crumb(data, index) << 6) >> 6;
            case STRING, UNDEFINED, COMPLEX64, COMPLEX128 -> Double.NaN;
        };
    }

    private static int nibble(ByteBuffer data, int index) {
        int b = data.get(index / 2) & 0xFF;
        return index % 2 == 0 ? b & 0xF : b >> 4;
    }

    private static int crumb(ByteBuffer data, int index) {
        return (data.get(index / 4) >> (index % 4 * 2)) & 0x3;
    }

    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude = exponent == 0x1F
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : exponent == 0
                        ? Math.scalb((double) fraction, -24)
                        : Math.scalb((double) (fraction | 0x400), exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }

    /** A sign, {@code e} exponent and {@code m} mantissa bits; the few NaN and infinity codes of FP8 are not distinguished. */
    private static double small(int bits, int e, int m, int bias) {
        int exponent = bits >> m & (1 << e) - 1;
        int mantissa = bits & (1 << m) - 1;
        double magnitude = exponent == 0
                ? Math.scalb((double) mantissa, 1 - bias - m)
                : Math.scalb((double) (mantissa | 1 << m), exponent - bias - m);
        return (bits >> e + m & 1) == 1 ? -magnitude : magnitude;
    }
}
