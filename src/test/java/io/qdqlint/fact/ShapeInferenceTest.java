package io.qdqlint.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Shape;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxTextReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes of nodes whose outputs the file declares nothing of; expected are ONNX's definitions of the operators. */
class ShapeInferenceTest {
    private static Shape of(String inputs, String nodes) {
        Model model = OnnxTextReader.parse("""
                <ir_version: 8, opset_import: ["" : 18]>
                g (%s) => (y)
                {
                  %s
                }
                """.formatted(inputs, nodes.replace(";", "\n  ")), Path.of("m.onnxtxt"));
        Device device = Linters.DEVICE;
        Costs costs = FactExtractor.extract(model, Target.DEFAULT, device, Tolerance.DEFAULT, InputShapes.NONE).stream()
                .filter(Costs.class::isInstance)
                .map(Costs.class::cast)
                .findFirst()
                .orElseThrow();
        return costs.shapes().of(model.graph().value("y"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        y = Transpose <perm = [0, 2, 3, 1]> (x)                                         | [2, 9, 7, 6]
        y = Flatten <axis = 2> (x)                                                      | [12, 63]
        y = GlobalAveragePool (x)                                                       | [2, 6, 1, 1]
        y = Concat <axis = -3> (x, x)                                                   | [2, 12, 9, 7]
        s = Constant <value_ints = [0, -1, 7]> (); y = Reshape (x, s)                   | [2, 54, 7]
        s = Constant <value_ints = [0, -1]> (); y = Reshape <allowzero = 1> (x, s)      | [0, ?]
        a = Constant <value_ints = [-1]> (); y = Unsqueeze (x, a)                       | [2, 6, 9, 7, 1]
        p = GlobalMaxPool (x); a = Constant <value_ints = [2, -1]> (); y = Squeeze (p, a) | [2, 6]
        p = GlobalMaxPool (x); y = Squeeze (p)                                          | [2, 6]
        s = Constant <value_ints = [1, -1]> (); e = Constant <value_ints = [100, -4]> (); a = Constant <value_ints = [2, 3]> (); t = Constant <value_ints = [2, -1]> (); y = Slice (x, s, e, a, t) | [2, 6, 4, 3]
        y, z = Split <axis = 1, num_outputs = 2> (x)                                    | [2, 3, 9, 7]
        z, y = Split <axis = 2, num_outputs = 2> (x)                                    | [2, 6, 4, 7]
        s = Constant <value_ints = [4, 2]> (); z, y = Split <axis = 1> (x, s)           | [2, 2, 9, 7]
        p = Constant <value_ints = [0, 0, 1, 2, 0, 0, 3, -1]> (); y = Pad (x, p)        | [2, 6, 13, 8]
        p = Constant <value_ints = [1, 2]> (); a = Constant <value_ints = [-1]> (); y = Pad (x, p, , a) | [2, 6, 9, 10]
        a = Constant <value_ints = [2, -1]> (); y = ReduceMean <keepdims = 0> (x, a)    | [2, 6]
        y = ReduceMax (x)                                                               | [1, 1, 1, 1]
        y = ReduceSum <noop_with_empty_axes = 1> (x)                                    | [2, 6, 9, 7]
        y = ArgMax <axis = 1, keepdims = 0> (x)                                         | [2, 9, 7]
        k = Constant <value_ints = [3]> (); y, i = TopK <axis = 1> (x, k)               | [2, 3, 9, 7]
        i = Constant <value_ints = [0, 5]> (); y = Gather <axis = 1> (x, i)             | [2, 2, 9, 7]
        i = Constant <value_int = 1> (); y = Gather <axis = 1> (x, i)                   | [2, 9, 7]
        r = Constant <value_ints = [1, 2, 1, 3]> (); y = Tile (x, r)                    | [2, 12, 9, 21]
        s = Constant <value_ints = [3, 1, 1, 1, 1]> (); y = Expand (x, s)               | [3, 2, 6, 9, 7]
        y = SpaceToDepth <blocksize = 3> (w)                                            | [1, 72, 3, 4]
        y = DepthToSpace <blocksize = 2> (w)                                            | [1, 2, 18, 24]
        s = Constant <value_floats = [1.0, 1.0, 2.0, 0.5]> (); y = Resize (x, , s)      | [2, 6, 18, 3]
        s = Constant <value_ints = [5, 4]> (); y = Resize <axes = [2, 3]> (x, , , s)    | [2, 6, 5, 4]
        y = Add (x, b)                                                                  | [2, 6, 9, 7]
        y = MatMul (x, m)                                                               | [2, 6, 9, 4]
        y = Einsum <equation = "bchw,wk->bkc"> (x, m)                                   | [2, 4, 6]
        y = GridSample (x, v)                                                           | [2, 6, 5, 4]
        y = Shape <start = 1> (x)                                                       | [3]
        y = Softmax (x)                                                                 | [2, 6, 9, 7]
        """)
    void operators(String nodes, String expected) {
        Shape shape = of("float[2,6,9,7] x, float[1,8,9,12] w, float[6,1,1] b, float[7,4] m, float[2,5,4,2] v", nodes);
        assertEquals(expected, String.valueOf(shape));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        i = Constant <value_ints = [0, 1]> (); s = Shape (x); b = Gather (s, i); r = Constant <value_ints = [-1]> (); c = Concat <axis = 0> (b, r); y = Reshape (x, c) | [2, 6, 63]
        s = Shape (w); a = Constant <value_ints = [2]> (); e = Constant <value_ints = [4]> (); z = Constant <value_ints = [0]> (); h = Slice (s, a, e, z); t = Shape (x); u = Slice (t, z, a, z); c = Concat <axis = 0> (u, h); y = Resize (x, , , c) | [2, 6, 9, 12]
        s = Shape <start = 2> (x); f = Cast <to = 1> (s); k = Constant <value_float = 2.5> (); g = Mul (f, k); l = Floor (g); i = Cast <to = 7> (l); b = Shape <end = 2> (x); c = Concat <axis = 0> (b, i); y = Resize (x, , , c) | [2, 6, 22, 17]
        d = Size (x); k = Constant <value_ints = [8]> (); q = Div (d, k); y = Expand (q, q) | [94]
        p = Constant <value_ints = [1, 2, 3, 4]> (); o = Constant <value_ints = [4]> (); z = ConstantOfShape (o); c = Concat <axis = 0> (p, z); s = Constant <value_ints = [-1, 2]> (); r = Reshape (c, s); f = Constant <value_ints = [-1]> (); e = Constant <value_ints = [-9223372036854775807]> (); a = Constant <value_ints = [0]> (); v = Slice (r, f, e, a, f); t = Transpose <perm = [1, 0]> (v); g = Reshape (t, f); y = Pad (x, g) | [2, 6, 16, 10]
        s = Shape (x); m = Constant <value_ints = [-1, -1, 3, 7]> (); n = Constant <value_ints = [-1]> (); q = Equal (m, n); c = Where (q, s, m); y = ConstantOfShape (c) | [2, 6, 3, 7]
        s = Shape (x); i = Constant <value_int = 2> (); h = Gather (s, i); z = Constant <value_int = 0> (); d = Constant <value_int = 2> (); y = Range (z, h, d) | [5]
        s = Shape (x); i = Constant <value_ints = [2]> (); h = Gather (s, i); o = Constant <value_ints = [4]> (); l = Sub (h, o); n = Neg (l); z = Constant <value_ints = [-3]> (); c = Clip (n, z); r = Max (c, z); a = Constant <value_ints = [2]> (); e = Constant <value_ints = [9]> (); y = Slice (x, r, e, a) | [2, 6, 3, 7]
        """)
    void whatIsComputedFromShapesIsKnown(String nodes, String expected) {
        assertEquals(expected, String.valueOf(of("float[2,6,9,7] x, float[1,8,9,12] w", nodes)));
    }

    @Test
    void anOpenDimensionStaysOpenAndOthersAreTold() {
        String nodes = "s = Shape (x); i = Constant <value_ints = [0]> (); b = Gather (s, i);"
                + " r = Constant <value_ints = [6, 63]> (); c = Concat <axis = 0> (b, r); y = Reshape (x, c)";
        assertEquals("[?, 6, 63]", String.valueOf(of("float[N,6,9,7] x", nodes)));
    }

    @Test
    void whatDependsOnDataIsNotTold() {
        assertNull(of("float[2,6,9,7] x, int64[K] s", "y = Reshape (x, s)"));
        assertEquals("[?, ?, ?, ?]", String.valueOf(of("float[2,6,9,7] x, int64[4] s", "y = Tile (x, s)")));
        assertNull(of("float[2,6,9,7] x", "y = NonZero (x)"));
    }

    @Test
    void whatOnnxDoesNotAllowIsNotTold() {
        String x = "float[2,6,9,7] x";
        assertNull(of(x, "y = Concat <axis = 0> ()"));
        assertEquals("[?]", String.valueOf(of(x, "n = Constant <value_ints = [-3]> (); y = ConstantOfShape (n)")));
        String none = "s = Shape <start = 4> (x); m = Constant <value_ints = [-1]> ();"
                + " e = Constant <value_ints = [-99]> (); a = Constant <value_ints = [0]> ();";
        assertEquals("[]", String.valueOf(of(x, none + " r = Slice (s, m, e, a, m); y = ConstantOfShape (r)")));
        assertEquals("[?]", String.valueOf(of(x, none + " c = ConstantOfShape (e); y = Expand (c, m)")));
    }
}
