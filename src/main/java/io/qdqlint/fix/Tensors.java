package io.qdqlint.fix;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes small tensors. */
final class Tensors {
    private static final int HALF_SIGN = 0x8000;

    private Tensors() {}

    /** A tensor of FLOAT, FLOAT16, BFLOAT16 or DOUBLE. */
    static Tensor floats(String name, DataType type, Shape shape, double... values) {
        ByteBuffer out =
                ByteBuffer.allocate(Math.toIntExact(type.bytes(values.length))).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            switch (type) {
                case FLOAT -> out.putFloat((float) v);
                case DOUBLE -> out.putDouble(v);
                case BFLOAT16 -> out.putShort(brain(v));
                case FLOAT16 -> out.putShort(half(v));
                default -> throw new RefusedException("a scale of type " + type.onnxName() + " cannot be written");
            }
        }
        return new Tensor(name, type, shape, new Storage.Inline(out.array()));
    }

    /** A tensor of zeros of a type whose zero is all bits zero, as it is for all that ONNX has but FLOAT8E8M0. */
    static Tensor zeros(String name, DataType type, Shape shape) {
        return new Tensor(
                name, type, shape, new Storage.Inline(new byte[Math.toIntExact(type.bytes(shape.elements()))]));
    }

    static Tensor int8(String name, Shape shape, byte[] values) {
        return new Tensor(name, DataType.INT8, shape, new Storage.Inline(values));
    }

    /** The BF16 number nearest to a positive one. */
    private static short brain(double value) {
        return (short) (Float.floatToIntBits((float) value) + (1 << 15) >>> 16);
    }

    /** One number of a floating-point type; unlike a scale it can be zero or negative. */
    static Tensor number(String name, DataType type, double value) {
        if (type != DataType.FLOAT16 || value > 0) {
            return floats(name, type, Shape.of(), value);
        }
        short bits = value == 0 ? 0 : (short) (half(-value) | HALF_SIGN);
        byte[] bytes = {(byte) bits, (byte) (bits >> Byte.SIZE)};
        return new Tensor(name, type, Shape.of(), new Storage.Inline(bytes));
    }

    /** The FP16 number nearest to a positive one, but never 0, which no scale may be. */
    private static short half(double value) {
        double step = Math.scalb(1.0, Math.max(-24, Math.getExponent(value) - 10));
        long units = Math.max(1, Math.round(value / step));
        double rounded = units * step;
        int exponent = Math.getExponent(rounded);
        if (exponent < -14) {
            return (short) units;
        }
        return (short) ((exponent + 15) << 10 | (int) (Math.scalb(rounded, 10 - exponent)) - 1024);
    }
}
