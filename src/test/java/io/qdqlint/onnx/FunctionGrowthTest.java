package io.qdqlint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions whose calls expand to far more than stands in the file. */
class FunctionGrowthTest {
    @TempDir
    private Path folder;

    /** Each function calls the next twice. */
    private Path model(int depth, String first, String second) throws IOException {
        StringBuilder text = new StringBuilder("<ir_version: 8, opset_import: [\"\" : 13, \"f\" : 1]>\n"
                + "g (float[1] x) => (float[1] y) { y = f.F0 (x) }\n");
        for (int i = 0; i < depth; i++) {
            text.append(
                    "<opset_import: [\"\" : 13, \"f\" : 1], domain: \"f\">\nF%1$d (a) => (b) { [%3$s] m = f.F%2$d (a)  [%4$s] b = f.F%2$d (m) }\n"
                            .formatted(i, i + 1, first, second));
        }
        text.append("<opset_import: [\"\" : 13], domain: \"f\">\nF")
                .append(depth)
                .append(" (a) => (b) { b = Relu (a) }\n");
        return Files.writeString(folder.resolve("m.onnxtxt"), text);
    }

    @Test
    void namesDoNotGrowWithoutBound() throws IOException {
        Path file = model(18, "n".repeat(1200), "m".repeat(1200));
        String told = assertThrows(InvalidModelException.class, () -> OnnxReader.read(file))
                .getMessage();
        assertTrue(told.contains("expand to more than 100000000 characters of names"), told);
    }

    @Test
    void manyCallsOfOneNameTakeNoLongerThanOthers() throws IOException {
        assertEquals(
                1 << 14, OnnxReader.read(model(14, "n", "n")).graph().nodes().size());
    }
}
