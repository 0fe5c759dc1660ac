package io.qdqlint.report.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.report.Printable;
import io.qdqlint.report.json.Json;
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
import java.util.stream.IntStream;

/** One engine as text, JSON, picture or page. */
public final class EngineReport {
    private EngineReport() {}

    /** Writes a self-contained SVG picture, tensors labelled with their types, and flushes. */
    public static void writeSvg(MeasuredEngine engine, OutputStream out) throws IOException {
        String svg = new EngineSvg(engine, l -> EngineSvg.Mark.NONE, true).draw(EnginePage.pictureStyle());
        out.write(svg.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Writes a self-contained page, and flushes. */
    public static void writeHtml(MeasuredEngine engine, OutputStream out) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int index : slowestFirst(engine)) {
            EngineLayer layer = engine.engine().layers().get(index);
            double micros = engine.micros(layer);
            rows.add(Map.of(
                    "index",
                    index,
                    "micros",
                    Double.isNaN(micros) ? "" : String.format(Locale.ROOT, "%.1f", micros),
                    "share",
                    Double.isNaN(micros) ? "" : String.format(Locale.ROOT, "%.1f", 100 * micros / engine.totalMicros()),
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
        try (JsonGenerator json = Json.indented(out)) {
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
                .map(engine.engine().layers()::get)
                .forEach(l -> out.append(String.format(
                        Locale.ROOT,
                        "%10s  %-12s %s%n",
                        Double.isNaN(engine.micros(l)) ? "" : String.format(Locale.ROOT, "%.1f µs", engine.micros(l)),
                        l.kind().word(),
                        Printable.line(l.shortName(), 100))));
        int left = engine.engine().layers().size() - limit;
        if (left > 0) {
            out.append("and ").append(left).append(" more; --limit N lists more\n");
        }
        return out.toString();
    }

    /** Places of the layers. */
    private static List<Integer> slowestFirst(MeasuredEngine engine) {
        double[] micros =
                engine.engine().layers().stream().mapToDouble(engine::micros).toArray();
        return IntStream.range(0, micros.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Double.isNaN(micros[i]) ? 0 : -micros[i]))
                .toList();
    }
}
