package io.qdqlint.fact;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Output shapes of matrix products and of operators that broadcast, as ONNX defines them; null where the rank is not known. */
final class Products {
    private Products() {}

    static Shape gemm(Node node, Shape a, Shape b) {
        if (a == null || b == null || a.rank() != 2 || b.rank() != 2) {
            return null;
        }
        return Shape.of(
                a.dim(node.intAttribute("transA", 0) == 0 ? 0 : 1), b.dim(node.intAttribute("transB", 0) == 0 ? 1 : 0));
    }

    static Shape matmul(Shape a, Shape b) {
        if (a == null || b == null || a.rank() < 2 || b.rank() < 2) {
            return null;
        }
        Shape batches = broadcast(List.of(leading(a), leading(b)));
        long[] out = java.util.Arrays.copyOf(batches.sizes(), batches.rank() + 2);
        out[out.length - 2] = a.dim(-2);
        out[out.length - 1] = b.dim(-1);
        return Shape.of(out);
    }

    private static Shape leading(Shape s) {
        return Shape.of(java.util.Arrays.copyOf(s.sizes(), s.rank() - 2));
    }

    /** The shape of an elementwise operator's output; an open dimension gives way to a known one other than 1. */
    static Shape broadcast(List<Shape> shapes) {
        long[] out = new long[0];
        for (Shape s : shapes) {
            if (s == null) {
                return null;
            }
            long[] wide = new long[Math.max(out.length, s.rank())];
            for (int back = 1; back <= wide.length; back++) {
                long a = back <= out.length ? out[out.length - back] : 1;
                long b = back <= s.rank() ? s.dim(-back) : 1;
                wide[wide.length - back] = a == 1 ? b : b == 1 || a == b ? a : a < 0 ? b : a;
            }
            out = wide;
        }
        return Shape.of(out);
    }

    /** Einsum with its output spelt out and without an ellipsis; others are not known. */
    static Shape einsum(Node node, List<Shape> shapes) {
        String[] sides = node.stringAttribute("equation", "")
                .replace(" ", "")
                .toLowerCase(Locale.ROOT)
                .split("->", -1);
        String[] terms = sides[0].split(",", -1);
        if (sides.length != 2 || terms.length != shapes.size() || sides[0].contains(".") || sides[1].contains(".")) {
            return null;
        }
        Map<Character, Long> sizes = new HashMap<>();
        for (int i = 0; i < terms.length; i++) {
            Shape s = shapes.get(i);
            if (s == null || s.rank() != terms[i].length()) {
                return null;
            }
            for (int axis = 0; axis < s.rank(); axis++) {
                sizes.merge(terms[i].charAt(axis), s.dim(axis), Math::max);
            }
        }
        return Shape.of(sides[1].chars()
                .mapToLong(c -> sizes.getOrDefault((char) c, Shape.UNKNOWN))
                .toArray());
    }
}
