package io.qdqlint.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code -f NAME[=FILE]} option of the commands that report on engines. */
final class EngineFormats {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "NAME[=FILE]",
            description = "What to write, to standard output or a file; may be given several times. One of: text, json,"
                    + " html, and svg for one engine.")
    private List<String> formats = List.of("text");

    /** Writes one format. */
    interface Writer {
        /** @throws IllegalArgumentException if there is no format of that name */
        void write(String name, OutputStream out) throws IOException;
    }

    /** Writes each format that was asked for. */
    void writeAll(Writer writer) throws IOException {
        for (String format : formats) {
            int equals = format.indexOf('=');
            String name = equals < 0 ? format : format.substring(0, equals);
            try {
                if (equals < 0 || format.substring(equals + 1).equals("-")) {
                    writer.write(name, System.out);
                } else {
                    try (OutputStream out = Files.newOutputStream(Path.of(format.substring(equals + 1)))) {
                        writer.write(name, out);
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new ParameterException(commandLine(), e.getMessage(), e);
            }
        }
    }

    private CommandLine commandLine() {
        return command.commandLine();
    }
}
