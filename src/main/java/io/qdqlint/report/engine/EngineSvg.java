package io.qdqlint.report.engine;

import io.qdqlint.draw.LayeredLayout;
import io.qdqlint.draw.LayeredLayout.Box;
import io.qdqlint.draw.LayeredLayout.Edge;
import io.qdqlint.draw.LayeredLayout.Placed;
import io.qdqlint.draw.LayeredLayout.Point;
import io.qdqlint.draw.LayeredLayout.Spacing;
import io.qdqlint.report.Printable;
import io.qdqlint.trt.Dataflow;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.EngineTensor;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Draws an engine the way trt-engine-explorer does: a box per layer, coloured by its kind, with its time; a line per
 * tensor, coloured by its precision; quantize kernels and reformats stand out. Colours are classes, for a style sheet.
 */
final class EngineSvg {
    private static final int HEIGHT = 32;
    private static final int WIDTH = 192;
    private static final int NAME_CHARS = 30;
    private static final int IO_HEIGHT = 16;

    private final MeasuredEngine engine;
    private final Function<EngineLayer, Mark> marks;
    private final boolean labelled;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Object> content = new ArrayList<>();
    private final Map<Object, Integer> places = new IdentityHashMap<>();
    private final Map<EngineLayer, Integer> numbers = new IdentityHashMap<>();
    private final Map<List<Integer>, List<EngineTensor>> links = new LinkedHashMap<>();
    private final double slowest;

    /**
     * What a picture says of a layer beyond the layer itself.
     *
     * @param group number that the same work has in another picture; -1 for none
     * @param differs whether the other picture shows it otherwise
     */
    record Mark(int group, boolean differs) {
        static final Mark NONE = new Mark(-1, false);
    }

    /**
     * @param labelled whether lines carry the tensor's type
     */
    EngineSvg(MeasuredEngine engine, Function<EngineLayer, Mark> marks, boolean labelled) {
        this.engine = engine;
        this.marks = marks;
        this.labelled = labelled;
        this.slowest = engine.engine().layers().stream()
                .mapToDouble(engine::micros)
                .filter(t -> !Double.isNaN(t))
                .max()
                .orElse(0);
        engine.engine().layers().forEach(l -> numbers.put(l, numbers.size()));
        collect();
    }

