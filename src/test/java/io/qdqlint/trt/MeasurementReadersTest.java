package io.qdqlint.trt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementReadersTest {
    private static final Path ENGINES = Path.of("src/test/resources/engines");

    @TempDir
    private Path folder;

    @Test
    void everyLayerOfAnEngineFindsItsTime() throws IOException {
        MeasuredEngine engine = MeasuredEngineReader.read(ENGINES.resolve("yolov7.monkey.int8"));
        assertEquals(1711.2, engine.totalMicros(), 0.1);
        double quantizing = engine.micros(EngineLayer::isStandAloneQuantizer);
        assertEquals(0.28, quantizing / engine.totalMicros(), 0.001);
        assertEquals(1.0, engine.quantizedShare());
    }

    @Test
    void aProfileWithoutMediansAndUnescapedNamesIsRead() throws IOException {
        Path file = folder.resolve("p.json");
        Files.writeString(
                file,
                "[\n  { \"count\" : 10 }\n, { \"name\" : \"a \"quoted\" \\ name\", \"timeMs\" : 20, \"averageMs\" : 2, \"percentage\" : 66 }\n"
                        + ", { \"name\" : \"b [profile 1]\", \"timeMs\" : 10, \"averageMs\" : 1, \"percentage\" : 33 }\n]\n");
        EngineProfile profile = EngineProfileReader.read(file);
        assertEquals(10, profile.runs());
        assertEquals(List.of(new EngineProfile.Row("a \"quoted\" \\ name", 2, 2)), profile.rows());
        assertThrows(
                UnreadableEngineException.class,
                () -> EngineProfileReader.read(ENGINES.resolve("unet.monkey.int8.layer.json")));
    }

    @Test
    void layersOfOneNameTakeTheirRowsInOrder() throws IOException {
        EngineLayer first = layer("x");
        EngineLayer second = layer("x");
        Engine engine = new Engine("e", true, List.of(first, second), List.of());
        EngineProfile profile =
                new EngineProfile(1, List.of(new EngineProfile.Row("x", 1, 1), new EngineProfile.Row("x", 2, 2)));
        MeasuredEngine measured = new MeasuredEngine(engine, profile, null);
        assertEquals(1000, measured.micros(first));
        assertEquals(2000, measured.micros(second));
    }

    private MeasuredEngine measured(String layers, String profile) throws IOException {
        Path file = Files.writeString(folder.resolve("m.layer.json"), layers);
        Files.writeString(folder.resolve("m.profile.json"), profile);
        return MeasuredEngineReader.read(file);
    }

    @Test
    void whatWasNotRunHasNoTime() throws IOException {
        MeasuredEngine engine = measured(
                "[\"a\", \"b\"]",
                "[ { \"count\" : 1 }, { \"name\" : \"a\", \"averageMs\" : 0, \"percentage\" : -nan },"
                        + " { \"name\" : \"b\", \"averageMs\" : nan, \"percentage\" : -nan } ]");
        assertFalse(engine.isTimed());
        assertEquals(Double.NaN, engine.totalMicros());
        List<String> story = EngineStory.of(engine);
        assertTrue(story.get(0).startsWith("2 layers; times are not known"), story::toString);
        assertFalse(story.toString().contains("NaN"), story::toString);
    }

    @Test
    void aProfileThatMissesLayersIsTold() throws IOException {
        MeasuredEngine engine = measured("[\"a\", \"b\", \"c\"]", "[{\"count\":1},{\"name\":\"b\",\"averageMs\":1}]");
        assertEquals(2, engine.untimed());
        assertTrue(EngineStory.of(engine).contains("The profile has no time for 2 of them: it is not of this build."));
        String message = assertThrows(
                        UnreadableEngineException.class,
                        () -> measured("[\"a\", \"b\"]", "[{\"count\":1},{\"name\":\"x\",\"averageMs\":1}]"))
                .getMessage();
        assertTrue(message.contains("m.profile.json is the profile of another engine"), message);
    }

    private static EngineLayer layer(String name) {
        return new EngineLayer(name, "NoOp", "", List.of(), List.of(), List.of(), "");
    }

    @Test
    void timesGiveThroughputAndPercentiles() throws IOException {
        StringBuilder text = new StringBuilder("[\n");
        for (int i = 0; i < 100; i++) {
            text.append(i == 0 ? "  " : ", ")
                    .append("{ \"startH2dMs\" : " + i + ", \"endD2hMs\" : " + (i + 1)
                            + ", \"computeMs\" : 0.5, \"latencyMs\" : " + (i + 1) + " }\n");
        }
        Path file = folder.resolve("t.json");
        Files.writeString(file, text.append("]\n"));
        Performance performance = PerformanceReader.readTimes(file);
        assertEquals(1000, performance.throughput(), 1e-9);
        assertEquals(50.5, performance.medianLatencyMs().getAsDouble());
        assertEquals(99, performance.p99LatencyMs().getAsDouble());
        assertEquals(0.5, performance.medianGpuMs().getAsDouble());
    }

    @Test
    void aLogTellsVersionDeviceTimesAndPasses() throws IOException {
        BuildLog log = BuildLogReader.read(ENGINES.resolve("resnet50.residual.int8.log"));
        assertEquals(new TensorRtVersion(10, 6, 0), log.version());
        assertEquals(BuildLog.Outcome.PASSED, log.outcome());
        assertEquals("NVIDIA H100 80GB HBM3", log.device());
        assertEquals(4.94851, log.buildSeconds());
        assertEquals(1420.11, log.performance().throughput());
        assertEquals(1.40833, log.performance().p99LatencyMs().getAsDouble());
        assertEquals(3, log.warnings().size());
        assertTrue(log.passes().containsKey("ConstQDQInitializersFusion"), log.passes()::toString);
    }

    @Test
    void anOldLogIsReadToo() throws IOException {
        BuildLog log = BuildLogReader.read(ENGINES.resolve("trt8.4-summary.log"));
        assertEquals("8.4.1", log.version().toString());
        assertEquals(6106.55, log.performance().throughput());
        assertEquals(0.433105, log.performance().p99LatencyMs().getAsDouble());
        assertEquals(3, log.passes().get("ConvReluFusion"));
    }

    @Test
    void aFailedBuildNamesItsNode() throws IOException {
        BuildLog log = BuildLogReader.read(ENGINES.resolve("unet.ort.int8.log"));
        assertEquals(BuildLog.Outcome.FAILED, log.outcome());
        assertNull(log.performance());
        BuildLog.LogError parsing = log.errors().get(2);
        assertEquals(Optional.of("d.0.0.bias_DequantizeLinear"), parsing.node());
        assertTrue(parsing.text().contains("[6] Invalid Node"));
        assertEquals(7, log.errors().size());
    }

    @Test
    void versionsOfBothNumberingsAreRead() {
        assertEquals("8.6.1", TensorRtVersion.ofNumber(8601).toString());
        assertEquals("10.16.1", TensorRtVersion.ofNumber(101601).toString());
        assertTrue(TensorRtVersion.ofNumber(110100).atLeast(11, 1));
    }
}
