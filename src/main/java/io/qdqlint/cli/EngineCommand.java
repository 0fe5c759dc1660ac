package io.qdqlint.cli;

import io.qdqlint.report.engine.EngineReport;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qdqlint engine LAYERS}. */
@Command(
        name = "engine",
        description = "Shows an engine: its layers by time, and its graph (-f svg, -f html).",
        mixinStandardHelpOptions = true)
final class EngineCommand implements Callable<Integer> {
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

    @Override
    public Integer call() throws IOException {
        MeasuredEngine engine = profile == null
                ? MeasuredEngineReader.read(layers)
                : MeasuredEngineReader.read(layers, profile, null);
        formats.writeAll((name, out) -> write(engine, name, out));
        return 0;
    }

    private void write(MeasuredEngine engine, String format, OutputStream out) throws IOException {
        switch (format) {
            case "text" -> {
                out.write(EngineReport.text(engine, limit).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            case "json" -> EngineReport.writeJson(engine, out);
            case "svg" -> EngineReport.writeSvg(engine, out);
            case "html" -> EngineReport.writeHtml(engine, out);
            default -> throw new IllegalArgumentException(
                    "there is no format '" + format + "'; there are text, json, svg and html");
        }
    }
}
