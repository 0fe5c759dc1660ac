package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qdqlint.fix.Edit;
import io.qdqlint.fix.GraphEditor;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.report.JsonSchemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixCommandTest {
    private static final Path FIXTURE = Path.of("rules/scale/QDQ101-concat-scale-mismatch/bad.onnxtxt");

    @TempDir
    Path folder;

    private Path model;
    private String out;
    private String err;

    @BeforeEach
    void encode() throws IOException {
        model = folder.resolve("m.onnx");
        OnnxWriter.encode(OnnxReader.read(FIXTURE), model);
    }

    private int fix(Object... args) {
        Object[] words = new Object[args.length + 1];
        words[0] = "fix";
        System.arraycopy(args, 0, words, 1, args.length);
        return run(words);
    }

    private int run(Object... args) {
        List<String> words = new ArrayList<>();
        for (Object arg : args) {
            words.add(arg.toString());
        }
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int status = Main.run(words.toArray(String[]::new), outBytes, new PrintStream(errBytes, true));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return status;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesTheFixedModelWithItsProof() throws IOException {
        Path fixed = folder.resolve("fixed.onnx");
        assertEquals(0, fix(model, "-o", fixed, "--unsafe"), err);
        assertTrue(out.contains("QDQ101 changes numerics: "), out);
        assertTrue(out.contains("proven in ONNX Runtime with 3 inputs"), out);
        assertTrue(out.contains("quantized tensors are within the stated bound"), out);
        assertEquals(List.of("fixed.onnx", "m.onnx"), files());
        assertEquals(0, fix(fixed, "--in-place", "--unsafe"));
        assertTrue(out.contains("0 edits"), out);
    }

    @Test
    void countsTheNodesThatOneReasonHolds() {
        Path twoResiduals = Path.of("rules/missing/QDQ701-residual-not-quantized/bad.onnxtxt")
                .toAbsolutePath();
        assertEquals(1, fix(twoResiduals, "--dry-run"));
        assertTrue(
                out.contains(
                        "QDQ701 at 'node_of_sum' and 1 more node not applied: it changes numerics; --unsafe applies it"),
                out);
    }

    @Test
    void appliesOnlyExactRewritesUnlessAllowed() throws IOException {
        byte[] before = Files.readAllBytes(model);
        assertEquals(1, fix(model, "--in-place"));
        assertTrue(out.contains("not applied: it changes numerics; --unsafe applies it"), out);
        assertArrayEquals(before, Files.readAllBytes(model));
    }

    @Test
    void looksWithoutWriting() throws IOException {
        assertEquals(0, fix(model, "--dry-run", "--unsafe"));
        assertTrue(out.contains("after:  "), out);
        assertEquals(0, fix(model, "--diff", "--unsafe"));
        assertTrue(out.startsWith("--- " + model), out);
        assertTrue(out.lines().anyMatch(l -> l.startsWith("-") && l.contains("s_side")), out);
        assertEquals(List.of("m.onnx"), files());
    }

    @Test
    void mendsSelectedRulesOnly() {
        assertEquals(1, fix(model, "--dry-run", "--unsafe", "--select", "QDQ5"));
        assertTrue(out.contains(": 0 edits"), out);
        assertEquals(1, fix(model, "--dry-run", "--unsafe", "--ignore", "QDQ101"));
    }

    @Test
    void aSelectorForNoRuleIsAnError() {
        for (String selector : List.of("QDQ999", "", "concat")) {
            assertEquals(2, fix(model, "--dry-run", "--select", selector));
            assertTrue(err.contains("'" + selector + "' is no rule"), err);
            assertEquals(2, fix(model, "--dry-run", "--ignore", selector));
        }
        assertEquals(1, fix(model, "--dry-run", "--ignore", "concat-scale-mismatch"));
    }

    @Test
    void textModelsAreFixedAsText() throws IOException {
        Path text = folder.resolve("fixed.onnxtxt");
        assertEquals(0, fix(FIXTURE, "-o", text, "--unsafe"), err);
        assertTrue(Files.readString(text).startsWith("<ir_version: 8"));
        assertFalse(OnnxReader.read(text).graph().nodes().isEmpty());
    }

    @Test
    void refusesToGuessWhereToWrite() {
        assertEquals(2, fix(model));
        assertTrue(err.contains("--dry-run"), err);
        assertEquals(2, fix(model, "-o", model));
        assertTrue(err.contains("--in-place"), err);
        assertEquals(2, fix(folder.resolve("none.onnx"), "--diff"));
        assertEquals(2, fix(model, "--diff", "--calibration", folder.resolve("none")));
    }

    @Test
    void aProofTakesARun() {
        assertEquals(2, fix(model, "-o", folder.resolve("fixed.onnx"), "--runs", "0"));
        assertTrue(err.contains("--runs must be 1 or more"), err);
    }

    @Test
    void whatOthersWroteAboutScalesIsPassedOver() throws IOException {
        String text = Files.readString(FIXTURE);
        String output = text.replaceAll("(?s).*\n\\s*(\\w+) = Concat.*", "$1");
        Path foreign = Files.writeString(
                folder.resolve("foreign.onnxtxt"),
                text.replaceFirst(
                        "<ir_version: 8",
                        "<ir_version: 8, metadata_props: [\"qdqlint.scales\" : \"0.5 " + output + "\nx y\"]"));
        assertEquals(0, fix(foreign, "-o", folder.resolve("fixed.onnx"), "--unsafe"), err);
    }

    @Test
    void aBracketInANameStandsForItself() {
        assertEquals(2, run("check", folder.resolve("mod[el.onnx")));
        assertTrue(err.contains("there is no such file"), err);
    }

    @Test
    void noControlCharacterOfANameReachesTheTerminal() throws IOException {
        String hostile = Files.readString(FIXTURE).replaceAll("\\b(cat|side_q)\\b", "\"$1\u001b[31m\u202e\"");
        Path file = Files.writeString(folder.resolve("hostile.onnxtxt"), hostile);
        for (String[] options : new String[][] {{"--dry-run"}, {"--dry-run", "--unsafe"}, {"--diff", "--unsafe"}}) {
            List<Object> call = new ArrayList<>(List.of(file));
            call.addAll(List.of(options));
            fix(call.toArray());
            String told = out + err;
            assertTrue(told.contains("\\u001b[31m"), told);
            assertTrue(told.chars().noneMatch(c -> c == 0x1b || c == 0x202e), told);
        }
    }

    @Test
    void aFolderThatIsNotThereIsToldBeforeAnyWork() {
        assertEquals(2, fix(model, "-o", folder.resolve("none/fixed.onnx")));
        assertTrue(err.contains("there is no folder " + folder.resolve("none")), err);
        assertEquals("", out);
    }

    @Test
    void tellsProgramsWhatWasDone() throws IOException {
        Path fixed = folder.resolve("fixed.onnx");
        assertEquals(0, fix(model, "-o", fixed, "--unsafe", "-f", "json"), err);
        JsonSchemas.assertValid(JsonSchemas.FIX, out);
        JsonNode json = new ObjectMapper().readTree(out);
        assertEquals("QDQ101", json.at("/applied/0/rule").textValue());
        assertEquals("changes numerics", json.at("/applied/0/exactness").textValue());
        assertEquals(0.026, json.at("/applied/0/bound").doubleValue(), 1e-6);
        assertEquals(2, json.at("/before/summary/avoidableKernels").intValue());
        assertEquals(0, json.at("/after/summary/avoidableKernels").intValue());
        assertEquals("proven", json.at("/verification/outcome").textValue());
        assertTrue(json.at("/verification/bounds/0/holds").booleanValue());
        assertEquals(fixed.toString(), json.at("/written").textValue());

        assertEquals(1, fix(model, "--dry-run", "-f", "json"));
        JsonSchemas.assertValid(JsonSchemas.FIX, out);
        json = new ObjectMapper().readTree(out);
        assertEquals(0, json.at("/applied").size());
        assertTrue(json.at("/refused/0/why").textValue().contains("--unsafe"), out);
        assertTrue(json.at("/verification").isNull() && json.at("/written").isNull(), out);
        assertEquals(2, fix(model, "--diff", "-f", "json"));
    }

    @Test
    void checkMendsFirstWhenAsked() throws IOException {
        byte[] before = Files.readAllBytes(model);
        assertEquals(1, run("check", model, "--fix"));
        assertTrue(err.contains("m.onnx: 1 edit not applied: it changes numerics; --unsafe applies it"), err);
        assertArrayEquals(before, Files.readAllBytes(model));
        assertEquals(0, run("check", model, "--fix", "--unsafe", "--ignore", "QDQ1"));
        assertArrayEquals(before, Files.readAllBytes(model));
        assertEquals(0, run("check", model, "--fix", "--unsafe"), out);
        assertTrue(err.contains("m.onnx: 1 edit applied, proven in ONNX Runtime"), err);
        assertTrue(out.contains("no findings"), out);
        assertEquals(List.of("m.onnx"), files());
        assertEquals(2, run("check", model, "--unsafe"));
    }

    @Test
    void aCalibrationFileHasToKnowTheModel() throws IOException {
        String tensor = OnnxReader.read(model).graph().inputs().get(0).name();
        Path foreign = Files.writeString(
                folder.resolve("a.cache"), "TRT-8600-EntropyCalibration2\nnone: 3c00f9f4\nno: 3c00f9f4\n");
        assertEquals(2, fix(model, "--dry-run", "--calibration", foreign));
        assertTrue(err.contains("names no tensor of the model, but 'no', 'none';"), err);
        assertEquals("", out);
        Path some = Files.writeString(
                folder.resolve("b.json"),
                "{\"" + tensor + "\": 1, \"no a\": 1, \"no b\": 1, \"no c\": 1, \"no d\": 1}");
        fix(model, "--dry-run", "--calibration", some);
        assertTrue(
                err.contains(
                        "4 of 5 tensors of the calibration file are not in the model: 'no a', 'no b', 'no c' and 1 more"),
                err);
        fix(
                model,
                "--dry-run",
                "--calibration",
                Files.writeString(folder.resolve("c.json"), "{\"" + tensor + "\": 1}"));
        assertEquals("", err);
    }

    @Test
    void belowTheFloorNothingIsWritten() throws IOException {
        byte[] before = Files.readAllBytes(model);
        assertEquals(1, fix(model, "-o", folder.resolve("fixed.onnx"), "--unsafe", "--min-sqnr", "90"));
        assertTrue(err.contains("nothing is written: output 'y2' has an SQNR of "), err);
        assertTrue(err.contains("the floor of 90.0 dB"), err);
        assertTrue(err.contains("--ignore") && err.contains("--input") && err.contains("--min-sqnr"), err);
        assertTrue(out.contains("the proof failed: output 'y2'"), out);
        assertEquals(List.of("m.onnx"), files());
        assertEquals(1, run("check", model, "--fix", "--unsafe", "--min-sqnr", "90", "--fail-on", "never"));
        assertTrue(err.contains("m.onnx: not fixed: output 'y2' has an SQNR of "), err);
        assertArrayEquals(before, Files.readAllBytes(model));
        assertEquals(2, fix(model, "-o", folder.resolve("fixed.onnx"), "--min-sqnr", "NaN"));
        assertEquals(0, fix(model, "--in-place", "--unsafe", "--min-sqnr", "90", "--no-verify"), err);
        assertTrue(out.contains("written to " + model) && !out.contains("proven"), out);
    }

    /** The model with its last weight in a file that is not there. */
    private void loseWeights() throws IOException {
        Model whole = OnnxReader.read(model);
        Tensor gone = new Tensor("wq8", DataType.INT8, Shape.of(4, 8, 1, 1), new Storage.External("gone.bin", 0, 32));
        OnnxWriter.write(whole, GraphEditor.apply(whole, List.of(new Edit.SetInitializer(gone))), model);
    }

    @Test
    void aModelIsNotReplacedWithoutAProof() throws IOException {
        loseWeights();
        byte[] before = Files.readAllBytes(model);
        assertEquals(1, fix(model, "--in-place", "--unsafe"));
        assertTrue(err.contains("nothing is written: not verified: weights are missing: gone.bin"), err);
        assertTrue(err.contains("--no-verify"), err);
        assertEquals(1, run("check", model, "--fix", "--unsafe", "--fail-on", "never"));
        assertTrue(err.contains("m.onnx: not fixed: not verified: weights are missing: gone.bin"), err);
        assertArrayEquals(before, Files.readAllBytes(model));
        assertEquals(0, fix(model, "-o", folder.resolve("fixed.onnx"), "--unsafe"), err);
        assertTrue(out.contains("not verified: weights are missing: gone.bin"), out);
        assertEquals(List.of("fixed.onnx", "m.onnx"), files());
        assertEquals(0, run("check", model, "--fix", "--unsafe", "--no-verify"), err);
        assertTrue(err.contains("m.onnx: 1 edit applied, without a proof"), err);
    }
}
