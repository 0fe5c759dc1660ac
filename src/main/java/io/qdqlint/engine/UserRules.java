package io.qdqlint.engine;

import io.qdqlint.finding.RuleInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Rules of the user's own, compiled the first time they are used and kept as a jar.
 *
 * <p>The jar is executable code: it lies in a folder that only the user can enter or write.
 */
final class UserRules {
    private UserRules() {}

    /**
     * The compiled rules of some folders.
     *
     * @throws RuleException as {@link #load(Path)}, and if two folders have an id or a package in common
     */
    static List<RuleSet> loadAll(List<Path> folders) {
        List<RuleSet> sets = new ArrayList<>();
        Map<String, Path> owners = new HashMap<>();
        for (Path folder : folders) {
            RuleSet set = load(folder);
            for (String name : set.packages()) {
                claim("package " + name, folder, owners);
            }
            for (RuleInfo rule : set.rules()) {
                claim("id " + rule.id(), folder, owners);
            }
            sets.add(set);
        }
        return sets;
    }

    private static void claim(String what, Path folder, Map<String, Path> owners) {
        Path other = owners.put(what, folder);
        if (other != null) {
            throw new RuleException(folder + ": the " + what + " is that of rules in " + other);
        }
    }

    /**
     * The compiled rules of a folder shaped as {@code rules/} is.
     *
     * @throws RuleException if there is no such folder, a rule does not compile, or the cache cannot be kept to the user
     */
    static RuleSet load(Path folder) {
        return load(folder, userCache());
    }

    static RuleSet load(Path folder, Path cache) {
        try {
            List<RuleSource> sources = RuleSource.scan(folder);
            if (sources.isEmpty()) {
                throw new RuleException(folder + ": holds no rules");
            }
            String digest = new RuleDigest()
                    .add(RuleSet.builtIn().digest())
                    .add(String.valueOf(Runtime.version().feature()))
                    .add(sources)
                    .hex();
            Path jar = jarFolder(cache).resolve(digest + ".jar");
            if (!Files.exists(jar)) {
                RuleChecks.checkApart(folder, sources, RuleSet.builtIn().rules());
                store(RulePackager.build(folder, sources, digest), jar);
            }
            return RuleSet.at(jar);
        } catch (IOException e) {
            throw new RuleException(folder + ": rules cannot be read or cached: " + e.getMessage(), e);
        }
    }

    private static Path userCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        return xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    }

    private static Path jarFolder(Path cache) throws IOException {
        Path jars = cache.resolve("qdqlint").resolve("rules");
        Files.createDirectories(jars);
        if (Files.getFileStore(jars).supportsFileAttributeView("posix")) {
            // Fails when the folder is another user's.
            Files.setPosixFilePermissions(jars, PosixFilePermissions.fromString("rwx------"));
        }
        return jars;
    }

    /** Writes beside the jar and renames, so that a second process never sees half a jar. */
    private static void store(Map<String, byte[]> files, Path jar) throws IOException {
        Path part = Files.createTempFile(jar.getParent(), "rules", ".part");
        try (OutputStream out = Files.newOutputStream(part);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                entries.putNextEntry(new JarEntry(file.getKey()));
                entries.write(file.getValue());
                entries.closeEntry();
            }
        }
        Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
    }
}
