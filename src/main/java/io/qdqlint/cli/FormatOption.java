package io.qdqlint.cli;

import io.qdqlint.onnx.AtomicFile;
import io.qdqlint.report.Report;
import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code -f NAME[=FILE]}, as often as wanted; the same in every command that reports. */
final class FormatOption {
    private List<String> formats = new ArrayList<>();
    private String colour;

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.option("-f", "--format")
                .label("NAME[=FILE]")
                .says("Report format (text, json, sarif, html, ...), to FILE or to standard output; may be repeated.")
                .toList(String.class, v -> formats = v);
        syntax.option("--color")
                .label("WHEN")
                .byDefault("auto")
                .says("auto, always or never.")
                .to(String.class, v -> colour = v);
    }

    /** One report to be written: to {@code file}, or to standard output when that is null. */
    private record Target(Report report, Path file) {}

    /** Whether text on standard output is to be coloured. */
    boolean colour(Terminal terminal) {
        return switch (colour) {
            case "auto" -> terminal.colour();
            case "always" -> true;
            case "never" -> false;
            default -> throw new UsageException("--color takes auto, always or never, not '" + colour + "'");
        };
    }

    /** Checks the formats before any work is done. */
    void check(Reports reports) {
        targets(reports);
    }

    /** Writes all reports; a file appears whole or not at all. */
    void write(Reports reports, Run run, Streams streams) throws IOException {
        Terminal terminal = Terminal.detect();
        for (Target t : targets(reports)) {
            if (t.file == null) {
                Run shown = new Run(
                        run.diagnoses(),
                        run.unreadable(),
                        run.catalogue(),
                        run.version(),
                        run.options().withColour(colour(terminal)).withWidth(terminal.columns()));
                t.report.write(shown, streams.out());
                streams.out().flush();
            } else {
                writeFile(t, run);
            }
        }
    }

    private static void writeFile(Target t, Run run) throws IOException {
        Path file = t.file.toAbsolutePath();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A device or a pipe cannot be replaced.
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                t.report.write(run, out);
            }
            return;
        }
        if (!Files.isDirectory(file.getParent())) {
            throw new UsageException("cannot write " + t.file + ": there is no folder " + file.getParent());
        }
        AtomicFile.write(file, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            t.report.write(run, out);
            out.flush();
        });
    }

    private List<Target> targets(Reports reports) {
        if (formats.isEmpty()) {
            return List.of(new Target(reports.named("text"), null));
        }
        List<Target> out = new ArrayList<>();
        for (String text : formats) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String file = equals < 0 ? "-" : text.substring(equals + 1);
            if (file.isEmpty()) {
                throw new UsageException("'-f " + text + "' names no file behind '='");
            }
            try {
                out.add(new Target(reports.named(name), file.equals("-") ? null : Path.of(file)));
            } catch (IllegalArgumentException e) {
                throw new UsageException(e.getMessage());
            }
        }
        if (out.stream().filter(t -> t.file == null).count() > 1) {
            throw new UsageException("only one format can go to standard output; give the others a file: -f NAME=FILE");
        }
        return out;
    }
}
