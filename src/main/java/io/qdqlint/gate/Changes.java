package io.qdqlint.gate;

import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.onnx.ExternalFiles;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What git says has changed in a working tree since a revision. */
public final class Changes {
    private final Path root;
    private final String since;
    private final Set<Path> changed = new HashSet<>();

    private Changes(Path root, String since) {
        this.root = root;
        this.since = since;
    }

    /** The changes in the repository that the file lies in. */
    public static Changes of(Path file, String revision, Map<Path, Changes> known) {
        Path folder = real(file).getParent();
        for (Map.Entry<Path, Changes> one : known.entrySet()) {
            if (folder.startsWith(one.getKey())) {
                return one.getValue();
            }
        }
        if (revision.startsWith("-")) {
            throw new ConfigException("'" + revision + "' is no revision");
        }
        Path root = Path.of(text(folder, "rev-parse", "--show-toplevel").strip());
        String since = text(root, "merge-base", revision, "HEAD").strip();
        Changes out = new Changes(root, since);
        for (String name : (text(root, "diff", "--name-only", "-z", "--no-renames", since, "--")
                        + text(root, "ls-files", "--others", "--exclude-standard", "-z"))
                .split("\0")) {
            if (!name.isEmpty()) {
                out.changed.add(root.resolve(name));
            }
        }
        known.put(root, out);
        return out;
    }

    /** Whether the model's file, its external data or its configuration has changed. */
    boolean affect(Path file) {
        Path real = real(file);
        if (changed.contains(real)) {
            return true;
        }
        for (Path above = real.getParent(); above != null && above.startsWith(root); above = above.getParent()) {
            if (changed.contains(above.resolve(Configs.NAME))) {
                return true;
            }
        }
        return changed.stream().anyMatch(c -> c.startsWith(real.getParent())) && readsChanged(real);
    }

    /**
     * Writes the file as it was, contents of Git LFS in place of a pointer.
     *
     * @return false where it was not there
     */
    public boolean writeOld(Path file, Path target) throws IOException {
        String name = root.relativize(real(file)).toString().replace('\\', '/');
        if (text(root, "ls-tree", "--name-only", since, "--", name).isBlank()) {
            return false;
        }
        Files.write(target, git(root, "cat-file", "--filters", since + ":" + name));
        return true;
    }

    private boolean readsChanged(Path model) {
        try {
            return ExternalFiles.locations(OnnxReader.read(model)).stream()
                    .anyMatch(location ->
                            changed.contains(model.resolveSibling(location).normalize()));
        } catch (InvalidModelException e) {
            // It has not changed, so that it is not this call's concern.
            return false;
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static String text(Path folder, String... arguments) {
        return new String(git(folder, arguments), StandardCharsets.UTF_8);
    }

    private static byte[] git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("qdqlint", ".git");
            try {
                Process git = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
                git.getOutputStream().close();
                byte[] out = git.getInputStream().readAllBytes();
                if (git.waitFor() != 0) {
                    String said = Files.readString(errors).lines().findFirst().orElse("");
                    throw new ConfigException("git " + String.join(" ", arguments) + " failed"
                            + (said.isEmpty() ? "" : ": " + said)
                            + "; a shallow clone lacks older revisions (with actions/checkout set fetch-depth: 0)");
                }
                return out;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new ConfigException("git is needed to find what has changed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException("git was interrupted");
        }
    }
}
