package io.qdqlint.cli;

import io.qdqlint.report.Reports;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.util.List;

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
        Run shown = new Run(
                run.diagnoses(),
                run.unreadable(),
                run.catalogue(),
                run.version(),
                run.options().withColour(colour(terminal)).withWidth(terminal.columns()));
        formats.write(
                (format, out) -> reports.named(format).write(out == streams.out() ? shown : run, out), streams.out());
    }

    /** Tells which files could not be read, unless a person has just read it in the report. */
    void tell(List<Run.Unreadable> unreadable, Streams streams) {
        if (!(Terminal.detect().present() && formats.shows("text"))) {
            unreadable.forEach(u -> streams.tell(u.file() + ": " + u.message()));
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
