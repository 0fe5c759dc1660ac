package io.qdqlint.fact;

import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The shapes that graph inputs have when the engine is built, where the file leaves dimensions open: trtexec's {@code --shapes}.
 *
 * @param given by input; an input that is not in it has the shape of the file
 */
public record InputShapes(Map<String, Shape> given) {
    /** Those of the file. */
    public static final InputShapes NONE = new InputShapes(Map.of());

    /**
     * Reads {@code a:1x3x224x224,'b,c':1x128}, as trtexec takes it.
     *
     * @throws IllegalArgumentException that shows the entry which is none
     */
    public static InputShapes parse(String text) {
        Map<String, Shape> given = new TreeMap<>();
        for (String entry : split(text)) {
            int colon = entry.lastIndexOf(':');
            String dims = entry.substring(colon + 1);
            if (colon <= 0 || !dims.matches("\\d{1,18}(x\\d{1,18})*")) {
                throw new IllegalArgumentException("expected NAME:1x3x224x224,..., not '" + entry + "'");
            }
            long[] sizes = Arrays.stream(dims.split("x", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            given.put(entry.substring(0, colon).replaceAll("^'(.*)'$", "$1"), Shape.of(sizes));
        }
        return new InputShapes(given);
    }

    /** Splits at commas outside quotes. */
    private static List<String> split(String text) {
        List<String> out = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        boolean quoted = false;
        for (char c : text.toCharArray()) {
            if (c == ',' && !quoted) {
                out.add(entry.toString());
                entry.setLength(0);
            } else {
                quoted ^= c == '\'';
                entry.append(c);
            }
        }
        if (entry.length() > 0) {
            out.add(entry.toString());
        }
        return out;
    }

    /**
     * The same for a model.
     *
     * @throws InvalidModelException where the model has no such input, or fixes another size
     */
    InputShapes of(Model model) {
        given.forEach((name, shape) -> check(model, name, shape));
        return this;
    }

    private static void check(Model model, String name, Shape shape) {
        Value input = model.graph().inputs().stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidModelException("--shapes names " + InvalidModelException.quote(name)
                        + ", which is no input; the inputs are "
                        + model.graph().inputs().stream()
                                .map(v -> InvalidModelException.quote(v.name()))
                                .collect(Collectors.joining(", "))));
        Shape declared = input.shape();
        boolean fits = declared == null || declared.rank() == shape.rank();
        for (int i = 0; fits && declared != null && i < shape.rank(); i++) {
            fits = declared.dim(i) < 0 || declared.dim(i) == shape.dim(i);
        }
        if (!fits) {
            throw new InvalidModelException("--shapes gives " + InvalidModelException.quote(name) + " the shape "
                    + shape + ", but the model fixes " + declared);
        }
    }

    /** The shape of a graph input; null when not even the rank is known. */
    Shape of(Value input) {
        return given.getOrDefault(input.name(), input.shape());
    }

    /**
     * These, and 1 for every dimension that is still open, as trtexec takes it by default; the same object where nothing
     * is open.
     */
    InputShapes closed(Model model) {
        Map<String, Shape> closed = new TreeMap<>(given);
        for (Value input : model.graph().inputs()) {
            Shape shape = of(input);
            if (shape != null && !shape.isStatic() && !input.isConstant()) {
                closed.put(
                        input.name(),
                        Shape.of(Arrays.stream(shape.sizes())
                                .map(d -> d < 0 ? 1 : d)
                                .toArray()));
            }
        }
        return closed.equals(given) ? this : new InputShapes(closed);
    }

    /** As {@link #parse} reads it, in quotes where a name has a comma. */
    @Override
    public String toString() {
        return given.entrySet().stream()
                .map(e -> (e.getKey().contains(",") ? "'" + e.getKey() + "'" : e.getKey()) + ":"
                        + Arrays.stream(e.getValue().sizes())
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining("x")))
                .collect(Collectors.joining(","));
    }
}
