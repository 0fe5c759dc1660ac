package io.qdqlint.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.SampleFinding;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.onnx.TextModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fingerprint survives, and what it distinguishes. */
class FingerprintsTest {
    /** Two blocks as an exporter that only counts nodes writes them, with a residual beside. */
    private static final String COUNTED = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,4,8,8] x) => (float[1,4,8,8] y)
            <
              int8 z = {0},
              float s = {0.05},
              float[4,4,1,1] W1 = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
              float[4,4,1,1] W2 = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
            >
            {
              [QuantizeLinear_0] t0 = QuantizeLinear (x, s, z)
              [DequantizeLinear_1] t1 = DequantizeLinear (t0, s, z)
              [Conv_2] t2 = Conv (t1, W1)
              [Relu_3] t3 = Relu (t2)
              [QuantizeLinear_4] t4 = QuantizeLinear (t3, s, z)
              [DequantizeLinear_5] t5 = DequantizeLinear (t4, s, z)
              [Conv_6] t6 = Conv (t5, W2)
              [Relu_7] t7 = Relu (t6)
              [Add_8] y = Add (t7, x)
            }
            """;

    private static final String NAMED =
            COUNTED.replace("W1", "\"stem.conv.weight\"").replace("W2", "\"head.conv.weight\"");

    @TempDir
    Path folder;

    /** The fingerprints of a finding at each node of the model that has one of these types. */
    private Set<String> of(String text, String... types) {
        try {
            Model model = TextModel.read(folder, text);
            List<Finding> findings = model.graph().nodes().stream()
                    .filter(n -> List.of(types).contains(n.opType()))
                    .map(FingerprintsTest::finding)
                    .toList();
            return new TreeSet<>(Fingerprints.of(new Diagnosis(model, "10.6", findings, Forecast.NONE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finding finding(Node node) {
        return SampleFinding.of("QDQ999", "some-rule", Severity.WARNING, node, "m", "r", List.of(), Cost.NONE);
    }

    private static final String[] ALL = {"Conv", "Relu", "QuantizeLinear", "Add"};

    /** One node before all others, so that each number is one more. */
    private static String renumbered(String text) {
        String out = text;
        for (int i = 8; i >= 0; i--) {
            out = out.replaceAll("_" + i + "]", "_" + (i + 1) + "]").replaceAll("\\bt" + i + "\\b", "t" + (i + 1));
        }
        return out.replace("QuantizeLinear (x, s, z)", "QuantizeLinear (t0, s, z)")
                .replaceFirst("\\{\n  \\[", "{\n  [Identity_0] t0 = Identity (x)\n  [");
    }

    @Test
    void numbersOfNodesMayChange() {
        assertNotEquals(NAMED, renumbered(NAMED));
        assertEquals(of(NAMED, ALL), of(renumbered(NAMED), ALL));
        assertEquals(of(COUNTED, ALL), of(renumbered(COUNTED), ALL));
    }

    @Test
    void namesOfOtherNodesAndTensorsMayChange() {
        String renamed = NAMED.replace("[Relu_3]", "[\"/stem/act\"]")
                .replace("t3", "activated")
                .replace("float s", "float scale1")
                .replace(", s, z)", ", scale1, z)");
        assertEquals(of(NAMED, "Conv", "QuantizeLinear", "Add"), of(renamed, "Conv", "QuantizeLinear", "Add"));
    }

    @Test
    void theOpsetMayChange() {
        assertEquals(of(NAMED, ALL), of(NAMED.replace("\"\" : 13", "\"\" : 19"), ALL));
    }

    @Test
    void scalesAndTheFileMayChange() {
        assertEquals(of(NAMED, ALL), of(NAMED.replace("0.05", "0.07"), ALL));
    }

    @Test
    void aNodeInBetweenLeavesTheOthersAsTheyAre() {
        String more = NAMED.replace(
                "  [Add_8] y = Add (t7, x)", "  [Sigmoid_8] t8 = Sigmoid (t7)\n  [Add_9] y = Add (t8, x)");
        assertEquals(of(NAMED, "Conv", "QuantizeLinear"), of(more, "Conv", "QuantizeLinear"));
    }

    @Test
    void theWeightsTellLikeNodesApart() {
        assertEquals(
                2,
                of(NAMED, "Conv").stream()
                        .map(f -> f.replaceAll(":.*", ""))
                        .distinct()
                        .count());
        Set<String> other = of(NAMED.replace("head.conv.weight", "other.conv.weight"), "Conv");
        assertNotEquals(of(NAMED, "Conv"), other);
    }

    @Test
    void namesOfModulesTellNodesApart() {
        String scoped = COUNTED.replace("Conv_2", "\"/stem/conv/Conv\"").replace("Conv_6", "\"/head/conv/Conv\"");
        assertEquals(of(scoped, "Conv"), of(renumbered(scoped), "Conv"));
        assertNotEquals(of(scoped, "Conv"), of(scoped.replace("/head/", "/neck/"), "Conv"));
        assertEquals(
                2,
                of(scoped, "Conv").stream()
                        .map(f -> f.replaceAll(":.*", ""))
                        .distinct()
                        .count());
    }

    @Test
    void likeNodesThatNothingTellsApartAreCounted() {
        assertEquals(2, of(COUNTED, "Relu").size());
    }
}
