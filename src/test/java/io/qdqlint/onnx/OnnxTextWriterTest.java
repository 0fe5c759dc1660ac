package io.qdqlint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxTextWriterTest {
    private static final String TEXT = """
            <ir_version: 8, opset_import: ["" : 13, "com.example" : 1], metadata_props: ["made by" : "a \\"person\\""]>
            g (float[N,3,?,4] x, "odd type" , float[] unranked, bool c) => (float[1,2] y, "a/b:c" )
            <float s = {0.05},
             float[3] special = {nan, inf, -inf},
             int64[2] "shape of it" = {-1, 9007199254740993},
             uint8[0] none = {},
             float16[2] half = {14336, 31743}>
            {
                [the_node] a = Conv <pads: ints = [1, 1, 1, 1], alpha: float = 2.0, mode = "x\\\\y", n = -3> (x, "", s)
                ["/path/node"] "a/b:c", b = com.example.Two <w = int8[2] {1, -2}, names: strings = ["p", "q"]> (a)
                y = If (c) <
                  then_branch =
                    t () => (float[1,2] t1)
                    {
                        t1 = Neg (b)
                    }
                  ,
                  else_branch =
                    e () => (float[1,2] e1)
                    <float k = {1.0}>
                    {
                        e1 = Mul (b, k)
                    }
                >
            }
            """;

    @TempDir
    Path folder;

    @Test
    void whatIsReadIsWrittenAgain() throws IOException {
        Model model = TextModel.read(folder, TEXT);
        Path out = folder.resolve("out.onnxtxt");
        OnnxTextWriter.write(model, out);
        assertEquals(
                TEXT.replace("\"odd type\" ,", "\"odd type\",").replace("\"a/b:c\" )", "\"a/b:c\")"),
                Files.readString(out));
        assertEquals(Files.readAllLines(out), OnnxTextWriter.lines(OnnxReader.read(out), 100));
    }

    @Test
    void aFileForToolsSaysTheSame() throws IOException {
        Model model = TextModel.read(folder, TEXT);
        Path out = folder.resolve("out.onnx");
        OnnxWriter.encode(model, out);
        Model read = OnnxReader.read(out);
        assertEquals(OnnxTextWriter.lines(model, 100), OnnxTextWriter.lines(read, 100));
        Path again = folder.resolve("again.onnx");
        OnnxWriter.write(read, read, again);
        assertArrayEquals(Files.readAllBytes(out), Files.readAllBytes(again));
    }

    @Test
    void aLineBreakInATextComesBack() throws IOException {
        String text = TEXT.replace("a \\\"person\\\"", "two\nlines");
        Model model = TextModel.read(folder, text);
        Path out = folder.resolve("out.onnxtxt");
        OnnxTextWriter.write(model, out);
        assertEquals("two\nlines", OnnxReader.read(out).metadata().get("made by"));
        assertTrue(OnnxTextWriter.lines(model, 1).get(0).contains("\"two\\nlines\""));
    }

    @Test
    void whatIsNotInMemoryIsNotWritten() throws IOException {
        String text = """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[2] x) => (float[2] y)
                <float[2] w = ["location": "weights.bin"]>
                {
                    y = Add (x, w)
                }
                """;
        Model model = TextModel.read(folder, text);
        Path out = folder.resolve("out.onnxtxt");
        IOException refused = assertThrows(IOException.class, () -> OnnxTextWriter.write(model, out));
        assertTrue(refused.getMessage().contains("the tensor 'w'"), refused.getMessage());
        assertTrue(Files.notExists(out));
    }

    @Test
    void longTensorsAreCutForPeople() throws IOException {
        Model model = TextModel.read(folder, TEXT);
        List<String> lines = OnnxTextWriter.lines(model, 1);
        assertTrue(lines.contains(" float[3] special = {...},"), String.join("\n", lines));
    }
}
