package io.qdqlint.trt.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.trt.BuildLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrtexecTest {
    /** What a shell would do something with. */
    private static final String HOSTILE = "a'b\"c $(touch pwned) `touch pwned`; touch pwned\nx";

    @TempDir
    private Path folder;

    private ModelFiles model;

    @BeforeEach
    void model() throws IOException {
        Path file = folder.resolve("model of mine.onnx");
        Files.writeString(file, "model");
        model = new ModelFiles(file, Map.of());
    }

    private Trtexec.Outcome build(Machine target, BuildMode mode, List<String> extra) throws Exception {
        return Trtexec.on(target).build("label", model, mode, extra, Duration.ofSeconds(60), null, line -> {});
    }

    private LocalMachine local(RecordedTrtexec recorded) throws MachineException {
        return new LocalMachine(recorded.program());
    }

    @Test
    void anEngineIsBuiltAndReadAndNothingIsLeft() throws Exception {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "ok");
        List<String> lines = new ArrayList<>();
        Path keep = folder.resolve("kept");
        Trtexec.Outcome outcome = Trtexec.on(local(recorded))
                .build("label", model, BuildMode.INT8, List.of(), Duration.ofSeconds(60), keep, lines::add);
        assertEquals("label", outcome.engine().orElseThrow().label());
        assertEquals(30, outcome.engine().orElseThrow().engine().layers().size());
        assertEquals(1420.11, outcome.log().performance().throughput());
        assertTrue(lines.get(lines.size() - 1).startsWith("&&&& PASSED"));
        assertFalse(Files.exists(recorded.ranIn()));
        assertEquals(List.of("layer.json", "profile.json", "trtexec.log"), names(keep));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void optionsFitEachVersion() throws Exception {
        for (int version : new int[] {8401, 8601, 100600, 101601, 110000, 110100}) {
            RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("v" + version), version, "ok");
            for (BuildMode mode : List.of(BuildMode.FP16, BuildMode.INT8, BuildMode.FP8)) {
                assertTrue(build(local(recorded), mode, List.of("--memPoolSize=workspace:1024"))
                        .engine()
                        .isPresent());
            }
            assertEquals(version < 110000, recorded.arguments().contains("--fp16"));
            assertTrue(recorded.arguments().contains("--profilingVerbosity=detailed"));
        }
    }

    @Test
    void optionsThatAVersionLacksAreToldBeforeItRuns() throws Exception {
        Machine ten = local(new RecordedTrtexec(folder.resolve("10"), 100600, "ok"));
        assertFails("--memPoolSize=workspace:", () -> build(ten, BuildMode.INT8, List.of("--workspace=4096")));
        Machine eleven = local(new RecordedTrtexec(folder.resolve("11"), 110000, "ok"));
        assertFails("has no --int8", () -> build(eleven, BuildMode.INT8, List.of("--int8")));
        Machine ten6 = local(new RecordedTrtexec(folder.resolve("10.6"), 100600, "ok"));
        assertFails(
                "cannot begin the build: Unknown option: --sparse",
                () -> build(ten6, BuildMode.INT8, List.of("--sparse")));
        Machine eight = local(new RecordedTrtexec(folder.resolve("8"), 8601, "ok"));
        assertTrue(build(eight, BuildMode.INT8, List.of("--workspace=4096"))
                .engine()
                .isPresent());
        assertFails("no strongly typed networks", () -> build(eight, BuildMode.STRONGLY_TYPED, List.of()));
        Machine old = local(new RecordedTrtexec(folder.resolve("old"), 8003, "ok"));
        assertFails("cannot export layers", () -> build(old, BuildMode.INT8, List.of()));
    }

    @Test
    void aFailedBuildIsAnOutcomeThatNamesTheNode() throws Exception {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "fails");
        Trtexec.Outcome outcome = build(local(recorded), BuildMode.INT8, List.of());
        assertTrue(outcome.engine().isEmpty());
        assertEquals(BuildLog.Outcome.FAILED, outcome.log().outcome());
        assertTrue(outcome.log().errors().stream()
                .anyMatch(e -> e.node().equals(Optional.of("d.0.0.bias_DequantizeLinear"))));
        assertFalse(Files.exists(recorded.ranIn()));
    }

    @Test
    void troublesOfTheMachineAreOneClearSentence() throws Exception {
        assertTrouble("no-gpu", "this machine finds no GPU");
        assertTrouble("disk-full", "this machine has no room left on its disk");
        assertTrouble("no-memory", "this machine ran out of memory");
        assertTrouble("cuda-fails", "this machine had a CUDA error");
        assertTrouble("crashes", "this machine had a crash of TensorRT");
        assertTrouble("no-such-gpu", "cannot begin the build: there is no GPU 3");
        assertTrouble("dies", "ended with status 137 and no error message");
    }

    private void assertTrouble(String scenario, String message) throws IOException {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve(scenario), 100600, scenario);
        assertFails(message, () -> build(local(recorded), BuildMode.INT8, List.of()));
        assertFalse(Files.exists(recorded.ranIn()));
    }

    @Test
    void whereThereIsNoTrtexecThePlacesAreNamed() {
        assertFails(
                "no trtexec, neither in PATH nor in /usr/src/tensorrt/bin",
                () -> new LocalMachine(null, "/nowhere", folder));
        assertFails("there is no program", () -> new LocalMachine(folder.resolve("none")));
        assertFails("has no working trtexec", () -> new LocalMachine(Path.of("/bin/true")).version());
    }

    @Test
    void withoutTrtexecTheEmbeddedTensorRtIsTakenIfItsJarsAreThere() throws Exception {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "ok");
        Path jars = Files.createDirectories(folder.resolve("tensorrt"));
        Files.createFile(jars.resolve("tensorrt-0.jar"));
        assertEquals(
                "this machine",
                new LocalMachine(null, recorded.program().getParent().toString(), jars).name());
        assertEquals("this machine", new LocalMachine(recorded.program(), "/nowhere", jars).name());
        Machine embedded = new LocalMachine(null, "/nowhere", jars);
        assertEquals("this machine (embedded TensorRT)", embedded.name());
        // Without a GPU it says so; with one, that the jars have no libraries.
        String told = assertThrows(MachineException.class, embedded::version).getMessage();
        assertTrue(told.contains("finds no GPU") || told.contains("cannot load TensorRT's libraries"), told);
    }

    @Test
    void aBuildThatHangsIsEndedWhenItsTimeIsUp() throws Exception {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "hangs");
        Machine target = local(recorded);
        assertFails(
                "took longer than 2 seconds",
                () -> Trtexec.on(target)
                        .build("l", model, BuildMode.INT8, List.of(), Duration.ofSeconds(2), null, line -> {}));
        recorded.awaitGone();
    }

    /** A trtexec that ignores the signal to end, with a child that has left it for a session of its own. */
    private Path stubborn(String last) throws IOException {
        Path program = folder.resolve("stubborn");
        Files.writeString(program, """
                #!/bin/sh
                [ "$1" = --help ] && echo '&&&& RUNNING TensorRT.trtexec [TensorRT v100600] # trtexec' && exit
                trap '' TERM
                (setsid sleep 300 & echo $! > "%1$s/stray")
                echo $$ > "%1$s/pid"
                %2$s
                """.formatted(folder, last));
        program.toFile().setExecutable(true);
        return program;
    }

    private void awaitNone(String file) throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve(file)).strip());
        RecordedTrtexec.await(
                file + " to end",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "left processes are found through /proc")
    void whatItStartedEndsWithItThoughItIgnoresSignals() throws Exception {
        Machine target = new LocalMachine(stubborn("while :; do sleep 1; done"));
        Trtexec trtexec = Trtexec.on(target);
        long start = System.nanoTime();
        assertFails(
                "took longer than 1 seconds",
                () -> trtexec.build("l", model, BuildMode.INT8, List.of(), Duration.ofSeconds(1), null, line -> {}));
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(8).toNanos());
        awaitNone("pid");
        awaitNone("stray");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "left processes are found through /proc")
    void whatItLeavesWhenItIsDoneEndsToo() throws Exception {
        Machine target = new LocalMachine(stubborn("exit 3"));
        Trtexec trtexec = Trtexec.on(target);
        assertFails(
                "ended with status 3",
                () -> trtexec.build("l", model, BuildMode.INT8, List.of(), Duration.ofSeconds(60), null, line -> {}));
        awaitNone("stray");
    }

    @Test
    void anInterruptEndsTheBuild() throws Exception {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "hangs");
        Machine target = local(recorded);
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread building = new Thread(() -> {
            try {
                build(target, BuildMode.INT8, List.of());
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        building.start();
        recorded.awaitStart();
        building.interrupt();
        building.join(30_000);
        assertEquals(InterruptedException.class, thrown.get().getClass());
        recorded.awaitGone();
    }

    @Test
    void noNameReachesAShell() throws Exception {
        Path file = folder.resolve(HOSTILE + ".onnx");
        Files.writeString(file, "model");
        Path data = folder.resolve(HOSTILE + ".bin");
        Files.writeString(data, "weights");
        model = new ModelFiles(file, Map.of(HOSTILE + ".bin", data));
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "ok");
        assertTrue(build(local(recorded), BuildMode.INT8, List.of("--shapes=$(touch pwned)"))
                .engine()
                .isPresent());
        String onnx = recorded.arguments().get(0);
        assertTrue(onnx.matches("--onnx=[\\w./-]+/model.onnx"), onnx);
        assertTrue(recorded.arguments().contains("--shapes=$(touch pwned)"));
        assertTrue(String.join("\n", recorded.files()).contains(HOSTILE + ".bin"));
        assertFalse(Files.exists(Path.of("pwned")) || Files.exists(folder.resolve("pwned")));
    }

    @Test
    void anyCommandCanRunIt() throws Exception {
        RecordedTrtexec recorded = new RecordedTrtexec(folder.resolve("t"), 100600, "ok");
        Path shared = Files.createDirectories(folder.resolve("shared folder"));
        String template =
                "env 'PATH=" + recorded.program().getParent() + ":" + System.getenv("PATH") + "' DIR={dir} {}";
        CommandMachine target = new CommandMachine(template, shared, null);
        assertTrue(build(target, BuildMode.INT8, List.of()).engine().isPresent());
        assertTrue(recorded.ranIn().startsWith(shared));
        assertEquals(List.of(), names(shared));
        assertThrows(IllegalArgumentException.class, () -> new CommandMachine("docker exec box", shared, null));
        assertThrows(IllegalArgumentException.class, () -> new CommandMachine("sh -c 'x {}", shared, null));
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void assertFails(String message, Call call) {
        String told = assertThrows(MachineException.class, call::run).getMessage();
        assertTrue(told.contains(message), told);
    }
}
