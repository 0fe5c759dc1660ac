package io.qdqlint.constraints;

import static io.qdqlint.onnx.TextModel.by;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.report.json.ConstraintsJson;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.UnifyScales;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConstraintsTest {
    private static final String MODEL = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,1,2,2] x) => (float[1,1,2,2] y, float[1,1,2,2] sum)
            <float s1 = {0.5}, float s2 = {1.0}, float s3 = {2.5}, int8 z = {0},
             float[1,1,1,1] "blocks.0.cv1.weight" = {1.0}, float[1,1,1,1] "onnx::Conv_7" = {1.0}>
            {
                ["/blocks/blocks.0/cv1/_input_quantizer/QuantizeLinear"] q1 = QuantizeLinear (x, s1, z)
                d1 = DequantizeLinear (q1, s1, z)
                ["/blocks/blocks.0/cv1/Conv"] a = Conv (d1, "blocks.0.cv1.weight")
                [Q2] q2 = QuantizeLinear (x, s2, z)
                d2 = DequantizeLinear (q2, s2, z)
                ["/blocks/blocks.1/cv2/Conv"] b = Conv (d2, "onnx::Conv_7")
                [Q3] q3 = QuantizeLinear (b, s3, z)
                y = DequantizeLinear (q3, s3, z)
                ["/blocks/blocks.1/Add"] sum = Add (a, x)
            }
            """;

    @TempDir
    Path folder;

    private Constraints find() throws IOException {
        return find(MODEL);
    }

    private Constraints find(String text) throws IOException {
        Model model = TextModel.read(folder, text);
        return ConstraintFinder.find(model, m -> {
            List<Rewrite> rewrites = new ArrayList<>();
            if (by(m, "q1").input(1) != by(m, "q2").input(1)) {
                rewrites.add(new UnifyScales("QDQ103", by(m, "q1"), List.of(by(m, "q1"), by(m, "d2"))));
            }
            if (by(m, "q3") != null) {
                rewrites.add(
                        new RemovePair("QDQ303", by(m, "q3"), by(m, "q3"), by(m, "y"), Exactness.CHANGES_NUMERICS));
            }
            if (by(m, "sum").input(1).isGraphInput()) {
                rewrites.add(new QuantizeInput("QDQ701", by(m, "sum"), by(m, "sum"), 1, by(m, "q1")));
            }
            return rewrites;
        });
    }

    @Test
    void findsWhatIsSharedDisabledAndAdded() throws IOException {
        Constraints found = find();
        Constraints.Group group = found.shared().get(0);
        assertEquals(1.0, group.largest());
        assertEquals(
                List.of("blocks.0.cv1._input_quantizer", "blocks.1.cv2._input_quantizer"),
                group.members().stream().map(Constraints.Quantizer::quantizer).toList());
        assertEquals("blocks.0.cv1.weight", group.members().get(0).weight());
        assertEquals("onnx::Conv_7", group.members().get(1).weight());
        assertEquals("Q3", found.disabled().get(0).quantizer().node());
        assertNull(found.disabled().get(0).quantizer().quantizer());
        Constraints.Added added = found.added().get(0);
        assertEquals("blocks.1", added.module());
        assertEquals("blocks.0.cv1._input_quantizer", added.shares().quantizer());
    }

    @Test
    void scalesThatAreNoneChangeNothingButAreTold() throws IOException {
        Constraints found = find(MODEL.replace("s1 = {0.5}", "s1 = {nan}").replace("s2 = {1.0}", "s2 = {-1.0}"));
        assertEquals(1, found.shared().size());
        assertNull(found.shared().get(0).largest());
        assertFalse(ConstraintsJson.of(found).contains("NaN"), ConstraintsJson.of(found));
        assertTrue(
                found.notes().get(0).startsWith("2 of the 3 quantizers have a scale that is not a positive number"),
                found.notes()::toString);
        assertEquals(List.of(), find().notes());
    }

    @Test
    void whyThereIsNothingToObeyIsTold() throws IOException {
        Model model = TextModel.read(folder, MODEL);
        assertTrue(ConstraintFinder.find(model, m -> List.of())
                .notes()
                .get(0)
                .startsWith("there are no constraints: of the 3"));
        Model plain = OnnxReader.read(Files.writeString(folder.resolve("p.onnxtxt"), """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[2] x) => (float[2] y) { y = Relu (x) }
                """));
        Constraints none = ConstraintFinder.find(plain, m -> List.of());
        assertTrue(none.notes().get(0).startsWith("the model quantizes no activation"), none.notes()::toString);
        assertTrue(PythonSnippet.of(none, PythonSnippet.Tool.MODELOPT).stream()
                .anyMatch(l -> l.startsWith("Note: the model")));
    }

    @Test
    void writesThemForBothTools() throws IOException {
        String modelOpt = String.join("\n", PythonSnippet.of(find(), PythonSnippet.Tool.MODELOPT));
        assertTrue(modelOpt.contains("\"blocks.1.cv2.input_quantizer\",  # Q2, weight onnx::Conv_7"), modelOpt);
        assertTrue(modelOpt.contains("    # Q3: no module path in its names"), modelOpt);
        assertTrue(modelOpt.contains("(\"blocks.1\", 1, \"blocks.0.cv1.input_quantizer\"),"), modelOpt);
        String older = String.join("\n", PythonSnippet.of(find(), PythonSnippet.Tool.PYTORCH_QUANTIZATION));
        assertTrue(older.contains("from pytorch_quantization import nn as quant_nn"), older);
        assertTrue(ConstraintsJson.of(find()).contains("\"weight\" : \"onnx::Conv_7\""));
    }

    @Test
    void quantizersAreNamedAsTheToolNamesThem() {
        assertEquals(
                List.of(
                        "a.b._input_quantizer",
                        "a.b._weight_quantizer",
                        "a.b.skip_quantizer",
                        "m._input_quantizer",
                        "m._weight_quantizer"),
                named(PythonSnippet.Tool.PYTORCH_QUANTIZATION));
        assertEquals(
                List.of(
                        "a.b.input_quantizer",
                        "a.b.weight_quantizer",
                        "a.b.skip_quantizer",
                        "m.input_quantizer",
                        "m.weight_quantizer"),
                named(PythonSnippet.Tool.MODELOPT));
    }

    private static List<String> named(PythonSnippet.Tool tool) {
        List<Constraints.Disabled> disabled = Stream.of(
                        "a.b.input_quantizer",
                        "a.b._weight_quantizer",
                        "a.b.skip_quantizer",
                        "a.b.activation_post_process_0",
                        "a.b.weight_fake_quant")
                .map(path -> new Constraints.Disabled(
                        "QDQ303", new Constraints.Quantizer("n", "t", 0.5, "l", "w", "m", path)))
                .toList();
        return PythonSnippet.of(new Constraints("m.onnx", List.of(), disabled, List.of(), List.of()), tool).stream()
                .filter(line -> line.contains(",  # n"))
                .map(line -> line.strip().split("\"")[1])
                .toList();
    }

    /** Names that would end a string or a comment, and no module paths at all. */
    @Test
    void whatIsWrittenIsPython() throws Exception {
        Constraints.Quantizer hostile = new Constraints.Quantizer(
                "a\"\"\"\nimport os #\\", "t\r'", 0.5, "l", "w\u2028\u202e\u009b\u0085", "m", "a\"b\\.input_quantizer");
        Constraints all = new Constraints(
                "\"\"\" m\\.onnx",
                List.of(new Constraints.Group(List.of("QDQ101"), 1.0, List.of(hostile, hostile))),
                List.of(new Constraints.Disabled("QDQ303", hostile)),
                List.of(
                        new Constraints.Added("QDQ701", "n\n", 1, "t\"", "m\"", hostile),
                        new Constraints.Added("QDQ405", "n", 0, "t", null, null)),
                List.of("a\"\"\"\nimport os"));
        for (PythonSnippet.Tool tool : PythonSnippet.Tool.values()) {
            assertCompiles(PythonSnippet.of(all, tool));
            assertCompiles(PythonSnippet.of(find(), tool));
        }
    }

    /** Without a Python on the machine, that quotes are balanced. */
    private void assertCompiles(List<String> snippet) throws Exception {
        for (String line : snippet) {
            assertTrue(line.codePoints().noneMatch(c -> c == 0x2028 || c == 0x202e || Character.isISOControl(c)), line);
            String code = line.replace("\"\"\"", "").replaceAll("(^|[ ,])#.*", "");
            assertEquals(0, code.chars().filter(c -> c == '"').count() % 2, line);
        }
        Path file = Files.write(folder.resolve("constraints.py"), snippet);
        Process python;
        try {
            python = new ProcessBuilder("python3", "-m", "py_compile", file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return;
        }
        String told = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), () -> told + String.join("\n", snippet));
    }

    @Test
    void readsModulePathsOutOfNodeNames() {
        assertEquals(
                Optional.of("features.3.conv.0.0"),
                ModulePath.ofNode("/features/features.3/conv/conv.0/conv.0.0/Conv"));
        assertEquals(
                Optional.of("layer1.0.downsample.0"),
                ModulePath.ofNode("/layer1/layer1.0/downsample/downsample.0/Conv"));
        assertEquals(Optional.empty(), ModulePath.ofNode("Conv_12"));
        assertTrue(ModulePath.isQuantizer("model.0.conv._input_quantizer"));
        assertTrue(ModulePath.isQuantizer("conv1.activation_post_process_0"));
    }
}