    /** The svg element; {@code style} goes into it for a file that stands alone, and is empty within a page. */
    String draw(String style) {
        List<Edge> edges = new ArrayList<>();
        links.forEach((ends, tensors) -> edges.add(
                labelled
                        ? new Edge(
                                ends.get(0),
                                ends.get(1),
                                5.2 * tensors.get(0).type().length(),
                                10)
                        : new Edge(ends.get(0), ends.get(1))));
        Placed placed = LayeredLayout.of(boxes, edges, Spacing.DENSE);
        StringBuilder out = new StringBuilder();
        out.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"engine\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\""
                        + " role=\"img\"><title>%s</title>\n",
                placed.width(), placed.height(), placed.width(), placed.height(), escape(engine.label())));
        if (!style.isEmpty()) {
            out.append("<style>")
                    .append(style)
                    .append("</style><rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        }
        int i = 0;
        for (List<EngineTensor> tensors : links.values()) {
            edge(out, placed.routes().get(i), placed.labels().get(i), tensors);
            i++;
        }
        for (i = 0; i < content.size(); i++) {
            Point at = placed.boxes().get(i);
            if (content.get(i) instanceof EngineLayer layer) {
                layer(out, layer, at);
            } else {
                io(out, (String) content.get(i), at, boxes.get(i).width());
            }
        }
        return out.append("</svg>\n").toString();
    }

    private void collect() {
        Dataflow flow = Dataflow.of(engine.engine());
        List<EngineLayer> shown =
                engine.engine().layers().stream().filter(this::isShown).toList();
        shown.forEach(l -> place(l, new Box(WIDTH, HEIGHT)));
        Map<String, String> io = new LinkedHashMap<>();
        engine.engine().ioTensors().forEach(n -> io.put(n, n));
        for (Dataflow.Edge edge : flow.edges()) {
            Object from = edge.from() == null ? io.get(edge.tensor().name()) : edge.from();
            if (from != null && places.containsKey(edge.to())) {
                if (from instanceof String name) {
                    placeIo(name);
                }
                if (places.containsKey(from)) {
                    link(from, edge.to(), edge.tensor());
                }
            }
        }
        for (EngineLayer layer : shown) {
            for (EngineTensor tensor : layer.outputs()) {
                String name = io.get(tensor.name());
                if (name != null) {
                    placeIo(name);
                    link(layer, name, tensor);
                }
            }
        }
    }

    /** Weights prepared at build time run no kernel and would hide the flow. */
    private boolean isShown(EngineLayer layer) {
        return layer.kind() != LayerKind.CONSTANT
                && !(layer.inputs().isEmpty() && layer.outputs().isEmpty());
    }

    private void place(Object what, Box box) {
        if (!places.containsKey(what)) {
            places.put(what, content.size());
            content.add(what);
            boxes.add(box);
        }
    }

    private void placeIo(String name) {
        place(name, new Box(24 + 6 * Math.min(name.length(), NAME_CHARS), IO_HEIGHT));
    }

    private void link(Object from, Object to, EngineTensor tensor) {
        links.computeIfAbsent(List.of(places.get(from), places.get(to)), k -> new ArrayList<>())
                .add(tensor);
    }

    private static void edge(StringBuilder out, List<Point> route, Point label, List<EngineTensor> tensors) {
        EngineTensor tensor = tensors.get(0);
        out.append("<g class=\"e ").append(tensor.precision()).append("\"><path d=\"");
        for (int i = 0; i < route.size(); i++) {
            out.append(format(
                    "%s%.0f %.0f",
                    i == 0 ? "M" : "L", route.get(i).x(), route.get(i).y()));
        }
        out.append("\"/>");
        if (label != null) {
            out.append(format(
                    "<text x=\"%.0f\" y=\"%.0f\">%s</text>", label.x() + 2, label.y() + 8, escape(tensor.type())));
        }
        out.append("<title>");
        for (EngineTensor t : tensors) {
            out.append(escape(Printable.line(t.name(), 120) + ": " + t.type() + " " + t.shape()))
                    .append('\n');
        }
        out.append("</title></g>\n");
    }

    private void layer(StringBuilder out, EngineLayer layer, Point at) {
        Mark mark = marks.apply(layer);
        double micros = engine.micros(layer);
        out.append(format(
                "<g class=\"l %s%s\" data-l=\"%d\"%s transform=\"translate(%.0f %.0f)\">",
                layer.kind(),
                mark.differs() ? " diff" : "",
                numbers.get(layer),
                mark.group() < 0 ? "" : " data-g=\"" + mark.group() + "\"",
                at.x(),
                at.y()));
        out.append(format("<rect class=\"b\" width=\"%d\" height=\"%d\" rx=\"3\"/>", WIDTH, HEIGHT));
        if (micros > 0 && slowest > 0) {
            out.append(format(
                    "<rect class=\"t\" y=\"%d\" width=\"%.1f\" height=\"3\"/>", HEIGHT - 3, WIDTH * micros / slowest));
        }
        out.append("<text x=\"5\" y=\"12\">")
                .append(escape(Printable.line(layer.shortName(), NAME_CHARS)))
                .append("</text><text class=\"s\" x=\"5\" y=\"24\">")
                .append(escape(second(layer, micros)))
                .append("</text></g>\n");
    }

    private static String second(EngineLayer layer, double micros) {
        String in = layer.precision().name();
        String written = layer.outputPrecision().name();
        String flow = in.equals(written) ? in : in + "\u2192" + written;
        return (Double.isNaN(micros) ? "" : format("%.1f µs \u00b7 ", micros))
                + layer.kind().word() + " \u00b7 " + flow;
    }

    private static void io(StringBuilder out, String name, Point at, double width) {
        out.append(format(
                "<g class=\"io\" transform=\"translate(%.0f %.0f)\"><rect width=\"%.0f\" height=\"%d\" rx=\"8\"/>"
                        + "<text x=\"10\" y=\"12\">%s</text></g>\n",
                at.x(), at.y(), width, IO_HEIGHT, escape(Printable.line(name, NAME_CHARS))));
    }

    private static String escape(String text) {
        return Printable.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
