package io.qdqlint.onnx;

import static io.qdqlint.onnx.Models.model;
import static io.qdqlint.onnx.Models.node;
import static io.qdqlint.onnx.Models.relu;
import static io.qdqlint.onnx.Models.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.bench.Message;
import io.qdqlint.ir.InvalidModelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the file holds, the reader gives a model or one sentence. */
class HostileFileTest {
    @TempDir
    Path folder;

    private String refusal(byte... bytes) {
        return refusal(Models.write(folder, bytes));
    }

    private static String refusal(Path file) {
        String message = assertThrows(InvalidModelException.class, () -> OnnxReader.read(file))
                .getMessage();
        assertFalse(message.contains("\n") || message.length() > 500, message);
        return message;
    }

    private void refuses(String part, Message model) {
        String message = refusal(model.toBytes());
        assertTrue(message.contains(part), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version https://git-lfs.github.com/spec/v1|run `git lfs pull`",
                "just some words|the file is plain text",
                "<!DOCTYPE html><html>|the file is a web page",
                "<ir_version: 8> g () => () {}|name it .onnxtxt",
                "'\u001C\u0000\u0000\u0000TFL3'|TensorFlow Lite",
                "'PK\u0003\u0004'|zip archive",
                "'\u0089PNG'|picture",
                "ftrt|TensorRT engine",
                "'\u001F\u008B\u0008'|compressed",
            })
    void saysWhatElseTheFileIs(String content, String part) {
        String message = refusal(content.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(message.contains(part), message);
    }

    @Test
    void filesThatAreNone() throws IOException {
        assertEquals("there is no such file", refusal(folder.resolve("absent.onnx")));
        assertEquals("this is a directory; pass the .onnx file in it", refusal(folder));
        assertTrue(refusal().contains("is empty"));
        assertTrue(refusal(new Message().varint(1, 8).toBytes()).contains("holds no graph"));
    }

    @Test
    void unreadableFile() throws IOException {
        Path file = Models.write(folder, model(relu()).toBytes());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        // Permissions do not bind the superuser, who runs tests in containers.
        if (!Files.isReadable(file)) {
            assertEquals("permission to read the file is denied", refusal(file));
        }
    }

    @Test
    void moreThanTwoGigabytes() throws IOException {
        Path file = folder.resolve("large.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertTrue(refusal(file).contains("larger than 2 GiB"));
    }

    @Test
    void brokenGraphs() {
        refuses(
                "has a cycle",
                model(relu().message(1, node("A", "p", "q", null)).message(1, node("B", "q", "p", null))));
        refuses("has a cycle", model(relu().message(1, node("A", "p", "p", null))));
        refuses("'gone', which nothing in the file defines", model(relu().message(1, node("A", "gone", "q", null))));
        refuses("tensor 'y' is defined twice", model(relu().message(1, node("A", "x", "y", null))));
        refuses("tensor 'x' is defined twice", model(relu().message(1, node("A", "y", "x", null))));
        refuses("input 'x' twice", model(relu().message(11, value("x"))));
        refuses("graph output 'o' is produced by no node", model(relu().message(12, value("o"))));
        refuses("has no name", model(relu().message(5, new Message().varint(2, 1))));
        refuses(
                "initializer 't' occurs twice",
                model(relu().message(5, floats(1)).message(5, floats(1))));
        refuses("no operator set", new Message().varint(1, 8).message(7, relu()));
    }

    private static Message floats(long... dims) {
        return new Message().packed(1, dims).varint(2, 1).text(8, "t").packed(4, 1f);
    }

    @Test
    void wrongDims() {
        refuses("negative dimension -3", model(relu().message(5, floats(-3))));
        refuses("more elements than can be counted", model(relu().message(5, floats(1L << 40, 1L << 40))));
        refuses("does not fit that", model(relu().message(5, floats(7))));
        refuses(
                "does not fit that",
                model(relu().message(
                                5,
                                new Message()
                                        .packed(1, 3)
                                        .varint(2, 3)
                                        .text(8, "t")
                                        .packed(5, 1, 2))));
        refuses("more than 64 dimensions", model(relu().message(5, floats(new long[65]))));
    }

    @Test
    void lengthsBeyondTheFile() {
        refuses("cut short or damaged", model(relu()).head(7, Integer.MAX_VALUE));
        refuses(
                "cut short or damaged",
                model(relu().raw(new Message().head(2, 1 << 30).toBytes())));
        refuses(
                "cut short or damaged",
                model(new Message().raw(new Message().head(5, -1).toBytes())));
        refuses("a name of 100000 bytes", model(relu().text(2, "a".repeat(100_000))));
    }

    @Test
    void functionsWithoutEnd() {
        Message recursive = new Message()
                .text(1, "F")
                .message(7, node("F", "a", "b", null))
                .texts(4, "a")
                .texts(5, "b");
        Message call = relu().message(1, node("F", "x", "z", null));
        refuses("calls itself", model(call).message(25, recursive));
        Message model = model(relu().message(1, node("F0", "x", "z", null)));
        for (int i = 0; i < 30; i++) {
            Message f = new Message().text(1, "F" + i).texts(4, "a").texts(5, "b");
            for (int k = 0; k < 8; k++) {
                f.message(7, node("F" + (i + 1), "a", "t" + k, null));
            }
            model.message(25, f.message(7, node("Relu", "a", "b", null)));
        }
        refuses("expand to more than", model);
    }

    @Test
    void deepNesting() {
        Message body = new Message();
        for (int i = 0; i < 10_000; i++) {
            body = new Message().message(1, new Message().message(5, new Message().message(6, body)));
        }
        refuses("nested more than", model(body));
    }

    @Test
    void hugeCountsCostNothing() {
        byte[] zeros = new byte[20_000_000];
        Message attribute = new Message().text(1, "a").bytes(8, zeros).varint(20, 7);
        Message graph = relu().message(1, node("Op", "x", "z", attribute))
                .message(
                        5,
                        new Message()
                                .packed(1, 20_000_000)
                                .varint(2, 3)
                                .text(8, "t")
                                .bytes(5, zeros));
        long before = used();
        assertEquals(2, Models.read(folder, model(graph)).graph().nodes().size());
        assertTrue(used() - before < 30_000_000);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void namesInMessagesAreShortAndPrintable() {
        refuses("'" + "q".repeat(120) + "...'", model(relu().message(1, node("A", "q".repeat(60_000), "z", null))));
        refuses("'a?b'", model(relu().message(1, node("A", "a\nb", "z", null))));
    }

    @Test
    void cutAtEveryByte() throws IOException {
        for (String name : new String[] {"conv.int4_weights.qdq", "custom_ops_type_inference_fails_0"}) {
            byte[] whole = Files.readAllBytes(Models.CORPUS.resolve(name + ".onnx"));
            for (int length = 0; length < whole.length; length++) {
                readOrRefuse(Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void randomDamage() throws IOException {
        Random random = new Random(1);
        for (String name : new String[] {"conv.int4_weights.qdq", "dup_qdq_bfloat16", "qrelu_1"}) {
            byte[] whole = Files.readAllBytes(Models.CORPUS.resolve(name + ".onnx"));
            for (int i = 0; i < 1000; i++) {
                byte[] damaged = whole.clone();
                for (int k = random.nextInt(8); k >= 0; k--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                readOrRefuse(damaged);
            }
        }
    }

    @Test
    void randomDamageOfText() throws IOException {
        Random random = new Random(2);
        String whole =
                "<ir_version: 8, opset_import: [\"\" : 13]> g (float[N, 2] x) => (y) < float s = {0.5}, int4[2] w = {1} >"
                        + " { y, z = a.B <p = [1, 2], b = h () => (r) { r = Neg (x) }> (x, s) } <domain: \"d\"> f <k> (a) => (b) {}";
        for (int i = 0; i < 3000; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int k = random.nextInt(3); k >= 0; k--) {
                damaged.setCharAt(random.nextInt(damaged.length()), whole.charAt(random.nextInt(whole.length())));
            }
            damaged.setLength(random.nextInt(4) == 0 ? random.nextInt(damaged.length()) : damaged.length());
            try {
                OnnxTextReader.parse(damaged.toString(), Path.of("m.onnxtxt"));
            } catch (InvalidModelException e) {
                assertFalse(e.getMessage().contains("\n"));
            }
        }
    }

    /** Any other exception fails the test. */
    private void readOrRefuse(byte[] bytes) {
        Path file = Models.write(folder, bytes);
        try {
            OnnxReader.read(file);
        } catch (InvalidModelException e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }
}
