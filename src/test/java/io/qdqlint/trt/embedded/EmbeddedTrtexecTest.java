package io.qdqlint.trt.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.trt.BuildLog;
import io.qdqlint.trt.BuildLogReader;
import io.qdqlint.trt.EngineProfile;
import io.qdqlint.trt.EngineProfileReader;
import io.qdqlint.trt.EngineReader;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.Performance;
import io.qdqlint.trt.PerformanceReader;
import io.qdqlint.trt.TensorRtVersion;
import io.qdqlint.trt.verdict.Validation;
import io.qdqlint.trt.verdict.Validator;
import io.qdqlint.trt.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTrtexecTest {
    private static final Path LAYERS = Path.of("src/test/resources/engines/unet.monkey.int8.layer.json");

    /** A GPU on which each query takes 2 ms, its layers 1.5 and 0.5, and whose clock goes on with the queries only. */
    private static class FakeTensorRt implements TensorRt, TensorRt.Inference {
        private final double[] ends = new double[2];
        private double clock;
        private LayerTimes times;
        private int inFlight;

        @Override
        public String start(int ordinal) throws TensorRtFailure {
            return "NVIDIA Fake";
        }

        @Override
        public int version() {
            return 100600;
        }

        @Override
        public void parse(BuildOptions options) throws TensorRtFailure {}

        @Override
        public void build(BuildOptions options) throws TensorRtFailure {}

        @Override
        public Inference inference(BuildOptions options) {
            return this;
        }

        @Override
        public String layers() {
            try {
                return Files.readString(LAYERS);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void enqueue(int slot) {
            inFlight++;
            assertTrue(inFlight <= 2);
            clock += 2;
            ends[slot] = clock;
            if (times != null) {
                times.add("a", 1.5);
                times.add("b", 0.5);
            }
        }

        @Override
        public Query finish(int slot) {
            inFlight--;
            return new Query(0, 0.5, ends[slot] - 2, ends[slot]);
        }

        @Override
        public void profile(LayerTimes into) {
            assertEquals(0, inFlight);
            times = into;
        }
    }

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(Function<MessageLog, TensorRt> tensorRt, String... args) {
        return EmbeddedTrtexec.run(args, new PrintStream(out, true, StandardCharsets.UTF_8), tensorRt);
    }

    private BuildLog log() {
        BuildLogReader reader = new BuildLogReader();
        out.toString(StandardCharsets.UTF_8).lines().forEach(reader::line);
        return reader.log();
    }

    @Test
    void itsLogAndFilesAreReadAsTrtexecsAre() throws IOException {
        Path layers = folder.resolve("layer.json");
        Path profile = folder.resolve("profile.json");
        Path times = folder.resolve("times.json");
        int status = run(
                log -> new FakeTensorRt(),
                "--onnx=m.onnx",
                "--fp16",
                "--int8",
                "--profilingVerbosity=detailed",
                "--exportLayerInfo=" + layers,
                "--exportProfile=" + profile,
                "--exportTimes=" + times,
                "--separateProfileRun",
                "--useCudaGraph",
                "--useSpinWait",
                "--noDataTransfers");
        assertEquals(0, status, out::toString);
        BuildLog log = log();
        assertEquals(BuildLog.Outcome.PASSED, log.outcome());
        assertEquals(new TensorRtVersion(10, 6, 0), log.version());
        assertEquals("NVIDIA Fake", log.device());
        assertTrue(log.buildSeconds() >= 0);
        assertEquals(30, EngineReader.read(layers).layers().size());
        EngineProfile read = EngineProfileReader.read(profile);
        assertEquals(
                List.of("a", "b"),
                read.rows().stream().map(EngineProfile.Row::name).toList());
        assertEquals(1.5, read.rows().get(0).medianMs());
        Performance performance = PerformanceReader.readTimes(times);
        assertEquals(500, performance.throughput(), 1e-6);
        Performance.Timing latency = performance.timings().get(Performance.LATENCY);
        assertEquals(2, latency.median(), 1e-9);
    }

    /** What it wrote on a GPU (see SOURCES.md there). */
    @Test
    void anEngineItBuiltIsJoinedWithTheModel() throws IOException {
        MeasuredEngine engine = MeasuredEngineReader.read(Path.of("src/test/resources/engines/trt10.6-embedded/conv"));
        assertEquals("NVIDIA H200", engine.log().device());
        assertEquals(74_063.7, engine.log().performance().throughput(), 0.1);
        Path file = Files.writeString(folder.resolve("conv.onnxtxt"), """
                <ir_version: 8, opset_import: ["" : 17]>
                g (float[N,3,H,32] x) => (float[N,8,H,32] y)
                <float s = {0.02}, int8 z = {0}, float[8,3,3,3] w = {%s}>
                {
                    [node_of_q] q = QuantizeLinear (x, s, z)
                    [node_of_d] d = DequantizeLinear (q, s, z)
                    [node_of_qw] qw = QuantizeLinear (w, s, z)
                    [node_of_dw] dw = DequantizeLinear (qw, s, z)
                    [conv] c = Conv <pads = [1, 1, 1, 1]> (d, dw)
                    [relu] y = Relu (c)
                }
                """.formatted(
                        String.join(", ", Collections.nCopies(8 * 3 * 3 * 3, "0.1"))));
        Diagnosis diagnosis = Linters.ENGINES.lint(OnnxReader.read(file));
        Validation validation = Validator.validate(diagnosis, engine, engine.log());
        assertEquals(1, validation.kernels().size());
        assertEquals(
                Verdict.Outcome.CONFIRMED, validation.kernels().get(0).verdict().outcome());
        assertEquals(6.640, validation.kernels().get(0).verdict().micros(), 1e-3);
    }

    @Test
    void whatTensorRtThrowsIsInTheLogAndSaysNothingOfTheModel() {
        int status = run(
                log -> new FakeTensorRt() {
                    @Override
                    public void build(BuildOptions options) {
                        throw new IllegalStateException("std::bad_alloc");
                    }
                },
                "--onnx=m");
        assertEquals(1, status);
        assertEquals(BuildLog.Outcome.FAILED, log().outcome());
        assertTrue(log().errors().get(0).text().startsWith("cannot run: "), out::toString);
        assertTrue(log().errors().get(0).text().contains("std::bad_alloc"), out::toString);
    }

    @Test
    void theWarmUpIsNotCounted() throws IOException {
        Path times = folder.resolve("times.json");
        assertEquals(
                0,
                run(log -> new FakeTensorRt(), "--onnx=m", "--warmUp=20", "--duration=0.1", "--exportTimes=" + times));
        assertTrue(
                out.toString(StandardCharsets.UTF_8).contains("Timing trace has 50 queries over 0.100 s"),
                out::toString);
        out.reset();
        assertEquals(0, run(log -> new FakeTensorRt(), "--onnx=m", "--warmUp=0", "--duration=0", "--iterations=7"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Timing trace has 7 queries"), out::toString);
    }

    @Test
    void helpTellsTheVersionAndBuildsNothing() {
        assertEquals(
                0,
                run(
                        log -> new FakeTensorRt() {
                            @Override
                            public void parse(BuildOptions options) {
                                throw new AssertionError();
                            }
                        },
                        "--help"));
        assertEquals(new TensorRtVersion(10, 6, 0), log().version());
    }

    @Test
    void aModelThatIsNotParsedLeavesTensorRtsLinesAndTheNode() {
        int status = run(
                log -> new FakeTensorRt() {
                    @Override
                    public void parse(BuildOptions options) throws TensorRtFailure {
                        log.tensorRt(4, "not shown");
                        log.tensorRt(
                                1,
                                "ModelImporter.cpp:950: While parsing node number 3 [Conv -> \"y\"]:\nname: \"conv_3\"");
                        throw TensorRtFailure.ofModel("Failed to parse onnx file");
                    }
                },
                "--onnx=m");
        assertEquals(1, status);
        BuildLog log = log();
        assertEquals(BuildLog.Outcome.FAILED, log.outcome());
        assertEquals(Optional.of("conv_3"), log.errors().get(0).node());
        assertEquals("Failed to parse onnx file", log.errors().get(1).text());
        assertFalse(out.toString(StandardCharsets.UTF_8).contains("not shown"));
    }

    @Test
    void whatKeepsTensorRtFromStartingIsTheOnlyLine() {
        int status = run(
                log -> new FakeTensorRt() {
                    @Override
                    public String start(int ordinal) throws TensorRtFailure {
                        throw new TensorRtFailure("cuInit failed: CUDA_ERROR_NO_DEVICE");
                    }

                    @Override
                    public int version() {
                        throw new AssertionError("not loaded");
                    }
                },
                "--help");
        assertEquals(1, status);
        assertNull(log().version());
        assertTrue(out.toString(StandardCharsets.UTF_8)
                .strip()
                .endsWith("[E] cannot run: cuInit failed: CUDA_ERROR_NO_DEVICE"));
    }

    @Test
    void aFileThatCannotBeWrittenIsAnError() {
        assertEquals(1, run(log -> new FakeTensorRt(), "--onnx=m", "--exportLayerInfo=" + folder.resolve("no/x.json")));
        assertTrue(log().errors().get(0).text().startsWith("cannot run: cannot write "), out::toString);
    }
}
