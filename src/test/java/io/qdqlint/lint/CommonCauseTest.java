package io.qdqlint.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.constraints.BuildNotes;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one setting of an exporter causes is one finding, which names the setting. */
class CommonCauseTest {
    private static final Path CASES = Path.of("src/test/resources/cases/public");
    private static final Linter LINTER = Linters.H100;

    @TempDir
    Path folder;

    private static List<Finding> of(Diagnosis diagnosis, String rule) {
        return diagnosis.findings().stream()
                .filter(f -> f.ruleId().equals(rule))
                .toList();
    }

    @Test
    void dynamicQuantizationIsOneFinding() throws IOException {
        Diagnosis diagnosis = LINTER.lint(OnnxReader.read(CASES.resolve("brandonki-mnist-dynamic.onnx")));
        assertEquals(1, diagnosis.findings().size(), diagnosis.findings().toString());
        Finding one = diagnosis.findings().get(0);
        assertEquals(6, one.count());
        assertEquals(6, one.places().size());
        assertTrue(one.message().startsWith("6 nodes belong to dynamic quantization"), one.message());
        assertTrue(one.remedy().contains("in ONNX Runtime: quantize_static("), one.remedy());
        assertFalse(one.message().contains("In function"), one.message());
        diagnosis.forecast().blockers().forEach(b -> assertFalse(b.message().contains("In function"), b.message()));
    }

    @Test
    void staticQuantizationIsAFindingForEachSetting() throws IOException {
        Diagnosis diagnosis = LINTER.lint(OnnxReader.read(CASES.resolve("mr-greenhat-yolov8n_int8.stripped.onnx")));
        Finding biases = of(diagnosis, "QDQ511").get(0);
        assertEquals(1, of(diagnosis, "QDQ511").size());
        assertEquals(63, biases.count());
        assertTrue(biases.remedy().contains("extra_options={'QuantizeBias': False}"), biases.remedy());
        Finding zeroPoints = of(diagnosis, "QDQ501").get(0);
        assertEquals(1, of(diagnosis, "QDQ501").size());
        assertEquals(172, zeroPoints.count());
        assertTrue(zeroPoints.remedy().contains("'ActivationSymmetric': True"), zeroPoints.remedy());
        assertEquals(
                4, of(diagnosis, "QDQ502").size(), "68 quantizers, 4 in place of a Relu, two constants one by one");
        // What stops the build is no kernel.
        HashSet<Object> blocked = new HashSet<>();
        biases.places().forEach(p -> blocked.add(p.node()));
        diagnosis
                .forecast()
                .kernels()
                .forEach(k -> assertFalse(k.nodes().stream().anyMatch(blocked::contains)));
    }

    @Test
    void notesOfConstraintsSayWhatKeepsTheModelFromBuilding() throws IOException {
        Diagnosis diagnosis = LINTER.lint(OnnxReader.read(CASES.resolve("mr-greenhat-yolov8n_int8.stripped.onnx")));
        String notes = String.join("\n", BuildNotes.of(diagnosis.findings()));
        assertTrue(notes.contains("QDQ501 nonzero-zero-point: 172 Q and DQ of activations"), notes);
        assertTrue(notes.contains("QDQ502 uint8-quantization: 68 Q quantize to UINT8"), notes);
        assertTrue(notes.contains("QDQ511 int32-bias-dq: 63 biases"), notes);
        assertTrue(notes.contains("QuantizeBias"), notes);
        assertFalse(notes.contains("QDQ203"), "a warning: " + notes);
    }

    @Test
    void aFewFindingsStayOnTheirOwnAndMoreBecomeOne() throws IOException {
        for (int n : new int[] {3, 4}) {
            List<Finding> findings = of(LINTER.lint(OnnxReader.read(pairs(n, "zz"))), "QDQ501");
            assertEquals(n == 3 ? 3 : 1, findings.size());
            assertEquals(n, findings.stream().mapToInt(Finding::count).sum());
            assertEquals("activation-zero-point", findings.get(0).cause().id());
            assertEquals(
                    "quantize symmetrically: INT8 with zero point 0",
                    findings.get(0).remedy());
        }
    }

    @Test
    void theExporterIsKnownByItsNames() throws IOException {
        Finding ort = of(LINTER.lint(OnnxReader.read(pairs(1, "x_QuantizeLinear_Output"))), "QDQ501")
                .get(0);
        assertTrue(ort.remedy().contains("in ONNX Runtime: quantize_static("), ort.remedy());
    }

    /** So many pairs in a row with a zero point other than 0. */
    private Path pairs(int n, String suffix) throws IOException {
        List<String> nodes = new ArrayList<>();
        String last = "x";
        for (int i = 0; i < n; i++) {
            nodes.add("q" + i + "_" + suffix + " = QuantizeLinear (" + last + ", s, z)");
            nodes.add("d" + i + " = DequantizeLinear (q" + i + "_" + suffix + ", s, z)");
            nodes.add("r" + i + " = Sigmoid (d" + i + ")");
            last = "r" + i;
        }
        String text = "<ir_version: 8, opset_import: [\"\" : 13]>\ng (float[1,4,8,8] x) => (float[1,4,8,8] " + last
                + ")\n< float s = {0.1}, int8 z = {3} >\n{\n" + String.join("\n", nodes) + "\n}\n";
        return Files.writeString(folder.resolve("m" + n + suffix + ".onnxtxt"), text);
    }
}
