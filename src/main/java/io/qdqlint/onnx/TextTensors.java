package io.qdqlint.onnx;

import static io.qdqlint.ir.InvalidModelException.quote;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.onnx.TextCursor.Literal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tensor data of the textual syntax: {@code {1, 2}} or {@code ["location": "weights.bin", "offset": "0"]}. */
final class TextTensors {
    private record Located(Literal literal, int offset) {}

    private final TextCursor in;

    TextTensors(TextCursor in) {
        this.in = in;
    }

    /** The data that comes next, as a tensor of this name and type; {@code from} is where errors of the type point. */
    Tensor read(String name, TextTypes.Type declared, int from) {
        DataType type = declared.type();
        if (type == DataType.UNDEFINED
                || declared.shape() == null
                || !declared.shape().isStatic()) {
            throw in.error(from, "a constant needs a tensor type with a number for every dimension");
        }
        Shape shape =
                in.at(from, () -> Tensors.shape(name, type, declared.shape().sizes()));
        if (in.matches('[')) {
            return new Tensor(name, type, shape, external(name, from));
        }
        in.expect('{');
        List<Located> literals = new ArrayList<>();
        if (!in.matches('}')) {
            do {
                int offset = in.next();
                literals.add(new Located(in.literal("a number or '}'"), offset));
            } while (in.matches(','));
            in.expect('}');
        }
        return new Tensor(name, type, shape, storage(type, shape, literals, from));
    }

    private Storage external(String name, int from) {
        Map<String, String> written = new LinkedHashMap<>();
        do {
            String key = in.string("a key");
            in.expect(':');
            written.put(key, in.string("a value"));
        } while (in.matches(','));
        in.expect(']');
        return in.at(from, () -> {
            ExternalEntries entries = new ExternalEntries();
            written.forEach((key, value) -> entries.put(name, key, value));
            return entries.storage(name);
        });
    }

    private Storage storage(DataType type, Shape shape, List<Located> literals, int from) {
        long elements = shape.elements();
        int parts = type == DataType.COMPLEX64 || type == DataType.COMPLEX128 ? 2 : 1;
        long expected = elements * parts;
        boolean single = literals.size() == expected;
        if (!single && !(type.bits() > 0 && type.bits() < 8 && literals.size() == type.bytes(elements))) {
            throw in.error(from, type.onnxName() + shape + " needs " + expected + " values and has " + literals.size());
        }
        if (type == DataType.STRING) {
            return new Storage.Absent();
        }
        int bits = single ? type.bits() / parts : 8;
        byte[] out = new byte[(int) type.bytes(elements)];
        for (int i = 0; i < literals.size(); i++) {
            Located l = literals.get(i);
            long value = switch (type) {
                case FLOAT, COMPLEX64 -> Float.floatToRawIntBits(single(l));
                case DOUBLE, COMPLEX128 -> Double.doubleToRawLongBits(number(l));
                case UINT64 -> unsigned(l);
                default -> integer(type, bits, l);
            };
            TensorData.put(out, i, bits, value);
        }
        return new Storage.Inline(out);
    }

    private double number(Located l) {
        if (l.literal().kind() == Literal.Kind.STRING) {
            throw in.error(
                    l.offset(),
                    "expected a number and found the string "
                            + quote(l.literal().text()));
        }
        double value = Double.parseDouble(l.literal().text());
        if (Double.isInfinite(value) && !l.literal().text().endsWith("Infinity")) {
            throw in.error(l.offset(), "the number " + quote(l.literal().text()) + " is too large for a double");
        }
        return value;
    }

    private float single(Located l) {
        double value = number(l);
        float out = Float.parseFloat(l.literal().text());
        if (Float.isInfinite(out) && !Double.isInfinite(value)) {
            throw in.error(l.offset(), "the number " + quote(l.literal().text()) + " is too large for a float");
        }
        return out;
    }

    private long unsigned(Located l) {
        try {
            return Long.parseUnsignedLong(l.literal().text());
        } catch (NumberFormatException e) {
            throw in.error(l.offset(), quote(l.literal().text()) + " is not a uint64");
        }
    }

    /** Integers; of the small float types, whose values are written as their bit patterns, too. */
    private long integer(DataType type, int bits, Located l) {
        if (l.literal().kind() != Literal.Kind.INT) {
            boolean isFloat =
                    type.isFloat() || type.isFp8() || type == DataType.FLOAT4E2M1 || type == DataType.FLOAT8E8M0;
            throw in.error(
                    l.offset(),
                    "expected an integer" + (isFloat ? ", the value's bit pattern," : "") + " and found "
                            + quote(l.literal().text()));
        }
        long value = in.integer(l.literal(), l.offset());
        boolean signed = type.name().startsWith("INT");
        boolean exact = signed || type.name().startsWith("UINT");
        // A bit pattern, or a byte of several elements, may be written with or without sign.
        boolean loose = !exact || bits > type.bits();
        long least = loose || signed ? -1L << bits - 1 : 0;
        long most = bits == 64 ? Long.MAX_VALUE : loose || !signed ? (1L << bits) - 1 : (1L << bits - 1) - 1;
        if (type == DataType.BOOL && (value < 0 || value > 1) || value < least || value > most) {
            throw in.error(l.offset(), value + " does not fit " + type.onnxName());
        }
        return value;
    }
}
