package io.qdqlint.rules.compile;

import io.qdqlint.finding.RuleInfo;
import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Rules of the user's own, compiled the first time they are used and kept as a jar.
 *
 * <p>The jar is executable code: it lies in a folder that only the user can enter or write.
 */
public final class UserRules {
    private static final String ROOT = "root";

    private UserRules() {}

    /**
     * The compiled rules of some folders.
     *
     * @throws RuleException as {@link #load(Path)}, and if two folders have an id or a package in common
     */
    public static List<RuleSet> loadAll(List<Path> folders) {
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
            if (!isWhole(jar)) {
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

    /** The folder of the jars, which is the user's own: what another user could write there would run as this one. */
    private static Path jarFolder(Path cache) throws IOException {
        Path jars = cache.resolve("qdqlint").resolve("rules");
        boolean posix = Files.getFileStore(existing(jars)).supportsFileAttributeView("posix");
        UserPrincipal user = user();
        if (posix) {
            check(existing(jars), user);
        }
        Files.createDirectories(jars);
        if (posix) {
            check(jars, user);
            Files.setPosixFilePermissions(jars, PosixFilePermissions.fromString("rwx------"));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(jars)) {
                for (Path file : files) {
                    check(file, user);
                }
            }
        }
        return jars;
    }

    /** The folder, or the innermost existing folder around it. */
    private static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }

    /** The user who runs qdqlint: a name alone is not enough, as the system may know none. */
    private static UserPrincipal user() throws IOException {
        Path own = Files.createTempFile("qdqlint", null);
        try {
            return Files.getOwner(own);
        } finally {
            Files.delete(own);
        }
    }

    private static void check(Path place, UserPrincipal user) throws IOException {
        check(place, Files.getOwner(place), user);
    }

    /** Refuses files of other users than this one and root, who can write everywhere. */
    static void check(Path place, UserPrincipal owner, UserPrincipal user) {
        if (!owner.equals(user) && !owner.getName().equals(ROOT)) {
            throw new RuleException(place + " belongs to the user " + owner.getName() + ", not to " + user.getName()
                    + ", and compiled rules are code: name a folder of your own for them with XDG_CACHE_HOME");
        }
    }

    /** Whether it is there, from the first to the last byte. */
    private static boolean isWhole(Path jar) {
        // The list at the end of the file is read by the one, the content and its checksums by the other.
        try (ZipFile list = new ZipFile(jar.toFile());
                ZipInputStream content = new ZipInputStream(Files.newInputStream(jar))) {
            int entries = 0;
            while (content.getNextEntry() != null) {
                content.transferTo(OutputStream.nullOutputStream());
                entries++;
            }
            return entries > 0 && entries == list.size();
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes beside the jar and renames, so that a second process, or one after a crash, never sees half a jar. */
    private static void store(Map<String, byte[]> files, Path jar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream entries = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                entries.putNextEntry(new JarEntry(file.getKey()));
                entries.write(file.getValue());
                entries.closeEntry();
            }
        }
        Path part = Files.createTempFile(jar.getParent(), "rules", ".part");
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes.toByteArray());
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
