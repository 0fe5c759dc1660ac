package io.qdqlint.trt.embedded;

import java.util.Arrays;
import org.bytedeco.tensorrt.nvinfer.Dims64;

/** Shapes; -1 is a dimension that the model leaves open. */
final class Shapes {
    private Shapes() {}

    static long[] of(Dims64 dims) {
        long[] out = new long[Math.max(0, dims.nbDims())];
        for (int i = 0; i < out.length; i++) {
            out[i] = dims.d(i);
        }
        return out;
    }

    static Dims64 of(long[] shape) {
        Dims64 out = new Dims64();
        out.nbDims(shape.length);
        for (int i = 0; i < shape.length; i++) {
            out.d(i, shape[i]);
        }
        return out;
    }

    static boolean open(long[] shape) {
        return Arrays.stream(shape).anyMatch(d -> d < 0);
    }

    /** The given shape; without one, the model's with 1 for what is open. */
    static long[] closed(String input, long[] model, long[] given) throws TensorRtFailure {
        if (given == null) {
            return Arrays.stream(model).map(d -> d < 0 ? 1 : d).toArray();
        }
        if (given.length != model.length) {
            throw new TensorRtFailure(
                    "input " + input + " has " + model.length + " dimensions, but the shape given has " + given.length);
        }
        return given;
    }

    /** How many elements lie in memory where {@code together} elements along one dimension are stored as one. */
    static long volume(long[] shape, int dimension, int together) {
        long out = 1;
        for (int i = 0; i < shape.length; i++) {
            long d = Math.max(0, shape[i]);
            out *= i == dimension && together > 1 ? (d + together - 1) / together * together : d;
        }
        return out;
    }
}
