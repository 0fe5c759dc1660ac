package io.qdqlint.cli;

import io.qdqlint.onnx.AtomicFile;
import io.qdqlint.report.Printable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code -f NAME[=FILE]}, repeatable; the same in every command that can write several formats. */
final class FormatOption {
    private static final String STANDARD_OUTPUT = "-";

    private final List<String> known;
    private List<String> given = List.of();

    /** @param known the formats there are, the default first */
    FormatOption(List<String> known) {
        this.known = known;
    }

    /** A format to be written: to {@code file}, or to standard output when that is null. */
    private record Target(String format, Path file) {}

    /** Writes one format. */
    interface Writer {
        void write(String format, OutputStream out) throws IOException;
    }

    /** Declares the option. */
    void declare(Syntax syntax) {
        syntax.option("-f", "--format")
                .label("NAME[=FILE]")
                .says("Format (" + String.join(", ", known)
                        + "), to FILE or to standard output; may be repeated. Default: " + known.get(0) + ".")
                .toList(String.class, v -> given = v);
    }

    /** Checks formats and files before any work is done. */
    void check() {
        targets().stream().map(Target::file).filter(Objects::nonNull).forEach(FormatOption::requireFile);
    }

    /**
     * Makes sure that a file can be made there.
     *
     * @throws UsageException where its folder is missing, or it is a folder itself
     */
    static void requireFile(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("cannot write " + file + ": there is no folder " + folder);
        }
        if (Files.isDirectory(file)) {
            throw new UsageException("cannot write " + file + ": it is a folder");
        }
    }

    /** Writes each format that was requested; a file appears whole or not at all. */
    void write(Writer writer, OutputStream standard) throws IOException {
        write(known, writer, standard);
    }

    /** Writes as {@link #write(Writer, OutputStream)}, but only formats that are possible. */
    void write(List<String> possible, Writer writer, OutputStream standard) throws IOException {
        for (Target t : targets()) {
            if (!possible.contains(t.format)) {
                continue;
            }
            if (t.file == null) {
                writer.write(t.format, standard);
                standard.flush();
            } else if (isDevice(t.file)) {
                // A device or a pipe cannot be replaced.
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(t.file))) {
                    writer.write(t.format, out);
                } catch (FileSystemException e) {
                    throw e;
                } catch (IOException e) {
                    throw new IOException("cannot write " + t.file + ": " + e.getMessage(), e);
                }
            } else {
                AtomicFile.write(t.file, channel -> {
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                    writer.write(t.format, out);
                    out.flush();
                });
            }
        }
    }

    /** Whether this format goes to standard output. */
    boolean shows(String format) {
        return targets().stream().anyMatch(t -> t.file == null && t.format.equals(format));
    }

    private List<Target> targets() {
        List<Target> out = new ArrayList<>();
        for (String text : given.isEmpty() ? known.subList(0, 1) : given) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (!known.contains(name)) {
                throw new UsageException("there is no format '" + Printable.line(name, 40) + "'; there are "
                        + String.join(", ", known.subList(0, known.size() - 1)) + " and "
                        + known.get(known.size() - 1));
            }
            out.add(new Target(name, equals < 0 ? null : file(text, text.substring(equals + 1))));
        }
        if (out.stream().filter(t -> t.file == null).count() > 1) {
            throw new UsageException("only one format can go to standard output; give the others a file: -f NAME=FILE"
                    + " (GitHub reads workflow commands from -f github=/dev/stderr too)");
        }
        Set<Path> files = new HashSet<>();
        for (Target t : out) {
            if (t.file != null && !files.add(t.file.toAbsolutePath().normalize()) && !isDevice(t.file)) {
                throw new UsageException("two formats cannot go to one file, " + t.file + "; give each its own");
            }
        }
        return out;
    }

    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    private static Path file(String option, String file) {
        if (file.isEmpty()) {
            throw new UsageException("'-f " + option + "' names no file after '='");
        }
        try {
            return file.equals(STANDARD_OUTPUT) ? null : Path.of(file);
        } catch (InvalidPathException e) {
            throw new UsageException("'-f " + option + "' names no file: " + e.getReason());
        }
    }
}
