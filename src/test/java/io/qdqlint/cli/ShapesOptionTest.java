package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed of a model whose batch is open. */
class ShapesOptionTest {
    private static final String MODEL = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[N,4,64,64] images) => (y)
            <int8 z = {0}, float s = {0.05}, float t = {0.07}, int8[4] wz = ["location": "z"], float[4] ws = ["location": "s"],
             int8[4,4,1,1] wq = ["location": "w"]>
            {
              w = DequantizeLinear <axis = 0> (wq, ws, wz)
              a = QuantizeLinear (images, s, z)
              b = DequantizeLinear (a, s, z)
              c = Conv (b, w)
              d = QuantizeLinear (images, t, z)
              e = DequantizeLinear (d, t, z)
              f = Conv (e, w)
              y = Add (c, f)
            }
            """;

    @TempDir
    Path folder;

    private String run(int expected, String... arguments) throws Exception {
        Path model = Files.writeString(folder.resolve("m.onnxtxt"), MODEL);
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = model.toString();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Main.run(all, out, new PrintStream(out, true));
        String printed = out.toString(StandardCharsets.UTF_8);
        assertEquals(expected, status, printed);
        return printed;
    }

    @Test
    void timesSayWhatTheyAreFor() throws Exception {
        assertTrue(run(1, "check").contains("sizes and times are for --shapes=images:1x4x64x64"));
        assertTrue(run(0, "forecast").contains("as for trtexec: --shapes=images:1x4x64x64"));
    }

    @Test
    void shapesThatAreGivenNeedNoWord() throws Exception {
        assertFalse(run(1, "check", "--shapes=images:8x4x64x64").contains("--shapes"));
        assertFalse(run(0, "forecast", "--shapes=images:8x4x64x64").contains("--shapes"));
    }

    @Test
    void aWrongShapeIsTold() throws Exception {
        assertTrue(run(2, "check", "--shapes=images:8x3x64x64").contains("but the model fixes [N, 4, 64, 64]"));
        assertTrue(run(2, "forecast", "--shapes=image:8x4x64x64").contains("the inputs are 'images'"));
        assertTrue(run(2, "forecast", "--shapes=8x4x64x64").contains("expected NAME:1x3x224x224,..."));
    }
}
