package io.qdqlint.onnx;

import static io.qdqlint.onnx.Models.node;
import static io.qdqlint.onnx.Models.relu;
import static io.qdqlint.onnx.Models.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.bench.Message;
import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatTheModelSaysOfItself() {
        Model m = Models.read(
                folder,
                new Message()
                        .varint(1, 9)
                        .text(2, "pytorch")
                        .text(3, "2.4")
                        .message(8, new Message().text(1, "ai.onnx").varint(2, 19))
                        .message(8, new Message().text(1, "com.microsoft").varint(2, 1))
                        .message(14, new Message().text(1, "author").text(2, "me"))
                        .message(7, relu())
                        .text(999, "a field of the future"));
        assertEquals(9, m.irVersion());
        assertEquals("pytorch 2.4", m.producer());
        assertEquals(19, m.opset());
        assertEquals(1L, m.opsets().get("com.microsoft"));
        assertEquals("me", m.metadata().get("author"));
        assertEquals("[x]", m.graph().inputs().toString());
        assertEquals("[1, 4]", m.graph().value("y").shape().toString());
    }

    @Test
    void knowsWhereANodeStands() throws Exception {
        Model m = Models.read(folder, Models.model(relu()));
        Node node = m.graph().nodes().get(0);
        byte[] file = Files.readAllBytes(m.file());
        int from = (int) node.source().offset();
        byte[] there = Arrays.copyOfRange(file, from, from + (int) node.source().length());
        assertArrayEquals(node("Relu", "x", "y", null).toBytes(), there);
    }

    @Test
    void readsAttributesOfEveryKind() {
        Message tensor = new Message().varint(1, 2).varint(2, 1).packed(4, 1.5f, 2.5f);
        Message node = node(
                        "Custom",
                        "x",
                        "y",
                        new Message().text(1, "f").fixed32(2, 0.5f).varint(20, 1))
                .message(5, new Message().text(1, "i").varint(3, -7).varint(20, 2))
                .message(
                        5,
                        new Message()
                                .text(1, "s")
                                .bytes(4, (byte) 'a', (byte) 0xFF, (byte) 'b')
                                .varint(20, 3))
                .message(5, new Message().text(1, "t").message(5, tensor).varint(20, 4))
                .message(
                        5,
                        new Message()
                                .text(1, "fs")
                                .packed(7, 1f, 2f)
                                .fixed32(7, 3f)
                                .varint(20, 6))
                .message(
                        5,
                        new Message()
                                .text(1, "is")
                                .packed(8, 1, -2)
                                .varint(8, 3)
                                .varint(20, 7))
                .message(5, new Message().text(1, "ss").texts(9, "p", "q").varint(20, 8))
                .message(5, new Message().text(1, "untyped").varint(3, 5))
                .message(5, new Message().text(1, "zero").varint(20, 2))
                .message(5, new Message().text(1, "none").varint(20, 7))
                .message(
                        5,
                        new Message()
                                .text(1, "sparse")
                                .message(22, new Message())
                                .varint(20, 11));
        Node n = only(node);
        assertEquals(0.5, n.attribute("f"));
        assertEquals(-7, n.intAttribute("i", 0));
        assertEquals("a\uFFFDb", n.stringAttribute("s", ""));
        assertArrayEquals(
                new double[] {1.5, 2.5}, ((Tensor) n.attribute("t")).doubles().orElseThrow());
        assertArrayEquals(new double[] {1, 2, 3}, (double[]) n.attribute("fs"));
        assertArrayEquals(new long[] {1, -2, 3}, n.intsAttribute("is"));
        assertArrayEquals(new String[] {"p", "q"}, (String[]) n.attribute("ss"));
        assertEquals(5, n.intAttribute("untyped", 0));
        assertEquals(0, n.intAttribute("zero", 9));
        assertArrayEquals(new long[0], n.intsAttribute("none"));
        assertInstanceOf(Attribute.Unread.class, n.attribute("sparse"));
        assertNull(n.attribute("absent"));
    }

    @Test
    void readsOpenDimensions() {
        Message shape = new Message()
                .message(1, new Message().text(2, "N"))
                .message(1, new Message())
                .message(1, new Message().varint(1, -1))
                .message(1, new Message().varint(1, 3));
        Message type = new Message().varint(1, 10).message(2, shape);
        Message info = new Message().text(1, "h").message(2, new Message().message(1, type));
        Model m = Models.read(folder, Models.model(relu().message(11, info)));
        assertEquals("[N, ?, ?, 3]", m.graph().value("h").shape().toString());
        assertEquals(DataType.FLOAT16, m.graph().value("h").type());
    }

    @Test
    void linksBodiesToWhatTheyCapture() {
        Message body = new Message()
                .text(2, "then")
                .message(1, node("Neg", "late", "z", null))
                .message(12, value("z"));
        Message branch = new Message().text(1, "then_branch").message(6, body).varint(20, 5);
        // The If stands before the node whose output its body reads.
        Model m = Models.read(
                folder,
                Models.model(new Message()
                        .message(1, node("If", "x", "y", branch))
                        .message(1, node("Abs", "x", "late", null))
                        .message(11, value("x"))
                        .message(12, value("y"))));
        assertEquals("[n_late, n_y]", m.graph().nodes().toString());
        Graph then = (Graph) m.graph().nodes().get(1).attribute("then_branch");
        assertSame(then, m.graph().subgraphs().get(0));
        assertSame(m.graph().value("late"), then.nodes().get(0).input(0));
        assertSame(then.nodes().get(0), m.graph().value("late").uses().get(0).node());
    }

    @Test
    void inlinesFunctions() {
        Message inner = new Message()
                .text(1, "Scale")
                .text(10, "local")
                .texts(4, "a")
                .texts(5, "b")
                .message(11, new Message().text(1, "alpha").fixed32(2, 0.25f).varint(20, 1))
                .message(
                        7,
                        node(
                                "LeakyRelu",
                                "a",
                                "t",
                                new Message().text(1, "alpha").text(21, "alpha").varint(20, 1)))
                .message(7, node("Neg", "t", "b", null));
        Message outer = new Message()
                .text(1, "Twice")
                .text(10, "local")
                .texts(4, "p")
                .texts(5, "q")
                .texts(6, "k")
                .message(7, call("Scale", "p", "m"))
                .message(
                        7,
                        call("Scale", "m", "q")
                                .message(
                                        5,
                                        new Message()
                                                .text(1, "alpha")
                                                .text(21, "k")
                                                .varint(20, 1)));
        Message graph = new Message()
                .message(
                        1,
                        call("Twice", "x", "y")
                                .message(
                                        5,
                                        new Message()
                                                .text(1, "k")
                                                .fixed32(2, 2f)
                                                .varint(20, 1)))
                .message(11, value("x"))
                .message(12, value("y"));
        Model m = Models.read(folder, Models.model(graph).message(25, outer).message(25, inner));
        assertEquals(
                "[n_y/n_m/n_t, n_y/n_m/n_b, n_y/n_q/n_t, n_y/n_q/n_b]",
                m.graph().nodes().toString());
        assertEquals(0.25, m.graph().nodes().get(0).attribute("alpha"));
        assertEquals(2.0, m.graph().nodes().get(2).attribute("alpha"));
        assertEquals("x", m.graph().nodes().get(0).input(0).name());
        assertSame(m.graph().nodes().get(3), m.graph().value("y").producer());
        assertTrue(m.graph().nodes().stream().noneMatch(n -> n.source().isKnown()));
    }

    private static Message call(String function, String input, String output) {
        return node(function, input, output, null).text(7, "local");
    }

    private Node only(Message node) {
        Message graph = new Message().message(1, node).message(11, value("x")).message(12, value("y"));
        return Models.read(folder, Models.model(graph)).graph().nodes().get(0);
    }
}
