package io.qdqlint.onnx;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Types of the textual syntax: {@code float[N, 3]}, {@code seq(float)}, ... */
final class TextTypes {
    private static final int MAX_DEPTH = 64;
    private static final Map<String, DataType> PRIMITIVES = new HashMap<>();

    static {
        for (DataType t : DataType.values()) {
            if (t != DataType.UNDEFINED) {
                PRIMITIVES.put(t.onnxName(), t);
            }
        }
    }

    /**
     * A type as declared.
     *
     * @param type element type of a tensor; UNDEFINED for sequences, maps and other types, which have none for us
     * @param shape null when the rank is open
     */
    record Type(DataType type, Shape shape) {
        static final Type OTHER = new Type(DataType.UNDEFINED, null);
    }

    private final TextCursor in;
    private int depth;

    TextTypes(TextCursor in) {
        this.in = in;
    }

    boolean next() {
        String id = in.peekIdentifier();
        return PRIMITIVES.containsKey(id)
                || switch (id) {
                    case "seq", "map", "optional", "sparse_tensor", "opaque" -> true;
                    default -> false;
                };
    }

    Type read() {
        int from = in.next();
        String id = in.identifier("a type");
        DataType primitive = PRIMITIVES.get(id);
        if (primitive != null) {
            return new Type(primitive, shape());
        }
        if (++depth > MAX_DEPTH) {
            throw in.error(from, "types are nested more than " + MAX_DEPTH + " deep");
        }
        switch (id) {
            case "seq", "optional", "sparse_tensor" -> {
                in.expect('(');
                read();
            }
            case "map" -> {
                in.expect('(');
                int key = in.next();
                if (!PRIMITIVES.containsKey(in.identifier("the map's key type"))) {
                    throw in.error(key, "a map's key type is a primitive type");
                }
                in.expect(',');
                read();
            }
            case "opaque" -> {
                in.expect('(');
                while (in.peek() != ')') {
                    in.identifier("')' or a name");
                    if (!in.matches('.') && !in.matches(',')) {
                        break;
                    }
                }
            }
            default -> throw in.error(from, "'" + id + "' is not a type");
        }
        in.expect(')');
        depth--;
        return Type.OTHER;
    }

    /** Without brackets a scalar, with empty brackets a tensor of open rank. */
    private Shape shape() {
        if (!in.matches('[')) {
            return Shape.of();
        }
        if (in.matches(']')) {
            return null;
        }
        List<Long> sizes = new ArrayList<>();
        List<String> symbols = new ArrayList<>();
        do {
            String symbol = null;
            long size = Shape.UNKNOWN;
            if (in.peek() == '"' || !in.peekIdentifier().isEmpty()) {
                symbol = in.name("a dimension");
            } else if (!in.matches('?')) {
                int from = in.next();
                size = in.integer("a dimension");
                if (size < 0) {
                    throw in.error(from, "the dimension " + size + " is negative");
                }
            }
            sizes.add(size);
            symbols.add(symbol);
        } while (in.matches(','));
        in.expect(']');
        return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray(), symbols.toArray(String[]::new));
    }
}
