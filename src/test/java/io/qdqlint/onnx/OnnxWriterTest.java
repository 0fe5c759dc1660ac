package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fix.Edit;
import io.qdqlint.fix.GraphEditor;
import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxWriterTest {
    @TempDir
    Path folder;

    private Path file;
    private Path target;

    @BeforeEach
    void names() {
        file = folder.resolve("m.onnx");
        target = folder.resolve("fixed.onnx");
    }

    /** Fields that this program does not know stand at every level. */
    private static final Pieces UNKNOWN = new Pieces().text(777, "not ours");

    private static Pieces node(String name, String op, String in, String out) {
        return new Pieces()
                .text(NODE_INPUT, in)
                .add(UNKNOWN)
                .text(NODE_OUTPUT, out)
                .text(NODE_NAME, name)
                .text(NODE_OP_TYPE, op)
                .text(6, "a doc string");
    }

    private static Pieces scalar(String name, float value) {
        return new Pieces()
                .text(TENSOR_NAME, name)
                .add(Pieces.bytesOf(o -> o.writeFloat(TENSOR_FLOAT_DATA, value)))
                .varint(TENSOR_DATA_TYPE, 1)
                .add(UNKNOWN);
    }

    private static Pieces info(String name) {
        return OnnxEncoder.valueInfo(name, DataType.FLOAT, Shape.of(2));
    }

    private static Pieces body() {
        return new Pieces()
                .message(GRAPH_NODE, node("inner", "Neg", "b", "inner_out"))
                .text(GRAPH_NAME, "body")
                .message(GRAPH_OUTPUT, info("inner_out"))
                .add(UNKNOWN);
    }

    /** x - Relu - a - Neg - b - Abs - y, and an If whose branches read b. */
    private Model model() throws IOException {
        Pieces branch = new Pieces().text(ATTRIBUTE_NAME, "then_branch").message(ATTRIBUTE_G, body());
        Pieces other = new Pieces()
                .text(ATTRIBUTE_NAME, "else_branch")
                .message(
                        ATTRIBUTE_G,
                        new Pieces()
                                .message(GRAPH_NODE, node("else_inner", "Neg", "b", "else_out"))
                                .message(GRAPH_OUTPUT, info("else_out")));
        Pieces choice = new Pieces()
                .text(NODE_INPUT, "c")
                .text(NODE_OUTPUT, "z")
                .text(NODE_NAME, "choice")
                .text(NODE_OP_TYPE, "If")
                .message(NODE_ATTRIBUTE, branch.varint(ATTRIBUTE_TYPE, TYPE_GRAPH))
                .message(NODE_ATTRIBUTE, other.varint(ATTRIBUTE_TYPE, TYPE_GRAPH));
        Pieces graph = new Pieces()
                .message(GRAPH_VALUE_INFO, info("a"))
                .message(GRAPH_NODE, node("relu", "Relu", "x", "a"))
                .message(GRAPH_NODE, node("neg", "Neg", "a", "b"))
                .add(UNKNOWN)
                .message(GRAPH_INITIALIZER, scalar("unread", 3))
                .message(GRAPH_NODE, node("abs", "Abs", "b", "y"))
                .message(GRAPH_NODE, choice)
                .text(GRAPH_NAME, "g")
                .message(GRAPH_INPUT, info("x"))
                .message(GRAPH_INPUT, OnnxEncoder.valueInfo("c", DataType.BOOL, Shape.of()))
                .message(GRAPH_OUTPUT, info("y"))
                .message(GRAPH_OUTPUT, info("z"));
        Pieces model = new Pieces()
                .add(UNKNOWN)
                .varint(MODEL_IR_VERSION, 8)
                .message(MODEL_GRAPH, graph)
                .message(MODEL_OPSET_IMPORT, new Pieces().text(OPSET_DOMAIN, "").varint(OPSET_VERSION, 13))
                .add(UNKNOWN);
        AtomicFile.write(file, model::writeTo);
        return OnnxReader.read(file);
    }

    private static Node node(Model model, String name) {
        return nodes(model.graph())
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Node> nodes(Graph graph) {
        return Stream.concat(graph.nodes().stream(), graph.subgraphs().stream().flatMap(OnnxWriterTest::nodes));
    }

    private Model rewritten(Model before, Edit... edits) throws IOException {
        OnnxWriter.write(before, GraphEditor.apply(before, List.of(edits)), target);
        return OnnxReader.read(target);
    }

    @Test
    void anUnchangedModelIsTheSameBytes() throws IOException {
        Model model = model();
        OnnxWriter.write(model, model, target);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(target));
    }

    @Test
    void anEditAndItsReverseGiveTheSameBytesBack() throws IOException {
        Model model = model();
        Model there = rewritten(model, new Edit.SetInput(node(model, "abs"), 0, "a"));
        Path back = folder.resolve("back.onnx");
        Model again = GraphEditor.apply(there, List.of(new Edit.SetInput(node(there, "abs"), 0, "b")));
        OnnxWriter.write(there, again, back);
        String was = Files.readString(file, StandardCharsets.ISO_8859_1);
        String is = Files.readString(back, StandardCharsets.ISO_8859_1);
        assertEquals(sorted(was), sorted(is), "only the place of the input within its node may differ");
        assertEquals("a", node(there, "abs").input(0).name());
    }

    private static String sorted(String bytes) {
        return bytes.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void unknownFieldsOfAnEditedNodeStay() throws IOException {
        Model model = model();
        rewritten(model, new Edit.SetInput(node(model, "abs"), 0, "a"));
        String was = Files.readString(file, StandardCharsets.ISO_8859_1);
        String is = Files.readString(target, StandardCharsets.ISO_8859_1);
        assertEquals(was.split("not ours", -1).length, is.split("not ours", -1).length);
        assertEquals(was.split("a doc string", -1).length, is.split("a doc string", -1).length);
    }

    @Test
    void aNodeInABodyIsEdited() throws IOException {
        Model model = model();
        Model after = rewritten(model, new Edit.SetInput(node(model, "inner"), 0, "a"));
        assertEquals("a", node(after, "inner").input(0).name());
        assertEquals("b", node(after, "else_inner").input(0).name());
        assertTrue(Files.readString(target, StandardCharsets.ISO_8859_1).contains("not ours"));
    }

    @Test
    void aNewNodeStandsBeforeItsFirstReader() throws IOException {
        Model model = model();
        Node abs = node(model, "abs");
        Model after = rewritten(
                model,
                new Edit.AddNode(
                        abs,
                        "q",
                        "QuantizeLinear",
                        List.of("b", "s"),
                        List.of("b_q"),
                        List.of(new Attribute("axis", 0L), new Attribute("note", "n"))),
                new Edit.AddNode(abs, "dq", "DequantizeLinear", List.of("b_q", "s"), List.of("b_dq"), List.of()),
                new Edit.SetInitializer(new Tensor("s", DataType.FLOAT, Shape.of(), new Storage.Inline(new byte[4]))),
                new Edit.SetInput(abs, 0, "b_dq"));
        assertEquals(
                List.of("relu", "neg", "q", "dq", "abs", "choice"),
                after.graph().nodes().stream().map(Node::name).toList());
        assertEquals(0L, node(after, "q").attribute("axis"));
        assertEquals("n", node(after, "q").attribute("note"));
        assertEquals(DataType.FLOAT, after.graph().value("s").type());
    }

    @Test
    void whatNothingReadsAnyMoreGoes() throws IOException {
        Model model = model();
        Model after = rewritten(model, new Edit.SetInput(node(model, "neg"), 0, "x"));
        assertNull(after.graph().value("a"));
        assertEquals(
                List.of("neg", "abs", "choice"),
                after.graph().nodes().stream().map(Node::name).toList());
        assertTrue(after.graph().value("unread").isConstant(), "what was unread before is none of our business");
    }

    @Test
    void aProducerThatMovesBehindItsReaderIsPutInFront() throws IOException {
        Model model = model();
        Model after = rewritten(
                model, new Edit.SetInput(node(model, "neg"), 0, "y"), new Edit.SetInput(node(model, "abs"), 0, "a"));
        assertEquals(
                List.of("relu", "abs", "neg", "choice"),
                after.graph().nodes().stream().map(Node::name).toList());
    }

    @Test
    void writingOverTheInputIsAtomic() throws IOException {
        Model model = model();
        OnnxWriter.write(model, GraphEditor.apply(model, List.of(new Edit.SetInput(node(model, "abs"), 0, "a"))), file);
        assertEquals("a", node(OnnxReader.read(file), "abs").input(0).name());
    }

    @Test
    void aFailureLeavesTheOldContentAndNothingElse() throws IOException {
        Files.writeString(target, "old");
        assertThrows(
                IOException.class,
                () -> AtomicFile.write(target, channel -> {
                    channel.write(java.nio.ByteBuffer.allocate(10));
                    throw new IOException("no space left on device");
                }));
        assertEquals("old", Files.readString(target));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(target), files.toList());
        }
    }

    @Test
    void weightsAreCopiedFromTheFile() throws IOException {
        byte[] weights = new byte[1 << 20];
        java.util.Arrays.fill(weights, (byte) 7);
        Tensor w = new Tensor("w", DataType.INT8, Shape.of(1 << 20), new Storage.Inline(weights));
        Pieces graph = new Pieces()
                .message(GRAPH_NODE, node("neg", "Neg", "w", "y"))
                .message(GRAPH_INITIALIZER, OnnxEncoder.tensor(w))
                .message(GRAPH_OUTPUT, info("y"));
        Pieces whole = new Pieces()
                .varint(MODEL_IR_VERSION, 8)
                .message(MODEL_OPSET_IMPORT, new Pieces().varint(OPSET_VERSION, 13))
                .message(MODEL_GRAPH, graph);
        AtomicFile.write(file, whole::writeTo);
        Model model = OnnxReader.read(file);
        Tensor read = model.graph().value("w").constant();
        Tensor renamed = new Tensor("v", DataType.UINT8, read.shape(), read.storage());
        Model after = rewritten(model, new Edit.SetInitializer(renamed), new Edit.SetInput(node(model, "neg"), 0, "v"));
        assertNull(after.graph().value("w"));
        assertArrayEquals(
                weights,
                ((Storage.Inline) new TensorLoader(target)
                                .load(after.graph().value("v").constant())
                                .orElseThrow()
                                .storage())
                        .bytes());
    }

    @Test
    void externalDataComesAlong() throws IOException {
        Path data = Files.createDirectories(folder.resolve("in")).resolve("weights.bin");
        Files.write(data, new byte[] {1, 2, 3});
        Tensor w = new Tensor("w", DataType.INT8, Shape.of(3), new Storage.External("weights.bin", 0, 3));
        Tensor gone = new Tensor("v", DataType.INT8, Shape.of(3), new Storage.External("gone.bin", 0, 3));
        Pieces graph = new Pieces()
                .message(GRAPH_INITIALIZER, OnnxEncoder.tensor(w))
                .message(GRAPH_INITIALIZER, OnnxEncoder.tensor(gone))
                .message(GRAPH_NODE, node("neg", "Neg", "w", "y"))
                .message(GRAPH_OUTPUT, info("y"));
        Path in = folder.resolve("in").resolve("m.onnx");
        AtomicFile.write(
                in,
                new Pieces()
                        .varint(MODEL_IR_VERSION, 8)
                        .message(MODEL_OPSET_IMPORT, new Pieces().varint(OPSET_VERSION, 13))
                        .message(MODEL_GRAPH, graph)::writeTo);
        Model model = OnnxReader.read(in);
        Path out = Files.createDirectories(folder.resolve("out")).resolve("m.onnx");
        OnnxWriter.write(model, model, out);
        assertEquals(List.of("gone.bin"), ExternalFiles.transfer(model, out, ExternalFiles.Transfer.COPY));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(out.resolveSibling("weights.bin")));
        assertTrue(new TensorLoader(out)
                .load(OnnxReader.read(out).graph().value("w").constant())
                .isPresent());
        try (FileChannel channel = FileChannel.open(out.resolveSibling("weights.bin"), StandardOpenOption.APPEND)) {
            channel.write(java.nio.ByteBuffer.allocate(1));
        }
        assertThrows(IOException.class, () -> ExternalFiles.transfer(model, out, ExternalFiles.Transfer.COPY));
    }
}
