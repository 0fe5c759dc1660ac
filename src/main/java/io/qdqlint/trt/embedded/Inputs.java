package io.qdqlint.trt.embedded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.tensorrt.global.nvinfer.DataType;

/** Inputs that any model takes: reals between -1 and 1, and 0 where a number may be an index. */
final class Inputs {
    private static final int HALF_EXPONENT_OF_ONE = 15;
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    private Inputs() {}

    /** Bytes of one element. */
    static int bytes(int type) {
        if (type == DataType.kFLOAT.value || type == DataType.kINT32.value) {
            return 4;
        }
        if (type == DataType.kINT64.value) {
            return 8;
        }
        return type == DataType.kHALF.value || type == DataType.kBF16.value ? 2 : 1;
    }

    /** Random numbers; empty for zeros. */
    static Optional<byte[]> random(long volume, int type, Random random) {
        if (volume * bytes(type) > LARGEST) {
            return Optional.empty();
        }
        int n = (int) volume;
        ByteBuffer out = ByteBuffer.allocate(n * bytes(type)).order(ByteOrder.nativeOrder());
        if (type == DataType.kFLOAT.value) {
            for (int i = 0; i < n; i++) {
                out.putFloat(random.nextFloat() * 2 - 1);
            }
        } else if (type == DataType.kBF16.value) {
            for (int i = 0; i < n; i++) {
                out.putShort((short) (Float.floatToIntBits(random.nextFloat() * 2 - 1) >>> 16));
            }
        } else if (type == DataType.kHALF.value) {
            for (int i = 0; i < n; i++) {
                out.putShort(half(random));
            }
        } else if (type == DataType.kINT8.value || type == DataType.kUINT8.value) {
            random.nextBytes(out.array());
        } else {
            return Optional.empty();
        }
        return Optional.of(out.array());
    }

    /** Sign, exponent and fraction of a half-precision number below 1. */
    private static short half(Random random) {
        int exponent = HALF_EXPONENT_OF_ONE - 1 - random.nextInt(4);
        return (short) (random.nextInt(2) << 15 | exponent << 10 | random.nextInt(1 << 10));
    }
}
