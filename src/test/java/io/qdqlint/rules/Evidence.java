package io.qdqlint.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * How a statement about TensorRT is known.
 *
 * @param graphs minimal graphs among the fixtures, as the statement names them: a {@code *} stands for any characters
 * @param models models among the fixtures
 * @param log passes that TensorRT's log names
 * @param docs documents and sources
 * @param source all else
 */
record Evidence(List<String> graphs, List<String> models, String log, String docs, String source) {
    private static final Path ENGINES = Path.of("src/test/resources/engines");

    static Evidence of(Drl.Statement rule) {
        return new Evidence(
                names(tag(rule, "graphs")),
                names(tag(rule, "models")),
                tag(rule, "log"),
                tag(rule, "docs"),
                tag(rule, "source"));
    }

    /** The value of {@code @key("...")}; empty without it. */
    static String tag(Drl.Statement rule, String key) {
        Matcher m = Pattern.compile("@" + key + "\\(\"([^\"]*)\"\\)").matcher(rule.head());
        return m.find() ? m.group(1) : "";
    }

    /** Names as {@code @graphs} and {@code @models} list them, without the remarks in parentheses. */
    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        for (String name : list.replaceAll(" ?\\([^)]*\\)", "").split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /** How many fixtures and other sources show the statement; 0 for a definition. */
    long sources() {
        long others = List.of(log, docs, source).stream()
                .flatMap(text -> Pattern.compile("; ").splitAsStream(text))
                .filter(text -> !text.isEmpty() && !text.startsWith("definition") && !text.startsWith("consequence"))
                .count();
        return others
                + models.size()
                + graphs.stream().mapToLong(Evidence::matches).sum();
    }

    /** How many minimal graphs of the fixtures have that name. */
    static long matches(String graph) {
        Pattern pattern = Pattern.compile(graph.replace(".", "\\.").replace("*", ".*"));
        return GRAPHS.stream().filter(g -> pattern.matcher(g).matches()).count();
    }

    /** The minimal graphs among the fixtures. */
    private static final Set<String> GRAPHS = entries(
            "trt10.6-h200/graphs.zip",
            "trt10.6-h200/further-graphs.zip",
            "trt10.6-h200/later-graphs.zip",
            "trt10.6-h200/edge-graphs.zip");

    /** The models among them: whole names such as {@code resnet50.monkey}, and what stands before the first dot. */
    static final Set<String> MODELS = modelNames();

    private static Set<String> modelNames() {
        Set<String> models = new TreeSet<>();
        for (String name : entries(
                "trt10.6-h100/lab.zip",
                "trt10.6-h200/variants.zip",
                "trt10.6-h200/networks.zip",
                "trt10.6-h200/candidates.zip",
                "trt10.6-h200/timed.zip",
                "trt10.6-h200/exporters.zip")) {
            String model = name.replaceFirst("^level3\\.", "");
            models.add(model);
            models.add(model.replaceFirst("\\..*", ""));
        }
        return models;
    }

    private static Set<String> entries(String... archives) {
        Set<String> names = new TreeSet<>();
        for (String archive : archives) {
            try (ZipFile zip = new ZipFile(ENGINES.resolve(archive).toFile())) {
                names.addAll(zip.stream()
                        .map(e -> e.getName().replaceFirst("\\.[^.]*$", ""))
                        .collect(Collectors.toSet()));
            } catch (IOException e) {
                throw new UncheckedIOException(archive, e);
            }
        }
        return names;
    }
}
