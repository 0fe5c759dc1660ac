package io.qdqlint.report.engine;

import io.qdqlint.report.Printable;
import io.qdqlint.report.html.HtmlTemplate;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.Precision;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A page with pictures of engines, from the templates in reports/engine. */
final class EnginePage {
    private static final int LABEL = 120;
    private static final String PICTURE_STYLE = "engine/graph.css";
    private static final HtmlTemplate PAGE =
            new HtmlTemplate(List.of("report.css", PICTURE_STYLE), List.of("report.js", "engine/page.js"));

    private EnginePage() {}

    /** Fills {@code template} with {@code model} and the legend for these engines, writes it and flushes. */
    static void write(String template, Map<String, Object> model, List<MeasuredEngine> engines, OutputStream out)
            throws IOException {
        Map<String, Object> all = new HashMap<>(model);
        all.put("kindsShown", kindsShown(engines));
        all.put("precisionsShown", precisionsShown(engines));
        PAGE.write("engine/" + template, all, out);
    }

    /** What a template shows of one engine. */
    static Map<String, Object> engine(MeasuredEngine engine, Function<EngineLayer, EngineSvg.Mark> marks)
            throws IOException {
        return Map.of(
                "label", Printable.line(engine.label(), LABEL),
                "svg", new EngineSvg(engine, marks, false).draw(""),
                "details", EngineDetails.forPage(engine));
    }

    /** The style sheet of a picture that stands alone. */
    static String pictureStyle() throws IOException {
        return HtmlTemplate.resource(PICTURE_STYLE);
    }

    private static List<String> precisionsShown(List<MeasuredEngine> engines) {
        Set<Precision> shown = EnumSet.noneOf(Precision.class);
        for (MeasuredEngine engine : engines) {
            for (EngineLayer layer : engine.engine().layers()) {
                layer.inputs().forEach(t -> shown.add(t.precision()));
                layer.outputs().forEach(t -> shown.add(t.precision()));
            }
        }
        shown.remove(Precision.UNKNOWN);
        return shown.stream().map(Precision::name).toList();
    }

    private static List<String> kindsShown(List<MeasuredEngine> engines) {
        return Stream.of(LayerKind.values())
                .filter(k -> k != LayerKind.CONSTANT)
                .filter(k -> engines.stream().anyMatch(e -> e.count(l -> l.kind() == k) > 0))
                .map(LayerKind::name)
                .toList();
    }
}
