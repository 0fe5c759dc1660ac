package io.qdqlint.report.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.report.Printable;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineStory;
import io.qdqlint.trt.MeasuredEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One engine as text, JSON, picture or page. */
public final class EngineReport {
    private EngineReport() {}

    /** Writes a self-contained SVG picture, tensors labelled with their types, and flushes. */
    public static void writeSvg(MeasuredEngine engine, OutputStream out) throws IOException {
        String svg = new EngineSvg(engine, l -> EngineSvg.Mark.NONE, true).draw(EnginePage.asset("graph.css"));
        out.write(svg.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Writes a self-contained page, and flushes. */
    public static void writeHtml(MeasuredEngine engine, OutputStream out) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (EngineLayer layer : slowestFirst(engine)) {
            double micros = engine.micros(layer);
            rows.add(Map.of(
                    "index",
                    engine.engine().layers().indexOf(layer),
                    "micros",
                    Double.isNaN(micros) ? 0 : micros,
                    "share",
                    Double.isNaN(micros) ? 0 : 100 * micros / engine.totalMicros(),
                    "kind",
                    layer.kind().word(),
                    "name",
                    Printable.line(layer.shortName(), 160),
                    "flow",
                    layer.precision() + " \u2192 " + layer.outputPrecision()));
        }
        Map<String, Object> model = Map.of(
                "engine", EnginePage.engine(engine, l -> EngineSvg.Mark.NONE),
                "story", EngineStory.of(engine).stream().map(Printable::line).toList(),
                "timed", engine.isTimed(),
                "layers", rows);
        EnginePage.write("engine.ftlh", model, List.of(engine), out);
    }

    /** Writes the layers as JSON, and flushes. */
    public static void writeJson(MeasuredEngine engine, OutputStream out) throws IOException {
        try (JsonGenerator json = EngineDetails.generator(out)) {
            json.writeStartObject();
            json.writeStringField("label", engine.label());
            EngineDetails.strings(json, "story", EngineStory.of(engine));
            json.writeArrayFieldStart("layers");
            for (EngineLayer layer : engine.engine().layers()) {
                EngineDetails.layer(json, engine, layer);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
        out.flush();
    }

    /**
     * The engine for a terminal.
     *
     * @param limit the most layers to list
     */
    public static String text(MeasuredEngine engine, int limit) {
        StringBuilder out = new StringBuilder(Printable.line(engine.label(), 100)).append('\n');
        EngineStory.of(engine).forEach(s -> out.append(Printable.line(s)).append('\n'));
        out.append('\n');
        slowestFirst(engine).stream()
                .limit(limit)
                .forEach(l -> out.append(String.format(
                        Locale.ROOT,
                        "%10s  %-12s %s%n",
                        Double.isNaN(engine.micros(l)) ? "" : String.format(Locale.ROOT, "%.1f µs", engine.micros(l)),
                        l.kind().word(),
                        Printable.line(l.shortName(), 100))));
        return out.toString();
    }

    private static List<EngineLayer> slowestFirst(MeasuredEngine engine) {
        return engine.engine().layers().stream()
                .sorted(Comparator.comparingDouble(l -> Double.isNaN(engine.micros(l)) ? 0 : -engine.micros(l)))
                .toList();
    }
}
