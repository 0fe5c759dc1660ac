package io.qdqlint.ir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A constant of the model: initializer, {@code Constant} node's value or tensor attribute.
 *
 * @param name may be empty for attribute tensors
 * @param shape always fully known
 */
public record Tensor(String name, DataType type, Shape shape, Storage storage) {

    public long elements() {
        return shape.elements();
    }

    public boolean isInline() {
        return storage instanceof Storage.Inline;
    }

    /**
     * The elements as doubles, for inline tensors of a numeric type up to 64 bits; empty otherwise. Sub-byte types and
     * FP8/FP4 are decoded by their ONNX definition; 64-bit integers beyond 2^53 round.
     */
    public Optional<double[]> doubles() {
        if (!(storage instanceof Storage.Inline inline) || elements() > Integer.MAX_VALUE / Double.BYTES) {
            return Optional.empty();
        }
        int n = (int) Math.max(0, elements());
        if (type.bits() == 0 || type.bytes(n) > inline.bytes().length) {
            return Optional.empty();
        }
        ByteBuffer data = ByteBuffer.wrap(inline.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = Elements.read(type, data, i);
        }
        return Optional.of(out);
    }

    /** As {@link #doubles()}, truncated to integers. */
    public Optional<long[]> longs() {
        if (type == DataType.INT64 && storage instanceof Storage.Inline inline) {
            long[] out = new long[(int) Math.min(elements(), inline.bytes().length / Long.BYTES)];
            ByteBuffer.wrap(inline.bytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer()
                    .get(out);
            return Optional.of(out);
        }
        return doubles()
                .map(values ->
                        java.util.Arrays.stream(values).mapToLong(v -> (long) v).toArray());
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
