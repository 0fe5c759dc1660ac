package io.qdqlint.trt.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The recorded trtexec (src/test/resources/trtexec), set up in a folder. */
public final class RecordedTrtexec {
    private static final Path ENGINES = Path.of("src/test/resources/engines");

    private final Path folder;

    public RecordedTrtexec(Path folder, int version, String scenario) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.copy(Path.of("src/test/resources/trtexec/trtexec"), program());
        program().toFile().setExecutable(true);
        Files.writeString(folder.resolve("version"), Integer.toString(version));
        Files.writeString(folder.resolve("scenario"), scenario);
        boolean fails = scenario.equals("fails");
        Files.copy(ENGINES.resolve(fails ? "unet.ort.int8.log" : "resnet50.residual.int8.log"), folder.resolve("log"));
        Files.copy(ENGINES.resolve("unet.monkey.int8.layer.json"), folder.resolve("layer.json"));
        Files.copy(ENGINES.resolve("unet.monkey.int8.profile.json"), folder.resolve("profile.json"));
    }

    /** What happens in one run, counted from 0, instead of what happens in all. */
    public RecordedTrtexec run(int run, String scenario) throws IOException {
        Files.writeString(folder.resolve("scenario-" + run), scenario);
        return this;
    }

    /** The timing cache as it was after the last run. */
    public String cache() throws IOException {
        return Files.readString(folder.resolve("seen/cache"));
    }

    public Path program() {
        return folder.resolve("trtexec");
    }

    public List<String> arguments() throws IOException {
        return Files.readAllLines(folder.resolve("seen/arguments"));
    }

    /** The options for precisions, run after run. */
    public List<String> precisions() throws IOException {
        return Files.readAllLines(folder.resolve("seen/precisions"));
    }

    /** How often it was run to build something. */
    public int runs() throws IOException {
        return Files.exists(folder.resolve("seen/precisions")) ? precisions().size() : 0;
    }

    /** Copies of the models, run after run. */
    public List<Path> models() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("seen"))) {
            return files.filter(f -> f.getFileName().toString().startsWith("model-"))
                    .sorted()
                    .toList();
        }
    }

    /** The files that lay beside the model. */
    public List<String> files() throws IOException {
        return Files.readAllLines(folder.resolve("seen/files"));
    }

    /** The folder it ran in. */
    public Path ranIn() throws IOException {
        return Path.of(Files.readString(folder.resolve("seen/folder")).strip());
    }

    /** Waits until it runs. */
    public void awaitStart() {
        await("trtexec to start", () -> Files.exists(folder.resolve("seen/files")));
    }

    /** Waits until its process is gone, and its folder. */
    public void awaitGone() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("seen/pid")).strip());
        await(
                "trtexec to end",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        Path ranIn = ranIn();
        await("its folder to be removed", () -> !Files.exists(ranIn));
    }

    static void await(String what, BooleanSupplier done) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!done.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited too long for " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
