package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.report.JsonSchemas;
import io.qdqlint.trt.run.RecordedTrtexec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
    private static final String MODEL = "src/test/resources/corpus/dup_qdq_bfloat16.onnx";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private RecordedTrtexec trtexec(String scenario) throws IOException {
        return new RecordedTrtexec(folder.resolve("t"), 100600, scenario);
    }

    private int tune(RecordedTrtexec trtexec, String... more) {
        List<String> args = new ArrayList<>(List.of("tune", MODEL, "-o", tuned().toString()));
        args.addAll(List.of("--trtexec", trtexec.program().toString()));
        args.addAll(List.of(more));
        return Main.run(args.toArray(String[]::new), out, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Path tuned() {
        return folder.resolve("tuned.onnx");
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theFastestRowIsWrittenAndAllShareOneCache() throws IOException {
        RecordedTrtexec trtexec = trtexec("ok").run(0, "takes 0.5").run(1, "takes 0.4");
        assertEquals(0, tune(trtexec, "--rounds", "1", "--builds", "3"), this::err);
        assertTrue(Files.isRegularFile(tuned()));
        assertTrue(out().contains("| 0.4000 ms |"), this::out);
        assertTrue(err().contains("best so far: 0.4000 ms"), this::err);
        assertTrue(trtexec.cache().startsWith("run 0\nrun 1\n"), trtexec::toString);
    }

    @Test
    void writesEachReportAndWhatWasLearned() throws IOException {
        Path json = folder.resolve("t.json");
        Path page = folder.resolve("t.html");
        Path training = folder.resolve("c.json");
        Path learned = folder.resolve("learned.tsv");
        assertEquals(
                0,
                tune(
                        trtexec("ok").run(0, "fails"),
                        "--rounds",
                        "1",
                        "--builds",
                        "2",
                        "-f",
                        "json=" + json,
                        "-f",
                        "html=" + page,
                        "-f",
                        "constraints=" + training,
                        "--learn",
                        learned.toString()),
                this::err);
        JsonSchemas.assertValid(JsonSchemas.TUNE, Files.readString(json));
        assertTrue(Files.readString(json).contains("\"result\" : \"as exported\""));
        assertTrue(Files.readString(page).contains("The result is the row"));
        assertTrue(Files.readString(training).startsWith("{"));
        assertTrue(Files.readString(learned).contains("\t10.6.0\tquantize\t"));
        int status = Main.run(
                new String[] {"forecast", "examples/resnet50.monkey.onnx", "--measured", learned.toString()},
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertEquals(0, status, this::err);
    }

    @Test
    void repeatsAreTimedInTurn() throws IOException {
        RecordedTrtexec trtexec = trtexec("ok");
        assertEquals(0, tune(trtexec, "--rounds", "2", "--builds", "2"), this::err);
        assertEquals(4, trtexec.precisions().size(), "two rows, twice each");
    }

    @Test
    void aBuildThatFailsIsARow() throws IOException {
        assertEquals(0, tune(trtexec("ok").run(0, "fails"), "--rounds", "1", "--builds", "2"), this::err);
        assertTrue(out().contains("ended with status 1"), this::out);
        assertTrue(Files.isRegularFile(tuned()));
    }

    @Test
    void whereNothingBuildsNothingIsWritten() throws IOException {
        assertEquals(3, tune(trtexec("fails"), "--builds", "2"), this::err);
        assertFalse(Files.exists(tuned()));
    }

    @Test
    void aBuildThatTakesTooLongIsARow() throws IOException {
        RecordedTrtexec trtexec = trtexec("ok").run(0, "hangs");
        assertEquals(0, tune(trtexec, "--rounds", "1", "--builds", "2", "--timeout", "2"), this::err);
        assertTrue(out().contains("took longer than 2 seconds"), this::out);
    }

    @Test
    void aTargetThatVanishesLeavesAJournalToGoOnFrom() throws IOException {
        RecordedTrtexec trtexec = trtexec("ok").run(1, "vanishes");
        assertEquals(2, tune(trtexec, "--rounds", "1", "--builds", "2"), this::err);
        assertTrue(err().contains("--resume continues"), this::err);
        assertTrue(Files.isRegularFile(folder.resolve("tuned.onnx.tune/best.onnx")));
        assertFalse(Files.exists(tuned()));

        Files.copy(Path.of("src/test/resources/trtexec/trtexec"), trtexec.program());
        assertTrue(trtexec.program().toFile().setExecutable(true));
        assertEquals(0, tune(trtexec.run(1, "ok"), "--rounds", "1", "--builds", "2", "--resume"), this::err);
        assertTrue(err().contains(": from the journal"), this::err);
        assertEquals(3, trtexec.precisions().size(), "the first row is not built again");
        assertTrue(Files.isRegularFile(tuned()));
    }

    @Test
    void anInterruptLeavesTheJournalAndTheFastestSoFar() throws IOException, InterruptedException {
        RecordedTrtexec trtexec = trtexec("ok").run(1, "hangs");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "io.qdqlint.cli.Main",
                "tune",
                MODEL,
                "-o",
                tuned().toString(),
                "--trtexec",
                trtexec.program().toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Path journal = folder.resolve("tuned.onnx.tune/journal.json");
        Process process = builder.redirectError(folder.resolve("err").toFile()).start();
        try {
            for (int i = 0; i < 600 && trtexec.runs() < 2; i++) {
                Thread.sleep(100);
            }
            process.destroy();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertTrue(Files.readString(journal).contains("\"fixed\""));
        assertTrue(Files.isRegularFile(folder.resolve("tuned.onnx.tune/best.onnx")));
        assertTrue(Files.readString(folder.resolve("err")).contains("--resume continues"));
        trtexec.awaitGone();
    }

    @Test
    void resumesNothingOfAnotherModel() throws IOException {
        assertEquals(2, tune(trtexec("ok"), "--resume"));
        assertTrue(err().contains("there is no journal"), this::err);
    }
}
