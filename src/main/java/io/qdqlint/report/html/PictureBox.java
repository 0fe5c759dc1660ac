package io.qdqlint.report.html;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.report.ConstantText;
import io.qdqlint.report.Neighbourhood;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import java.util.ArrayList;
import java.util.List;

/**
 * The text in one box of a picture.
 *
 * @param kind its CSS class: {@code q}, {@code dq}, {@code op}, {@code io} (graph input or output), {@code more} (what is
 * not drawn)
 * @param title first line, bold
 * @param lines further lines, small
 * @param tooltip the whole name
 * @param mark {@code hit} for the finding's node, {@code place} for its places, otherwise empty
 */
record PictureBox(String kind, String title, List<String> lines, String tooltip, String mark) {
    private static final int NAME = 30;
    private static final int TOOLTIP = 300;
    /** A bias, input number 2, is left out. */
    private static final int INPUTS = 2;

    private static final double TITLE_CHARACTER = 7.6;
    private static final double LINE_CHARACTER = 6.3;
    private static final double LINE_HEIGHT = 14;
    private static final double PADDING = 9;

    static PictureBox of(Node node, Neighbourhood around) {
        String mark = node == around.finding().node() ? "hit" : around.isMarked(node) ? "place" : "";
        List<String> lines = new ArrayList<>();
        lines.add(name(node));
        String tooltip = Printable.line(node.opType(), 60) + " " + Printable.line(node.name(), TOOLTIP);
        if (QuantizerText.isQuantizer(node)) {
            String zeroPoint = QuantizerText.zeroPoint(node);
            if (!zeroPoint.isEmpty()) {
                lines.add(zeroPoint);
            }
            boolean quantize = QuantizerText.isQuantize(node);
            String scale = QuantizerText.scale(node);
            String title = (quantize ? "Q  " : "DQ  ") + scale;
            return new PictureBox(quantize ? "q" : "dq", title, lines, tooltip, mark);
        }
        node.inputs().stream()
                .limit(INPUTS)
                .filter(v -> v != null && around.isFolded(v))
                .forEach(v -> lines.addAll(constant(v)));
        return new PictureBox("op", Printable.line(node.opType(), NAME), lines, tooltip, mark);
    }

    /** Exporters end a name in the op type, which the box shows anyway. */
    private static String name(Node node) {
        String name = node.name();
        String end = "/" + node.opType();
        boolean said =
                name.endsWith(end) && name.indexOf('/', 1) != name.length() - end.length() && name.length() > NAME;
        return Printable.line(said ? name.substring(0, name.length() - end.length()) : name, NAME);
    }

    /** Shape on one line, scales on the next. */
    private static List<String> constant(Value value) {
        String text = ConstantText.of(value);
        int space = text.indexOf("] ") + 1;
        return space > 0
                ? List.of(
                        Printable.line(text.substring(0, space), NAME),
                        Printable.line(text.substring(space + 1), NAME + 8))
                : List.of(Printable.line(text, NAME));
    }

    /** The end of an edge that comes from outside the picture. */
    static PictureBox source(Value value) {
        String name = Printable.line(value.name(), NAME);
        if (value.isGraphInput() || value.producer() == null) {
            String tooltip = "graph input " + Printable.line(value.name(), TOOLTIP);
            return new PictureBox("io", "input", List.of(name), tooltip, "");
        }
        String tooltip = Printable.line(value.producer().name(), TOOLTIP);
        return new PictureBox(
                "more", "\u2026 " + Printable.line(value.producer().opType(), NAME), List.of(), tooltip, "");
    }

    /** The end of an edge that leaves the picture: the graph's output, or nodes that are not drawn. */
    static PictureBox sink(Value value, List<Node> readers) {
        int n = readers.size();
        if (value.isGraphOutput()) {
            String tooltip = "graph output " + Printable.line(value.name(), TOOLTIP);
            String title = n > 0 ? "output, +" + n + " more" : "output";
            return new PictureBox("io", title, List.of(Printable.line(value.name(), NAME)), tooltip, "");
        }
        if (n == 1) {
            String tooltip = Printable.line(readers.get(0).name(), TOOLTIP);
            return new PictureBox(
                    "more", Printable.line(readers.get(0).opType(), NAME) + " \u2026", List.of(), tooltip, "");
        }
        return new PictureBox("more", "+" + n + " more", List.of(), n + " more nodes read it", "");
    }

    double width() {
        double widest = title.length() * TITLE_CHARACTER;
        for (String line : lines) {
            widest = Math.max(widest, line.length() * LINE_CHARACTER);
        }
        return Math.ceil(widest + 2 * PADDING);
    }

    double height() {
        return LINE_HEIGHT * (1 + lines.size()) + 10;
    }
}
