package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.trt.run.RecordedTrtexec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetCommandsTest {
    private static final String MODEL = "src/test/resources/corpus/dup_qdq_bfloat16.onnx";
    private static final String ENGINES = "src/test/resources/engines/";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return Main.run(args, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String trtexec(String scenario) throws IOException {
        return new RecordedTrtexec(folder.resolve("t" + System.nanoTime()), 100600, scenario)
                .program()
                .toString();
    }

    @Test
    void validateBuildsAndTellsVerdicts() throws IOException {
        String verdicts = folder.resolve("v.json").toString();
        String page = folder.resolve("e.html").toString();
        int status = run(
                "validate",
                MODEL,
                "--trtexec",
                trtexec("ok"),
                "-f",
                "text",
                "-f",
                "verdicts=" + verdicts,
                "-f",
                "engine=" + page,
                "--",
                "--memPoolSize=workspace:512");
        assertEquals(0, status, this::err);
        assertTrue(out().contains("with TensorRT 10.6.0 on NVIDIA H100 80GB HBM3"), this::out);
        assertTrue(err().contains("building the engine") || err().contains("reading the model"), this::err);
        assertTrue(Files.readString(Path.of(verdicts)).contains("\"built\" : true"));
        assertTrue(Files.readString(Path.of(page)).contains("<svg"));
    }

    @Test
    void aModelThatDoesNotBuildIsStatus3WithTensorRtsLines() throws IOException {
        assertEquals(3, run("validate", MODEL, "--trtexec", trtexec("fails")));
        assertTrue(out().contains("Invalid Node - d.0.0.bias_DequantizeLinear"), this::out);
        assertTrue(err().contains("TensorRT did not build the model"), this::err);
        Path verdicts = folder.resolve("v.json");
        String drawing = "svg=" + folder.resolve("e.svg");
        assertEquals(
                3,
                run("validate", MODEL, "--trtexec", trtexec("fails"), "-f", drawing, "-f", "verdicts=" + verdicts),
                this::err);
        assertTrue(Files.exists(verdicts), "what needs no engine is written");
        assertFalse(Files.exists(folder.resolve("e.svg")));
    }

    @Test
    void whatKeepsTrtexecFromItsWorkIsStatus2AndOneSentence() throws IOException {
        assertEquals(2, run("validate", MODEL, "--trtexec", trtexec("no-gpu")));
        assertTrue(err().contains("qdqlint: this machine finds no GPU"), this::err);
        assertEquals(
                2, run("validate", MODEL, "--trtexec", folder.resolve("none").toString()));
        assertEquals(2, run("validate", MODEL, "--target", "-oProxyCommand=x"));
        assertEquals(2, run("validate", MODEL, "--target", "a", "--exec", "b {}"));
        assertEquals(2, run("validate", MODEL, "-f", "nonsense"));
        assertFalse(err().contains("internal error"), this::err);
    }

    @Test
    void anEngineFromElsewhereNeedsNoTrtexec() {
        assertEquals(
                0,
                run(
                        "validate",
                        "examples/yolov7.monkey.onnx",
                        "--engine",
                        ENGINES + "yolov7.monkey.int8.layer.json",
                        "--profile",
                        ENGINES + "yolov7.monkey.int8.profile.json"),
                this::err);
        assertTrue(out().contains("only quantize or dequantize: 57 confirmed, 0 refuted."), this::out);
    }

    @Test
    void measuredCostsGoIntoTheReportsOfCheck() throws IOException {
        Path page = folder.resolve("p.html");
        Path table = folder.resolve("p.md");
        assertEquals(
                0,
                run(
                        "validate",
                        "examples/yolov7.monkey.onnx",
                        "--engine",
                        ENGINES + "yolov7.monkey.int8.layer.json",
                        "-f",
                        "json",
                        "-f",
                        "html=" + page,
                        "-f",
                        "markdown=" + table),
                this::err);
        assertTrue(out().matches("(?s).*\"micros\" : 65\\.492,\\s+\"measured\" : true.*"), this::out);
        String html = Files.readString(page);
        assertTrue(html.contains("8 avoidable kernels, 12.3 MB moved, 65.5 µs measured<"), html);
        assertTrue(
                Pattern.compile("56 avoidable kernels that move 116 MB, [0-9]+ µs measured\n")
                        .matcher(html)
                        .find(),
                html);
        assertFalse(html.contains("est. "), "what was measured is no estimate");
        assertFalse(Files.readString(table).contains("est. "), "what was measured is no estimate");
    }

    @Test
    void benchSetsVariantsSideBySide() throws IOException {
        assertEquals(
                0,
                run(
                        "bench",
                        MODEL,
                        "--float",
                        MODEL,
                        "--fixed",
                        MODEL,
                        "--trtexec",
                        trtexec("ok"),
                        "--recorded",
                        "before=" + ENGINES + "yolov7.monkey.int8"),
                this::err);
        List<String> rows = out().lines().filter(l -> l.startsWith("| ")).toList();
        assertEquals(6, rows.size(), this::out);
        assertTrue(rows.get(1).startsWith("| FP16 | 1420.1 /s | 0.523 ms | 1.408 ms |"), this::out);
        assertTrue(rows.get(5).startsWith("| before | – |"), this::out);
        assertEquals(2, run("bench"));
    }

    /** Two branches meet in a Concat with scales of their own, which is what fix fixes. */
    private static final String QUANTIZED = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,1,4,4] x) => (float[1,2,4,4] y)
            <float s1 = {0.5}, float s2 = {1.0}, int8 z = {0}, float[1] sw = {0.25}, int8[1] zw = {0},
             int8[1,1,1,1] w = {4}, int8[2,2,1,1] w2 = {1, 2, 3, 4}>
            {
                dw = DequantizeLinear <axis = 0> (w, sw, zw)
                dw2 = DequantizeLinear (w2, s1, z)
                q0 = QuantizeLinear (x, s1, z)
                d0 = DequantizeLinear (q0, s1, z)
                a = Conv (d0, dw)
                b = Conv (d0, dw)
                q1 = QuantizeLinear (a, s1, z)
                d1 = DequantizeLinear (q1, s1, z)
                q2 = QuantizeLinear (b, s2, z)
                d2 = DequantizeLinear (q2, s2, z)
                c = Concat <axis = 1> (d1, d2)
                q3 = QuantizeLinear (c, s1, z)
                d3 = DequantizeLinear (q3, s1, z)
                y = Conv (d3, dw2)
            }
            """;

    @Test
    void benchMakesTheVariantsItself() throws IOException {
        Path model = folder.resolve("m.onnx");
        OnnxWriter.encode(OnnxReader.read(Files.writeString(folder.resolve("m.onnxtxt"), QUANTIZED)), model);
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "ok");
        assertEquals(
                0,
                run(
                        "bench",
                        model.toString(),
                        "--rounds",
                        "1",
                        "--trtexec",
                        recorded.program().toString()),
                this::err);
        List<String> rows = out().lines()
                .filter(l -> l.startsWith("| "))
                .skip(1)
                .map(l -> l.split("\\|")[1].strip())
                .toList();
        assertEquals(List.of("FP16", "implicit INT8", "QAT", "QAT, fixed"), rows, this::out);
        assertEquals(List.of("--fp16", "--fp16 --int8", "--fp16 --int8", "--fp16 --int8"), recorded.precisions());
        List<Path> built = recorded.models();
        assertEquals(
                List.of(0L, 0L, 10L),
                built.stream().limit(3).map(TargetCommandsTest::quantizers).toList());
        assertArrayEquals(Files.readAllBytes(built.get(0)), Files.readAllBytes(built.get(1)));
        assertArrayEquals(Files.readAllBytes(model), Files.readAllBytes(built.get(2)));
        assertEquals(1, run("check", model.toString()), "something to fix");
        assertEquals(0, run("check", built.get(3).toString()), this::out);
        assertTrue(quantizers(built.get(3)) > 0);
    }

    @Test
    void benchTimesFurtherRowsInTurn() throws IOException {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("rows"), 100600, "takes 0.5");
        recorded.run(2, "takes 0.6").run(5, "takes 0.6");
        assertEquals(
                0,
                run(
                        "bench",
                        MODEL,
                        "--fixed",
                        MODEL,
                        "--row",
                        "other=" + MODEL,
                        "--rounds",
                        "2",
                        "--trtexec",
                        recorded.program().toString()),
                this::err);
        assertTrue(out().contains("- other: 0.6000 ms, spread 0.0000 ms"), this::out);
        assertTrue(out().contains("- QAT and QAT, fixed are equal within the spread (0.5 %)"), this::out);
        assertFalse(out().contains("other are equal"), this::out);
        assertEquals(2, run("bench", "--row", "a=" + MODEL, "--recorded", "b=" + ENGINES + "yolov7.monkey.int8"));
    }

    private static long quantizers(Path model) {
        return OnnxReader.read(model).graph().nodes().stream()
                .filter(n -> n.opType().matches("(Dequantize|Quantize)Linear"))
                .count();
    }

    @Test
    void benchTellsWhyAVariantIsMissing() throws IOException {
        Path model = folder.resolve("m.onnx");
        String weightless = QUANTIZED
                .replace("int8[1] zw = {0},", "int8[1] zw = {0}, int8 other = {0},")
                .replace(
                        "d0 = DequantizeLinear (q0, s1, z)",
                        "d0 = DequantizeLinear (q0, s1, z)\n codes = Cast <to = 1> (q0)")
                .replace("(float[1,2,4,4] y)", "(float[1,2,4,4] y, float[1,1,4,4] codes)");
        OnnxWriter.encode(OnnxReader.read(Files.writeString(folder.resolve("m.onnxtxt"), weightless)), model);
        assertEquals(0, run("bench", model.toString(), "--trtexec", trtexec("ok")), this::err);
        assertFalse(out().contains("FP16"), this::out);
        assertTrue(err().contains("because its Q/DQ cannot be removed"), this::err);
        assertEquals(2, run("bench", folder.resolve("m.onnxtxt").toString(), "--trtexec", trtexec("ok")));
        assertTrue(err().contains("TensorRT reads .onnx files only"), this::err);
    }

    @Test
    void compareAndEngineReadFiles() {
        assertEquals(0, run("compare", ENGINES + "yolov7.monkey.int8", ENGINES + "yolov7.tied.int8"), this::err);
        assertTrue(out().contains("57 stand-alone quantize kernels that take 479 µs, 28 % of its time"), this::out);
        assertEquals(0, run("engine", ENGINES + "trt8.6-modelInformation.json"), this::err);
        assertTrue(out().contains("--profilingVerbosity=detailed"), this::out);
        assertEquals(2, run("compare", "none", "none"));
        assertTrue(err().contains("there is no engine file none"), this::err);
    }

    @Test
    void enginesOfAnotherNetworkAreTold() {
        assertEquals(
                2, run("validate", "examples/yolov7.monkey.onnx", "--engine", ENGINES + "unet.monkey.int8.layer.json"));
        assertTrue(err().contains("is not an engine of examples/yolov7.monkey.onnx"), this::err);
        assertEquals(0, run("compare", ENGINES + "unet.monkey.int8", ENGINES + "yolov7.tied.int8"));
        assertTrue(out().contains("No layer of A does the work of one of B"), this::out);
    }

    @Test
    void compareBuildsModelsFirst() throws IOException {
        String trtexec = trtexec("ok");
        assertEquals(0, run("compare", MODEL, ENGINES + "unet.monkey.int8", "--trtexec", trtexec), this::err);
        assertTrue(out().contains("A  dup_qdq_bfloat16\nB  unet.monkey.int8"), this::out);
        assertTrue(out().contains("take the same time"), this::out);
    }

    @Test
    void aSignalEndsTheBuildAndLeavesNothing() throws Exception {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "hangs");
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Process qdqlint = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.qdqlint.cli.Main",
                        "validate",
                        MODEL,
                        "--trtexec",
                        recorded.program().toString())
                .inheritIO()
                .start();
        recorded.awaitStart();
        qdqlint.destroy();
        assertEquals(143, qdqlint.waitFor());
        recorded.awaitGone();
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
