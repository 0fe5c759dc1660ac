package io.qdqlint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxTextReaderTest {
    private static final String FIXTURE = """
            <ir_version: 8, opset_import: ["" : 13, "com.microsoft" : 1], producer_name: "test",
             metadata_props: ["a": "b"], doc_string: "with a \\"quote\\""> # header
            bad (float[1,2,4,4] x, float[N, ?, "a dim"] other, seq(float) list, float[] open, map(int64, float[2]) m)
                => (float[1,2,4,4] y)
            < float s = {0.05}, int8 z = {0}, float[2] ws = {0.02, 1e-3}, int8[2,2,1,1] wq = {1, -2, 3, 4},
              float[1,2,4,4] d, float[2] big = ["location": "w.bin", "offset": "8", "length": "8"] >
            {
              q = QuantizeLinear (x, s, z)
              d = DequantizeLinear (q, s, z)
              [weights] w = com.microsoft.DequantizeLinear <axis = 0> (wq, ws)
              y, "" = Conv (d, w,) <pads = [1, 1, 1, 1]> # finding: QDQ601 QDQ602
            }
            """;

    @TempDir
    Path folder;

    private static Model parse(String text) {
        return OnnxTextReader.parse(text, Path.of("model.onnxtxt"));
    }

    private static Node node(String text) {
        return parse("g (float x) => (y) { " + text + " }").graph().nodes().get(0);
    }

    @Test
    void readsAModel() {
        Model m = parse(FIXTURE);
        Graph g = m.graph();
        assertEquals(13, m.opset());
        assertEquals("test", m.producer());
        assertEquals(Map.of("a", "b"), m.metadata());
        assertEquals("[x, other, list, open, m]", g.inputs().toString());
        assertEquals("[N, ?, a dim]", g.value("other").shape().toString());
        assertNull(g.value("open").shape());
        assertEquals(DataType.UNDEFINED, g.value("list").type());
        assertEquals("[1, 2, 4, 4]", g.value("d").shape().toString());
        assertArrayEquals(
                new double[] {1, -2, 3, 4}, g.value("wq").constant().doubles().orElseThrow());
        assertEquals((float) 1e-3, g.value("ws").constant().doubles().orElseThrow()[1]);
        assertEquals(
                new Storage.External("w.bin", 8, 8), g.value("big").constant().storage());
        Node w = g.value("w").producer();
        assertEquals("weights", w.rawName());
        assertEquals("com.microsoft", w.domain());
        Node conv = g.value("y").producer();
        assertEquals("", conv.rawName());
        assertEquals(2, conv.inputs().size());
        assertNull(conv.output(1));
        assertArrayEquals(new long[] {1, 1, 1, 1}, conv.intsAttribute("pads"));
    }

    @Test
    void readsAttributes() {
        Node n = node("""
                y = Op <i = -3, f = 2.5, asFloat: float = 1, s = "a,b", is: ints = [], fs = [1.0, -inf], ss = ["p"],
                        t = int64[2] {5, 6}, named = float[1] name = {nan}, type = float[N],
                        body = b (float p) => (float r) { r = Neg(p) }, lost = @outer> (x)
                """);
        assertEquals(-3, n.intAttribute("i", 0));
        assertEquals(2.5, n.attribute("f"));
        assertEquals(1.0, n.attribute("asFloat"));
        assertEquals("a,b", n.stringAttribute("s", ""));
        assertArrayEquals(new long[0], n.intsAttribute("is"));
        assertArrayEquals(new double[] {1, Double.NEGATIVE_INFINITY}, (double[]) n.attribute("fs"));
        assertArrayEquals(new String[] {"p"}, (String[]) n.attribute("ss"));
        assertArrayEquals(new long[] {5, 6}, ((Tensor) n.attribute("t")).longs().orElseThrow());
        assertTrue(Double.isNaN(((Tensor) n.attribute("named")).doubles().orElseThrow()[0]));
        assertInstanceOf(Attribute.Unread.class, n.attribute("type"));
        assertInstanceOf(Attribute.Unread.class, n.attribute("lost"));
        assertEquals("Neg", ((Graph) n.attribute("body")).nodes().get(0).opType());
    }

    @Test
    void readsSmallTypes() {
        assertArrayEquals(new double[] {1, -2, 7}, values("int4[3] {1, -2, 7}"));
        assertArrayEquals(new double[] {1, -2, 7}, values("int4[3] {225, 7}"));
        assertArrayEquals(new double[] {1, 0.5}, values("float16[2] {15360, 14336}"));
        assertArrayEquals(new double[] {255, 0}, values("uint8[2] {255, 0}"));
        assertArrayEquals(new double[] {0.1}, values("double {0.1}"));
    }

    private static double[] values(String tensor) {
        return ((Tensor) node("y = Constant <value = " + tensor + "> ()").attribute("value"))
                .doubles()
                .orElseThrow();
    }

    @Test
    void inlinesFunctions() {
        Model m = parse("""
                <ir_version: 8, opset_import: ["" : 17, "local" : 1]>
                g (float[N] x, float missing) => (float[N] y) { y = local.outer <k = 3> (x) }
                <domain: "local", opset_import: ["" : 17]>
                outer <k, d: int = 5> (a, b) => (c) {
                  t = local.inner <axis: int = @k> (a)
                  c = If (t) < then_branch = then () => (float b) < float b = {1.0} > { z = Add (b, t) } >
                }
                <domain: "local"> inner <axis> (a) => (a2) { a2 = Softmax <axis: int = @axis> (a) }
                """);
        assertEquals(
                "[Softmax, If]",
                m.graph().nodes().stream().map(Node::opType).toList().toString());
        assertEquals(3, m.graph().nodes().get(0).intAttribute("axis", 0));
        // The body's own b hides the function's input b, which the call leaves out.
        Graph then = m.graph().subgraphs().get(0);
        assertTrue(then.nodes().get(0).input(0).isConstant());
        assertEquals(m.graph().value("y/t"), then.nodes().get(0).input(1));
    }

    @Test
    void givesExpectedFindingsByNode() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.onnxtxt"), FIXTURE);
        assertEquals(Map.of("y", List.of("QDQ601", "QDQ602")), OnnxTextReader.expectations(file));
        assertEquals(4, OnnxReader.read(file).graph().nodes().size());
        Files.writeString(file, "# finding: QDQ1\n" + FIXTURE);
        assertEquals(
                "line 1, column 1: the expected finding is not beside a node",
                assertThrows(InvalidModelException.class, () -> OnnxTextReader.expectations(file))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g (float x) = (y) {}|line 1, column 13: expected '=>' and found '='",
                "g (float x) => (y) { y Relu(x) }|line 1, column 24: expected '=' and found 'Relu'",
                "g (float x) => (y) { y = Relu(x }|line 1, column 33: expected ')' and found '}'",
                "g (float x) => (y) { y = Relu(x)|line 1, column 33: expected a tensor's name or '=' and found the end of the file",
                "g (float[-2] x) => (y) {}|line 1, column 10: the dimension -2 is negative",
                "g (x) => (y) < int8 z = {200} > {}|line 1, column 26: 200 does not fit int8",
                "g (x) => (y) < float[2] z = {1} > {}|line 1, column 16: float[2] needs 2 values and has 1",
                "g (x) => (y) < float16 z = {0.5} > {}|"
                        + "line 1, column 29: expected an integer, the value's bit pattern, and found '0.5'",
                "g (x, x) => (y) {}|line 1, column 7: graph 'g' declares the input 'x' twice; tensor names must be unique",
                "<ir_version: 8, colour: 3> g () => () {}|line 1, column 17: 'colour' is not a key of this list",
                "g (x) => (y) { y = R <a = [1, 2.0]> (x) }|line 1, column 31: the values of a list must be of one type",
                "g (x) => (y) { y = R <a = []> (x) }|line 1, column 27: an empty list needs its type: name: ints = []",
                "g (x) => (y) { y = R <a: int = 1.5> (x) }|line 1, column 32: the value is not of the attribute's type int",
                "g (x) => (y) { y = R <a = 99999999999999999999> (x) }|"
                        + "line 1, column 27: the integer '99999999999999999999' does not fit 64 bits",
                "'g (x) => (y) { y = R <a = \"open> (x) }'|line 1, column 27: the string that starts here is not closed",
            })
    void saysWhereTheErrorIs(String text, String message) {
        assertEquals(
                message,
                assertThrows(InvalidModelException.class, () -> parse(text)).getMessage());
    }

    @Test
    void countsLines() {
        assertEquals(
                "line 3, column 5: expected '=' and found 'b'",
                assertThrows(InvalidModelException.class, () -> parse("# one\ng () => () {\n  a b }"))
                        .getMessage());
    }

    @Test
    void deepNestingIsRefused() {
        String open = "y = If <b = g () => () { ".repeat(5000);
        assertTrue(assertThrows(InvalidModelException.class, () -> parse("g () => () { " + open))
                .getMessage()
                .contains("nested"));
        assertThrows(InvalidModelException.class, () -> parse("g (" + "seq(".repeat(100_000) + "float"));
    }
}
