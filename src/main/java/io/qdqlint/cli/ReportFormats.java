package io.qdqlint.cli;

import io.qdqlint.report.Report;
import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** The formats of the commands that report on models, and whether text of them is coloured. */
final class ReportFormats {
    private final Reports reports;
    private final FormatOption formats;
    private String colour;

    ReportFormats(Reports reports) {
        this.reports = reports;
        formats = new FormatOption(reports.names());
    }

    /** Declares the options. */
    void declare(Syntax syntax) {
        formats.declare(syntax);
        syntax.option("--color")
                .label("WHEN")
                .byDefault("auto")
                .says("auto, always or never.")
                .to(String.class, v -> colour = v);
    }

    /** Checks the options before any work is done. */
    void check() {
        formats.check();
        colour(Terminal.detect());
    }

    /** Writes all reports. */
    void write(Run run, Streams streams) throws IOException {
        Terminal terminal = Terminal.detect();
        Run shown = run.with(run.options().withColour(colour(terminal)).withWidth(terminal.columns()));
        formats.write(
                (format, out) -> write(reports.named(format), out == streams.out() ? shown : run, out), streams.out());
    }

    /** Writes one report; what cannot be reported on is named. */
    private static void write(Report report, Run run, OutputStream out) throws IOException {
        try {
            report.write(run, out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException | StackOverflowError e) {
            String names = run.diagnoses().stream()
                    .filter(d -> fails(report, run.of(List.of(d))))
                    .map(d -> d.model().file().toString())
                    .collect(Collectors.joining(", "));
            throw new UsageException((names.isEmpty() ? "" : names + ": ") + Failures.describe(e));
        }
    }

    private static boolean fails(Report report, Run run) {
        try {
            report.write(run, OutputStream.nullOutputStream());
            return false;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return true;
        }
    }

    /** Reports which files could not be read, unless a person has just read it in the report. */
    void reportUnreadable(List<Run.Unreadable> unreadable, Streams streams) {
        if (!(Terminal.detect().present() && formats.shows("text"))) {
            unreadable.forEach(u -> streams.report(u.file() + ": " + u.message()));
        }
    }

    private boolean colour(Terminal terminal) {
        return switch (colour) {
            case "auto" -> terminal.colour();
            case "always" -> true;
            case "never" -> false;
            default -> throw new UsageException("--color takes auto, always or never, not '" + colour + "'");
        };
    }
}
