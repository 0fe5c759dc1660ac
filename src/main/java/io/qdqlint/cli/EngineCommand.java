package io.qdqlint.cli;

import io.qdqlint.report.engine.EngineReport;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@code qdqlint engine LAYERS}. */
final class EngineCommand extends Command {
    private static final List<String> FORMATS = List.of("text", "json", "svg", "html");

    private Path layers;
    private Path profile;
    private final LimitOption limit = new LimitOption(30, "layers");
    private final FormatOption formats = new FormatOption(FORMATS);

    @Override
    void declare(Syntax syntax) {
        syntax.describe("Shows an engine: its layers by time, and its graph (-f svg, -f html).");
        syntax.footer("", "Exit status: 0 done; 2 bad usage or unreadable input.");
        syntax.parameter("0", "1")
                .label("LAYERS")
                .says("File of trtexec --exportLayerInfo; the profile is found beside it.")
                .to(Path.class, v -> layers = v);
        syntax.option("--profile")
                .label("FILE")
                .says("The profile, if it is not beside the engine.")
                .to(Path.class, v -> profile = v);
        limit.declare(syntax);
        formats.declare(syntax);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        formats.check();
        limit.get();
        return Failures.in(layers, this::show);
    }

    private Integer show() throws IOException {
        MeasuredEngine engine = MeasuredEngineReader.read(layers, profile);
        formats.write((name, out) -> write(engine, name, out), streams.out());
        return 0;
    }

    private void write(MeasuredEngine engine, String format, OutputStream out) throws IOException {
        switch (format) {
            case "text" -> out.write(EngineReport.text(engine, limit.get()).getBytes(StandardCharsets.UTF_8));
            case "json" -> EngineReport.writeJson(engine, out);
            case "svg" -> EngineReport.writeSvg(engine, out);
            default -> EngineReport.writeHtml(engine, out);
        }
    }
}
