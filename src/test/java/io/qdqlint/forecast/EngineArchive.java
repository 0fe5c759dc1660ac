package io.qdqlint.forecast;

import io.qdqlint.trt.Engine;
import io.qdqlint.trt.EngineReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Models and the engines that TensorRT built of them, as {@code scripts/pack-engines.py} packs them. */
public record EngineArchive(List<Built> models) {
    private static final Path ENGINES = Path.of("src/test/resources/engines");

    /**
     * A model and what TensorRT made of it.
     *
     * @param model the ONNX file, without weights
     * @param engine null where the build failed
     * @param failure the lines of TensorRT's log that say why it failed; empty where it built
     */
    public record Built(String name, Path model, Engine engine, String failure) {}

    /**
     * Unpacks an archive.
     *
     * @param name below the folder of engines, such as {@code trt10.6-h200/graphs.zip}
     * @param folder where its files are unpacked to
     */
    public static EngineArchive read(String name, Path folder) throws IOException {
        Map<String, Map<String, Path>> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(ENGINES.resolve(name).toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path file = folder.resolve(entry.getName());
                Files.write(file, zip.getInputStream(entry).readAllBytes());
                int dot = entry.getName().lastIndexOf('.');
                files.computeIfAbsent(entry.getName().substring(0, dot), n -> new HashMap<>())
                        .put(entry.getName().substring(dot + 1), file);
            }
        }
        List<Built> models = new ArrayList<>();
        for (Map.Entry<String, Map<String, Path>> e : files.entrySet()) {
            Path engine = e.getValue().get("json");
            models.add(new Built(
                    e.getKey(),
                    e.getValue().get("onnx"),
                    engine == null ? null : EngineReader.read(engine),
                    engine == null ? Files.readString(e.getValue().get("failed")) : ""));
        }
        return new EngineArchive(models);
    }

    /**
     * The models whose forecast is known to differ from the engine, with the reason: {@code exceptions.txt} beside the
     * archive, where a line {@code # reason} stands above names, separated by spaces.
     */
    static Map<String, String> exceptions(String folder) throws IOException {
        Map<String, String> out = new HashMap<>();
        String reason = "";
        for (String line : Files.readAllLines(ENGINES.resolve(folder).resolve("exceptions.txt"))) {
            if (line.startsWith("#")) {
                reason = line.substring(1).strip();
            } else {
                for (String name : line.strip().split("\\s+")) {
                    if (!name.isEmpty()) {
                        out.put(name, reason);
                    }
                }
            }
        }
        return out;
    }

    /** The table beside the archive: its last column by its first. */
    static Map<String, String> table(String file) throws IOException {
        try (Stream<String> lines = Files.lines(ENGINES.resolve(file), StandardCharsets.UTF_8)) {
            return lines.skip(1).collect(Collectors.toMap(l -> l.split("\t")[0], l -> l.split("\t")[2]));
        }
    }
}
