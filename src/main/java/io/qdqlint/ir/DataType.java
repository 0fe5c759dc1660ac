package io.qdqlint.ir;

/**
 * Element type of an ONNX tensor. The codes are those of {@code TensorProto.DataType} in onnx.proto (IR version 13).
 */
public enum DataType {
    UNDEFINED(0, 0),
    FLOAT(1, 32),
    UINT8(2, 8),
    INT8(3, 8),
    UINT16(4, 16),
    INT16(5, 16),
    INT32(6, 32),
    INT64(7, 64),
    STRING(8, 0),
    BOOL(9, 8),
    FLOAT16(10, 16),
    DOUBLE(11, 64),
    UINT32(12, 32),
    UINT64(13, 64),
    COMPLEX64(14, 64),
    COMPLEX128(15, 128),
    BFLOAT16(16, 16),
    FLOAT8E4M3FN(17, 8),
    FLOAT8E4M3FNUZ(18, 8),
    FLOAT8E5M2(19, 8),
    FLOAT8E5M2FNUZ(20, 8),
    UINT4(21, 4),
    INT4(22, 4),
    FLOAT4E2M1(23, 4),
    FLOAT8E8M0(24, 8),
    UINT2(25, 2),
    INT2(26, 2);

    private static final DataType[] BY_CODE = values();

    private final int code;
    private final int bits;

    DataType(int code, int bits) {
        this.code = code;
        this.bits = bits;
    }

    /** The number that {@code TensorProto.data_type} holds for this type. */
    public int code() {
        return code;
    }

    /** Bits of one element as ONNX packs it; 0 where the size is not fixed (strings, undefined). */
    public int bits() {
        return bits;
    }

    /** Bytes of {@code elements} packed elements, the last byte padded. */
    public long bytes(long elements) {
        return (elements * bits + 7) / 8;
    }

    public boolean isFloat() {
        return switch (this) {
            case FLOAT, FLOAT16, DOUBLE, BFLOAT16 -> true;
            default -> false;
        };
    }

    public boolean isFp8() {
        return switch (this) {
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> true;
            default -> false;
        };
    }

    /** The type with this ONNX code; {@link #UNDEFINED} for a code this version does not know. */
    public static DataType ofCode(int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : UNDEFINED;
    }

    /** The name ONNX's textual syntax uses: {@code float}, {@code int8}, {@code float8e4m3fn}. */
    public String onnxName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
