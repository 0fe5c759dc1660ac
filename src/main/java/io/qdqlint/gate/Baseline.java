package io.qdqlint.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.onnx.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Known findings of a repository: they are counted and do not fail the check. */
public final class Baseline {
    private static final int VERSION = 1;

    private final Path file;
    private final Map<String, Map<String, Entry>> byModel = new TreeMap<>();

    /**
     * A finding that is known.
     *
     * @param node the name it was reported at when it was written; for people
     * @param count nodes that it was reported for; one for more of them is not known
     */
    private record Entry(String rule, String node, int count) {}

    private Baseline(Path file) {
        this.file = file;
    }

    /** An empty baseline. */
    public static Baseline empty(Path file) {
        return new Baseline(file);
    }

    /**
     * Reads it.
     *
     * @throws ConfigException where it is no baseline
     */
    public static Baseline read(Path file) {
        Baseline out = new Baseline(file);
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readString(file));
            if (!root.path("tool").asText().equals("qdqlint")
                    || !root.path("findings").isArray()) {
                throw new ConfigException(file + ": is not a baseline; 'qdqlint baseline' writes one");
            }
            if (root.path("baselineVersion").asInt() != VERSION) {
                throw new ConfigException(
                        file + ": is a baseline of another version of qdqlint; write it again with 'qdqlint baseline'");
            }
            for (JsonNode f : root.path("findings")) {
                out.entries(f.path("model").asText())
                        .put(
                                f.path("fingerprint").asText(),
                                new Entry(
                                        f.path("rule").asText(),
                                        f.path("node").asText(),
                                        f.path("count").asInt(1)));
            }
            return out;
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": this baseline does not exist; 'qdqlint baseline' writes one");
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + ": is not a baseline: it is not JSON");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** The findings that the baseline has, in their order. */
    public List<Finding> known(Diagnosis diagnosis) {
        Map<String, Entry> entries = byModel.getOrDefault(key(diagnosis.model().file()), Map.of());
        List<String> fingerprints = Fingerprints.of(diagnosis);
        List<Finding> out = new ArrayList<>();
        for (int i = 0; i < fingerprints.size(); i++) {
            Entry entry = entries.get(fingerprints.get(i));
            Finding finding = diagnosis.findings().get(i);
            if (entry != null && finding.count() <= entry.count()) {
                out.add(finding);
            }
        }
        return out;
    }

    /** How many entries the model no longer has a finding for. */
    public int gone(Diagnosis diagnosis) {
        Set<String> left = new LinkedHashSet<>(
                byModel.getOrDefault(key(diagnosis.model().file()), Map.of()).keySet());
        Fingerprints.of(diagnosis).forEach(left::remove);
        return left.size();
    }

    /** Adds the model's findings that are not known. */
    public int add(Diagnosis diagnosis) {
        List<String> fingerprints = Fingerprints.of(diagnosis);
        Map<String, Entry> entries = entries(key(diagnosis.model().file()));
        int before = entries.size();
        for (int i = 0; i < fingerprints.size(); i++) {
            Finding f = diagnosis.findings().get(i);
            entries.put(fingerprints.get(i), new Entry(f.ruleId(), f.node().name(), f.count()));
        }
        return entries.size() - before;
    }

    /** Drops what the model no longer has a finding for. */
    public int prune(Diagnosis diagnosis) {
        int gone = gone(diagnosis);
        entries(key(diagnosis.model().file())).keySet().retainAll(Set.copyOf(Fingerprints.of(diagnosis)));
        return gone;
    }

    /** Drops the entries of models that are no longer there. */
    public int pruneModels() {
        int before = size();
        Path folder = folder();
        byModel.keySet().removeIf(model -> !Files.exists(folder.resolve(model)));
        return before - size();
    }

    public int size() {
        return byModel.values().stream().mapToInt(Map::size).sum();
    }

    /** Writes it, whole or not at all; one finding a line, so that version control shows what changed. */
    public void write() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("tool", "qdqlint").put("baselineVersion", VERSION);
        ArrayNode findings = root.putArray("findings");
        byModel.forEach((model, entries) -> new TreeMap<>(entries)
                .forEach((fingerprint, entry) -> findings.addObject()
                        .put("model", model)
                        .put("rule", entry.rule())
                        .put("fingerprint", fingerprint)
                        .put("node", entry.node())
                        .put("count", entry.count())));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(new DefaultPrettyPrinter.FixedSpaceIndenter());
        byte[] text = (mapper.writer(printer).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, channel -> {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        });
    }

    private Map<String, Entry> entries(String model) {
        return byModel.computeIfAbsent(model, m -> new LinkedHashMap<>());
    }

    /** The model as from the baseline's folder, with slashes. */
    private String key(Path model) {
        Path absolute = model.toAbsolutePath().normalize();
        Path folder = folder();
        Path relative = absolute.getRoot().equals(folder.getRoot()) ? folder.relativize(absolute) : absolute;
        return relative.toString().replace('\\', '/');
    }

    private Path folder() {
        return file.toAbsolutePath().normalize().getParent();
    }
}
