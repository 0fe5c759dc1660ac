package io.qdqlint.trt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads an engine's files together, and finds those that were not named by the names that people give them. */
public final class MeasuredEngineReader {
    private static final List<List<String>> PROFILE_ENDINGS = List.of(
            List.of("layer", "profile"),
            List.of("graph", "profile"),
            List.of("layers", "profile"),
            List.of("layerinfo", "profile"),
            List.of("layer_info", "profile"));
    private static final List<String> LAYER_ENDINGS =
            List.of("", ".layer.json", ".engine.graph.json", ".graph.json", ".layers.json", "/layer.json");

    private MeasuredEngineReader() {}

    /**
     * Reads {@code layers} with the profile, the log and, where the log has no summary, the times that lie beside it
     * ({@code x.layer.json, x.profile.json, x.log, x.times.json}).
     *
     * @param layers a file of {@code --exportLayerInfo}, or its name without the ending, or a folder that holds one as
     *     {@code layer.json}
     * @throws UnreadableEngineException where one of them is not such a file, or the profile is of another engine
     */
    public static MeasuredEngine read(Path layers) throws IOException {
        return read(layers, null);
    }

    /**
     * Reads as {@link #read(Path)}, with a profile that lies elsewhere.
     *
     * @param elsewhere null for the profile that lies beside {@code layers}
     */
    public static MeasuredEngine read(Path layers, Path elsewhere) throws IOException {
        Path file = find(layers);
        Path profile = elsewhere == null ? beside(file, ".json") : elsewhere;
        Path log = beside(file, ".log");
        Path times = file.resolveSibling(file.getFileName().toString().replaceFirst("(?i)\\blayers?\\b", "times"));
        BuildLog logged = log == null ? null : BuildLogReader.read(log);
        MeasuredEngine engine = new MeasuredEngine(
                EngineReader.read(file),
                profile == null ? null : EngineProfileReader.read(profile),
                logged == null || times.equals(file) ? logged : PerformanceReader.completed(logged, times));
        if (engine.isTimed() && engine.untimed() == engine.engine().layers().size()) {
            throw new UnreadableEngineException(
                    profile + " is the profile of another engine: it names none of the layers of " + file);
        }
        return engine;
    }

    private static Path find(Path named) throws UnreadableEngineException {
        for (String ending : LAYER_ENDINGS) {
            Path file = Path.of(named + ending);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new UnreadableEngineException("there is no engine file " + named
                + "; trtexec writes one with --exportLayerInfo=" + named + ".layer.json");
    }

    /** The file beside {@code layers} that has the same name but for the part that says what it holds; null without. */
    private static Path beside(Path layers, String ending) {
        String name = layers.getFileName().toString();
        List<String> candidates = new ArrayList<>();
        if (ending.equals(".log")) {
            candidates.add(EngineReader.label(layers) + ".log");
            if (name.equals("layer.json")) {
                candidates.add("trtexec.log");
            }
        } else {
            PROFILE_ENDINGS.forEach(e -> candidates.add(name.replaceFirst("(?i)\\b" + e.get(0) + "\\b", e.get(1))));
        }
        return candidates.stream()
                .filter(c -> !c.equals(name))
                .map(layers::resolveSibling)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }
}
