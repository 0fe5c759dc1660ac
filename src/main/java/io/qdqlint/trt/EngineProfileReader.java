package io.qdqlint.trt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code trtexec --exportProfile}, of TensorRT 8.0 (no median) to 11. A layer without a finite time, of which trtexec
 * writes {@code nan} where nothing was run, has no row.
 */
public final class EngineProfileReader {
    private EngineProfileReader() {}

    /**
     * Reads one file.
     *
     * @throws UnreadableEngineException where it is not such a file
     */
    public static EngineProfile read(Path file) throws IOException {
        JsonNode root = LooseJson.read(file);
        if (!root.isArray() || root.isEmpty() || !root.get(0).has("count")) {
            throw new UnreadableEngineException(file + " is not a file of --exportProfile");
        }
        List<EngineProfile.Row> rows = new ArrayList<>(root.size());
        for (JsonNode row : root) {
            String name = row.path("name").asText();
            if (row.has("name") && LayerNames.profile(name) == 0) {
                double average = row.path("averageMs").asDouble(Double.NaN);
                if (Double.isFinite(average)) {
                    rows.add(new EngineProfile.Row(
                            LayerNames.withoutProfile(name),
                            average,
                            row.path("medianMs").asDouble(average)));
                }
            }
        }
        return new EngineProfile(root.get(0).path("count").asLong(), List.copyOf(rows));
    }
}
