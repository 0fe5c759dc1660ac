package io.qdqlint.verify;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;

/**
 * The numbers of an input or an output of a model.
 *
 * @param bytes packed little endian, as in {@code TensorProto.raw_data}
 */
record Feed(DataType type, long[] shape, byte[] bytes) {

    double[] doubles() {
        return new Tensor("", type, Shape.of(shape), new Storage.Inline(bytes))
                .doubles()
                .orElseGet(() -> new double[0]);
    }
}
