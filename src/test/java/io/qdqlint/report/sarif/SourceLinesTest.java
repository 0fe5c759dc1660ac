package io.qdqlint.report.sarif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qdqlint.bench.Message;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.SampleFinding;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.report.ReportOptions;
import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import io.qdqlint.report.Runs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where torch.onnx.export(dynamo=True) noted the stack, a result is at the line of Python. */
class SourceLinesTest {
    @TempDir
    Path root;

    private Path net;

    @BeforeEach
    void write() throws IOException {
        net = Files.createDirectories(root.resolve("models")).resolve("net.py");
        Files.writeString(net, "import torch\n\ndef forward(x):\n    y = torch.cat(x)\n    return torch.relu(y)\n");
    }

    private static String frame(String file, int line, String text) {
        return "File \"" + file + "\", line " + line + ", in forward\n    " + text + "\n";
    }

    private Optional<String> found(String stack) {
        return new SourceLines(root).innermost(stack).map(l -> l.file().getFileName() + ":" + l.number());
    }

    @Test
    void theFileIsFoundByTheEndOfItsPath() {
        String text = "y = torch.cat(x)";
        assertEquals(Optional.of("net.py:4"), found(frame("/home/me/project/models/net.py", 4, text)));
        assertEquals(Optional.of("net.py:4"), found(frame("C:\\project\\models\\net.py", 4, text)));
        assertEquals(Optional.empty(), found(frame("/home/me/other/net2.py", 4, text)));
        assertEquals(Optional.empty(), found(frame("../" + root.getFileName() + "/models/net.py", 4, text)));
    }

    @Test
    void ofSeveralFramesTheInnermostOfTheRepositoryCounts() throws IOException {
        Path library = Files.createDirectories(root.resolve("venv/lib/python3.13/site-packages/timm"));
        Files.writeString(library.resolve("block.py"), "x\n");
        assertEquals(
                Optional.of("net.py:5"),
                found(frame("/p/models/net.py", 4, "y = torch.cat(x)")
                        + frame("/p/models/net.py", 5, "return torch.relu(y)")
                        + frame(library.resolve("block.py").toString(), 1, "x")));
    }

    @Test
    void aLineThatMovedIsFoundAndOneThatIsGoneIsNot() {
        assertEquals(Optional.of("net.py:4"), found(frame("models/net.py", 3, "y = torch.cat(x)")));
        assertEquals(Optional.empty(), found(frame("models/net.py", 4, "y = torch.stack(x)")));
        assertEquals(Optional.empty(), found(frame("models/net.py", 40, "y = torch.stack(x)")));
    }

    private Model model() throws IOException {
        String stack = frame("/home/me/qdqlint/scripts/pack.py", 1, "def sums(out, *paths):");
        Message node = new Message()
                .text(1, "x")
                .text(2, "y")
                .text(3, "relu")
                .text(4, "Relu")
                .message(9, new Message().text(1, "pkg.torch.onnx.namespace").text(2, ": Net/relu: aten.relu"))
                .message(9, new Message().text(1, "pkg.torch.onnx.stack_trace").text(2, stack));
        Message plain = new Message().text(1, "y").text(2, "z").text(3, "plain").text(4, "Relu");
        Message graph = new Message()
                .message(1, node)
                .message(1, plain)
                .text(2, "g")
                .message(11, new Message().text(1, "x"))
                .message(12, new Message().text(1, "z"));
        Message model = new Message().varint(1, 8).message(7, graph).message(8, new Message().varint(2, 17));
        return OnnxReader.read(Files.write(root.resolve("m.onnx"), model.toBytes()));
    }

    @Test
    void aResultIsAtTheLineAndItsModelIsRelated() throws IOException {
        Model model = model();
        List<Finding> findings = model.graph().nodes().stream()
                .map(n -> SampleFinding.of(
                        "QDQ101", "concat-scale-mismatch", Severity.WARNING, n, "M.", "R.", List.of(), Cost.NONE))
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Run run = new Run(
                List.of(new Diagnosis(model, "10", findings, Forecast.NONE)),
                List.of(),
                Runs::catalogue,
                "0.1.0",
                ReportOptions.DEFAULT);
        Reports.CHECK.named("sarif").write(run, out);
        JsonNode results = new ObjectMapper()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .at("/runs/0/results");

        JsonNode noted = results.get(0);
        assertEquals(
                "scripts/pack.py",
                noted.at("/locations/0/physicalLocation/artifactLocation/uri").textValue());
        int line = noted.at("/locations/0/physicalLocation/region/startLine").intValue();
        assertEquals(
                "def sums(out, *paths):",
                Files.readAllLines(Path.of("scripts/pack.py")).get(line - 1));
        assertTrue(noted.at("/relatedLocations/0/physicalLocation/artifactLocation/uri")
                .textValue()
                .endsWith("/m.onnx"));
        assertTrue(noted.at("/message/text").textValue().endsWith(" It is in [the model](1)."));
        // The upload makes this one of a line by itself, and warns where another is given.
        assertFalse(noted.get("partialFingerprints").has("primaryLocationLineHash"));

        JsonNode plain = results.get(1);
        assertFalse(plain.at("/locations/0/physicalLocation").has("region"));
        assertTrue(plain.get("partialFingerprints").has("primaryLocationLineHash"));
    }
}
