package io.qdqlint.ir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The tensors that nodes hand out as they are stored. */
final class Constants {
    private Constants() {}

    /** What {@code Constant}, or {@code Identity} of a constant, gives; empty for any other node. */
    static Optional<Tensor> of(Node node) {
        return switch (node.opType()) {
            case "Constant" -> ofAttributes(node);
            case "Identity" -> Optional.ofNullable(node.input(0)).map(Value::constant);
            default -> Optional.empty();
        };
    }

    /** Whichever attribute holds it. */
    private static Optional<Tensor> ofAttributes(Node node) {
        for (Attribute a : node.attributes()) {
            switch (a.name()) {
                case "value" -> {
                    return a.value() instanceof Tensor t ? Optional.of(t) : Optional.empty();
                }
                case "value_float" -> {
                    return a.value() instanceof Double v ? Optional.of(floats(Shape.of(), v)) : Optional.empty();
                }
                case "value_floats" -> {
                    return a.value() instanceof double[] v
                            ? Optional.of(floats(Shape.of(v.length), v))
                            : Optional.empty();
                }
                case "value_int" -> {
                    return a.value() instanceof Long v ? Optional.of(ints(Shape.of(), v)) : Optional.empty();
                }
                case "value_ints" -> {
                    return a.value() instanceof long[] v ? Optional.of(ints(Shape.of(v.length), v)) : Optional.empty();
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Tensor floats(Shape shape, double... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            data.putFloat((float) v);
        }
        return new Tensor("", DataType.FLOAT, shape, new Storage.Inline(data.array()));
    }

    private static Tensor ints(Shape shape, long... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long v : values) {
            data.putLong(v);
        }
        return new Tensor("", DataType.INT64, shape, new Storage.Inline(data.array()));
    }
}
