package io.qdqlint.onnx;

import static io.qdqlint.onnx.Models.node;
import static io.qdqlint.onnx.Models.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.bench.Message;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored tensors: which of protobuf's encodings, where the elements end up, external data. */
class TensorsTest {
    @TempDir
    Path folder;

    private static Message tensor(DataType type, long... dims) {
        Message t = new Message();
        for (long d : dims) {
            t.varint(1, d);
        }
        return t.varint(2, type.code()).text(8, "t");
    }

    private Tensor read(Message tensor) {
        return Models.read(folder, Models.model(relu().message(5, tensor)))
                .graph()
                .value("t")
                .constant();
    }

    private void holds(Message tensor, double... expected) {
        assertArrayEquals(expected, read(tensor).doubles().orElseThrow());
    }

    @Test
    void decodesEveryTypedField() {
        holds(tensor(DataType.FLOAT, 2).packed(4, 1.5f, -2f), 1.5, -2);
        holds(tensor(DataType.FLOAT, 2).fixed32(4, 1.5f).fixed32(4, -2f), 1.5, -2);
        holds(tensor(DataType.DOUBLE, 1).fixed64(10, 0.1), 0.1);
        holds(tensor(DataType.INT32, 2).packed(5, -1, 70000), -1, 70000);
        holds(tensor(DataType.INT8, 3).varint(5, -128).varint(5, 0).varint(5, 127), -128, 0, 127);
        holds(tensor(DataType.UINT8, 2).packed(5, 0, 255), 0, 255);
        holds(tensor(DataType.INT64, 2).packed(7, -5, 1L << 40), -5, 1L << 40);
        holds(tensor(DataType.UINT32, 1).packed(11, 4000000000L), 4e9);
        holds(tensor(DataType.FLOAT16, 2).packed(5, 0x3C00, 0xC000), 1, -2);
        holds(tensor(DataType.BFLOAT16).packed(5, 0x3F80), 1);
        holds(tensor(DataType.BOOL, 2).packed(5, 1, 0), 1, 0);
        holds(tensor(DataType.FLOAT8E4M3FN, 1).packed(5, 0x38), 1);
    }

    @Test
    void decodesNibblesPackedOrOneByOne() {
        holds(tensor(DataType.INT4, 3).packed(5, 0xE1, 0x07), 1, -2, 7);
        holds(tensor(DataType.INT4, 3).packed(5, 1, -2, 7), 1, -2, 7);
        holds(tensor(DataType.UINT4, 3).bytes(9, (byte) 0xF1, (byte) 0x02), 1, 15, 2);
    }

    @Test
    void rawDataWinsAndPackedChunksJoin() {
        holds(tensor(DataType.INT8, 1).varint(5, 3).bytes(9, (byte) 4), 4);
        holds(tensor(DataType.FLOAT, 3).packed(4, 1f).packed(4, 2f).fixed32(4, 3f), 1, 2, 3);
        holds(new Message().bytes(9, (byte) 4).text(8, "t").varint(2, 3).packed(1, 1), 4);
    }

    @Test
    void leavesWeightsInTheFile() {
        float[] values = new float[1024];
        values[1] = 7;
        Tensor t = read(tensor(DataType.FLOAT, 32, 32).packed(4, values));
        assertInstanceOf(Storage.InFile.class, t.storage());
        assertTrue(t.doubles().isEmpty());
        assertEquals(
                7,
                new TensorLoader(folder.resolve("model.onnx"))
                        .load(t)
                        .orElseThrow()
                        .doubles()
                        .orElseThrow()[1]);
    }

    @Test
    void leavesVarintsInTheFileAndLoadsThem() {
        long[] values = new long[2000];
        values[3] = -9;
        Tensor t = read(tensor(DataType.INT8, 40, 50).packed(5, values));
        assertTrue(((Storage.InFile) t.storage()).varint());
        assertEquals(
                -9,
                new TensorLoader(folder.resolve("model.onnx"))
                        .load(t)
                        .orElseThrow()
                        .doubles()
                        .orElseThrow()[3]);
    }

    @Test
    void keepsVectorsAndShapes() {
        assertTrue(read(tensor(DataType.FLOAT, 4096).packed(4, new float[4096])).isInline());
        assertTrue(read(tensor(DataType.INT64, 64, 64).bytes(9, new byte[64 * 64 * 8]))
                .isInline());
        assertFalse(read(tensor(DataType.INT64, 128, 128).bytes(9, new byte[128 * 128 * 8]))
                .isInline());
    }

    @Test
    void keepsScalesOfAnyShape() {
        Message scale =
                new Message().packed(1, 64, 64).varint(2, 1).text(8, "s").packed(4, new float[64 * 64]);
        Message q = new Message().texts(1, "x", "s1").text(2, "q").text(4, "QuantizeLinear");
        Tensor t = Models.read(
                        folder,
                        Models.model(relu().message(5, scale)
                                .message(1, node("Identity", "s", "s1", null))
                                .message(1, q)))
                .graph()
                .value("s")
                .constant();
        assertEquals(4096, t.doubles().orElseThrow().length);
    }

    @Test
    void readsExternalScalesOfTheModelsFolderOnly() throws Exception {
        Path outside = Files.createTempFile("outside", ".bin");
        Files.write(outside, new byte[8192]);
        Files.write(folder.resolve("w.bin"), new byte[8192]);
        Files.createSymbolicLink(folder.resolve("link.bin"), outside);
        assertTrue(external("w.bin").isInline());
        for (String refused : new String[] {
            outside.toString(), "../" + outside.getFileName(), "a/../../x", "link.bin", "absent.bin", "."
        }) {
            assertInstanceOf(Storage.External.class, external(refused).storage(), refused);
        }
        Files.delete(outside);
        assertThrows(InvalidModelException.class, () -> external("w.bin\0"));
    }

    private Tensor external(String location) {
        Message scale = tensor(DataType.FLOAT, 1024)
                .varint(14, 1)
                .message(13, new Message().text(1, "location").text(2, location))
                .message(13, new Message().text(1, "offset").text(2, "4096"))
                .message(13, new Message().text(1, "length").text(2, "4096"));
        Message q = new Message().texts(1, "x", "t").text(2, "q").text(4, "QuantizeLinear");
        return Models.read(folder, Models.model(relu().message(5, scale).message(1, q)))
                .graph()
                .value("t")
                .constant();
    }

    @Test
    void sparseInitializersHaveNameTypeAndShape() {
        Message values = tensor(DataType.FLOAT, 1).packed(4, 5f);
        Message sparse = new Message().message(1, values).packed(3, 10, 20);
        Tensor t = Models.read(folder, Models.model(relu().message(15, sparse)))
                .graph()
                .value("t")
                .constant();
        assertEquals("[10, 20]", t.shape().toString());
        assertEquals(DataType.FLOAT, t.type());
    }

    @Test
    void strippedWeightsAreAbsent() {
        assertInstanceOf(
                Storage.Absent.class, read(tensor(DataType.FLOAT, 64, 3, 7, 7)).storage());
        assertEquals(0, read(tensor(DataType.FLOAT, 0)).doubles().orElseThrow().length);
    }
}
