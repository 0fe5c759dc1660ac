package io.qdqlint.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder {@code rules/<category>/<ID>-<slug>}. */
record RuleFolder(Path path, String category, String id, String slug) {
    static final Path RULES = Path.of("rules");

    /** Every folder two levels below rules/, sorted by id, whatever is in it. */
    static List<RuleFolder> all() {
        try (Stream<Path> walk = Files.walk(RULES, 2)) {
            return walk.filter(p -> Files.isDirectory(p) && p.getNameCount() == 3)
                    .map(RuleFolder::of)
                    .sorted(java.util.Comparator.comparing(RuleFolder::id))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuleFolder of(Path path) {
        String name = path.getFileName().toString();
        int dash = name.indexOf('-');
        return new RuleFolder(
                path,
                path.getName(1).toString(),
                dash < 0 ? name : name.substring(0, dash),
                dash < 0 ? "" : name.substring(dash + 1));
    }

    Path drl() {
        return path.resolve(id + ".drl");
    }

    Path page() {
        return path.resolve(id + ".md");
    }

    Path bad() {
        return path.resolve("bad.onnxtxt");
    }

    /** {@code bad.onnxtxt}, and {@code bad-*.onnxtxt} for what only other models or versions make the rule say. */
    List<Path> allBad() {
        return files().stream()
                .filter(f -> f.getFileName().toString().matches("bad(-[a-z0-9]+)*\\.onnxtxt"))
                .toList();
    }

    /** Every file in the folder, sorted by name. */
    List<Path> files() {
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path good() {
        return path.resolve("good.onnxtxt");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return id + " " + slug;
    }
}
