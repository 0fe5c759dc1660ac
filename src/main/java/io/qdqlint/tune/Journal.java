package io.qdqlint.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.run.BuildMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/** The builds of a tuning, in a folder, so that the tuning can continue after it was stopped. */
public final class Journal {
    private static final String FILE = "journal.json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path folder;
    private final String what;
    private final Map<String, Trial> known = new HashMap<>();

    private Journal(Path folder, String what) {
        this.folder = folder;
        this.what = what;
    }

    /**
     * A new one in a folder, which is made. What an earlier one has left there is removed.
     *
     * @param what is tuned and where, as {@link #of} gives it
     */
    public static Journal begin(Path folder, String what) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(FILE));
        Files.deleteIfExists(folder.resolve("timing.cache"));
        return new Journal(folder, what);
    }

    /**
     * One that is there already.
     *
     * @throws IOException where there is none, or it is of something else
     */
    public static Journal resume(Path folder, String what) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no journal " + file + " to continue from; leave out --resume to start");
        }
        JsonNode root = MAPPER.readTree(file.toFile());
        if (!what.equals(root.path("of").asText())) {
            throw new IOException(file + " is of '" + root.path("of").asText() + "' and not of '" + what
                    + "'; leave out --resume to start again");
        }
        Journal journal = new Journal(folder, what);
        for (JsonNode row : root.path("trials")) {
            Trial trial = trial(row, folder);
            journal.known.put(trial.name(), trial);
        }
        return journal;
    }

    /** Names what is tuned: a model's content, the version of TensorRT, and the options of the builds. */
    public static String of(Path model, String tensorrt, List<String> options) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = Files.newInputStream(model)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
            }
        }
        return String.format("%s %08x, TensorRT %s %s", model.getFileName(), crc.getValue(), tensorrt, options)
                .strip();
    }

    /** The folder for the files of a build of that name. */
    public Path folder(String name) {
        return folder.resolve(name.replaceAll("[^A-Za-z0-9]+", "-"));
    }

    public Path folder() {
        return folder;
    }

    /** The timings that all builds share. */
    public Path cache() {
        return folder.resolve("timing.cache");
    }

    /** What was built under the plan's name with the same layers; null if that was not done yet, or did not end. */
    Trial known(Trial plan) {
        Trial trial = known.get(plan.name());
        return trial != null && trial.floats().equals(plan.floats()) ? trial : null;
    }

    /** Writes the builds so far, whole or not at all. */
    void write(List<Trial> trials) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("of", what);
        ArrayNode rows = root.putArray("trials");
        for (Trial trial : trials) {
            ObjectNode row = rows.addObject();
            row.put("name", trial.name());
            row.put("mode", trial.mode().name());
            row.put("writable", trial.writable());
            trial.floats().forEach(row.putArray("floats")::add);
            trial.millis().forEach(row.putArray("millis")::add);
            row.put("failure", trial.failure());
            row.put("seconds", trial.seconds());
            row.put("foreseen", trial.forecast());
        }
        Path part = folder.resolve(FILE + ".part");
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), root);
        Files.move(part, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Trial trial(JsonNode row, Path folder) throws IOException {
        Set<String> floats = new TreeSet<>();
        row.path("floats").forEach(n -> floats.add(n.asText()));
        List<Double> millis = new ArrayList<>();
        row.path("millis").forEach(n -> millis.add(n.asDouble()));
        String name = row.path("name").asText();
        Path kept = folder.resolve(name.replaceAll("[^A-Za-z0-9]+", "-"));
        MeasuredEngine engine = millis.isEmpty() ? null : MeasuredEngineReader.read(kept);
        return new Trial(
                name,
                BuildMode.valueOf(row.path("mode").asText()),
                row.path("writable").asBoolean(),
                floats,
                List.copyOf(millis),
                engine,
                row.path("failure").asText(),
                row.path("seconds").asDouble(Double.NaN),
                row.path("foreseen").asDouble(Double.NaN));
    }
}
