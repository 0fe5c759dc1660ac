package io.qdqlint.ir;

import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Shape of a tensor: one size per dimension. A dimension whose size is not known is {@link #UNKNOWN} and may carry the
 * symbol (ONNX {@code dim_param}) that the file gives it. A value of unknown rank has no shape at all.
 */
public final class Shape {
    /** Size of a dimension that the file leaves open. */
    public static final long UNKNOWN = -1;

    private static final Shape SCALAR = new Shape(new long[0], null);

    private final long[] sizes;
    private final String[] symbols;

    private Shape(long[] sizes, String[] symbols) {
        this.sizes = sizes;
        this.symbols = symbols;
    }

    public static Shape of(long... sizes) {
        return sizes.length == 0 ? SCALAR : new Shape(sizes.clone(), null);
    }

    /** A shape with symbols; {@code symbols} has an entry (or null) per dimension. */
    public static Shape of(long[] sizes, String[] symbols) {
        for (String symbol : symbols) {
            if (symbol != null && !symbol.isEmpty()) {
                return new Shape(sizes.clone(), symbols.clone());
            }
        }
        return of(sizes);
    }

    public int rank() {
        return sizes.length;
    }

    /** Size of dimension {@code axis}, counted from the back when negative; {@link #UNKNOWN} when open or out of range. */
    public long dim(int axis) {
        int i = axis < 0 ? axis + sizes.length : axis;
        return i >= 0 && i < sizes.length ? sizes[i] : UNKNOWN;
    }

    /** The symbol of dimension {@code axis}, or null. */
    public String symbol(int axis) {
        return symbols == null ? null : symbols[axis];
    }

    public long[] sizes() {
        return sizes.clone();
    }

    public boolean isStatic() {
        for (long s : sizes) {
            if (s < 0) {
                return false;
            }
        }
        return true;
    }

    /** Number of elements; {@link #UNKNOWN} when a dimension is open or the product does not fit. */
    public long elements() {
        long n = 1;
        for (long s : sizes) {
            if (s < 0) {
                return UNKNOWN;
            }
            if (s != 0 && n > Long.MAX_VALUE / s) {
                return UNKNOWN;
            }
            n *= s;
        }
        return n;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Shape s && Arrays.equals(sizes, s.sizes) && Arrays.equals(symbols, s.symbols);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** For example {@code [N, 3, 224, 224]}; an open dimension without symbol is {@code ?}. */
    @Override
    public String toString() {
        StringJoiner out = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < sizes.length; i++) {
            String symbol = symbol(i);
            out.add(sizes[i] >= 0 ? Long.toString(sizes[i]) : symbol == null ? "?" : symbol);
        }
        return out.toString();
    }
}
