package io.qdqlint.report;

import io.qdqlint.fact.Scale;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A constant, or what is computed from constants, in a few words: {@code int8[64,3,7,7] 64 scales 0.001..0.02}. */
public final class ConstantText {
    private static final int LISTED = 6;

    private ConstantText() {}

    /** @param value {@link Neighbourhood#isFolded folded} */
    public static String of(Value value) {
        return of(value, "", "");
    }

    private static String of(Value value, String type, String scale) {
        Tensor tensor = value.constant();
        if (tensor != null) {
            return (type.isEmpty() ? plain(tensor) : type + shape(tensor.shape())) + scale;
        }
        Node producer = value.producer();
        Value source = producer == null ? null : producer.input(0);
        if (source == null) {
            return Printable.line(value.name(), 60);
        }
        if (QuantizerText.isQuantizer(producer) && scale.isEmpty()) {
            return of(source, QuantizerText.type(producer), " " + QuantizerText.scaleInWords(producer));
        }
        return of(source, type, scale);
    }

    private static String plain(Tensor tensor) {
        long n = tensor.elements();
        boolean list = n >= 1 && n <= LISTED && tensor.shape().rank() <= 1;
        if (list && tensor.type() == DataType.INT64) {
            return tensor.longs().map(Arrays::toString).orElseGet(() -> described(tensor));
        }
        if (n == 1 && tensor.type().isFloat()) {
            return tensor.doubles().map(d -> Scale.number(d[0])).orElseGet(() -> described(tensor));
        }
        return described(tensor);
    }

    private static String described(Tensor tensor) {
        return tensor.type().onnxName() + shape(tensor.shape());
    }

    /** {@code [64,3,7,7]}; the empty string for null (unknown rank). */
    public static String shape(Shape shape) {
        if (shape == null) {
            return "";
        }
        return Arrays.stream(Printable.line(shape.toString(), 80).split(", ")).collect(Collectors.joining(","));
    }
}
