package io.qdqlint.cli;

import io.qdqlint.report.engine.EngineReport;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qdqlint engine LAYERS}. */
@Command(
        name = "engine",
        description = "Shows an engine: its layers by time, and its graph (-f svg, -f html).",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit status: 0 done; 2 bad usage or unreadable input."})
final class EngineCommand implements Callable<Integer>, Streams.User {
    private static final List<String> FORMATS = List.of("text", "json", "svg", "html");

    @Parameters(
            index = "0",
            paramLabel = "LAYERS",
            description = "File of trtexec --exportLayerInfo; the profile is found beside it.")
    private Path layers;

    @Option(names = "--profile", paramLabel = "FILE", description = "The profile, if it lies elsewhere.")
    private Path profile;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "30",
            description = "Most layers that text lists (default ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private EngineFormats formats;

    private Streams streams;

    @Override
    public void use(Streams given) {
        streams = given;
    }

    @Override
    public Integer call() throws IOException {
        formats.check(FORMATS);
        MeasuredEngine engine =
                profile == null ? MeasuredEngineReader.read(layers) : MeasuredEngineReader.read(layers, profile, null);
        formats.write((name, out) -> write(engine, name, out), streams.out());
        return 0;
    }

    private void write(MeasuredEngine engine, String format, OutputStream out) throws IOException {
        switch (format) {
            case "text" -> out.write(EngineReport.text(engine, limit).getBytes(StandardCharsets.UTF_8));
            case "json" -> EngineReport.writeJson(engine, out);
            case "svg" -> EngineReport.writeSvg(engine, out);
            default -> EngineReport.writeHtml(engine, out);
        }
    }
}
