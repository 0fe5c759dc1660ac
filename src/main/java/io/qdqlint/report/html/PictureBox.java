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
 * What stands in one box of a picture.
 *
 * @param kind its CSS class: {@code q}, {@code dq}, {@code op}, {@code io} (graph input or output), {@code more} (what is
 *     not drawn)
 * @param title first line, bold
 * @param lines further lines, small
 * @param tooltip the whole name
 * @param mark {@code hit} for the finding's node, {@code place} for its places, otherwise empty
 */
record PictureBox(String kind, String title, List<String> lines, String tooltip, String mark) {
    private static final int NAME = 30;
    private static final int TOOLTIP = 300;
    private static final int CONSTANTS = 2;
    private static final double TITLE_CHARACTER = 7.6;
    private static final double LINE_CHARACTER = 6.3;
    private static final double LINE_HEIGHT = 14;
    private static final double PADDING = 9;

    static PictureBox of(Node node, Neighbourhood around) {
        String mark = node == around.finding().node() ? "hit" : around.isMarked(node) ? "place" : "";
        List<String> lines = new ArrayList<>();
        lines.add(Printable.line(node.name(), NAME));
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
                .filter(v -> v != null && around.isFolded(v))
                .limit(CONSTANTS)
                .forEach(v -> lines.add("\u25aa " + Printable.line(ConstantText.of(v), NAME + 10)));
        return new PictureBox("op", Printable.line(node.opType(), NAME), lines, tooltip, mark);
    }

    /** The end of an edge that comes from outside the picture. */
    static PictureBox source(Value value) {
        String name = Printable.line(value.name(), NAME);
        if (value.isGraphInput() || value.producer() == null) {
            String tooltip = "graph input " + Printable.line(value.name(), TOOLTIP);
            return new PictureBox("io", "input", List.of(name), tooltip, "");
        }
        String tooltip = Printable.line(value.producer().name(), TOOLTIP);
        return new PictureBox("more", "\u2026 " + Printable.line(value.producer().opType(), NAME), List.of(), tooltip, "");
    }

    /** The end of an edge that leaves the picture: the graph's output, or {@code readers} nodes that are not drawn. */
    static PictureBox sink(Value value, int readers) {
        if (value.isGraphOutput()) {
            String tooltip = "graph output " + Printable.line(value.name(), TOOLTIP);
            String more = readers > 0 ? "output, +" + readers + " more" : "output";
            return new PictureBox("io", more, List.of(Printable.line(value.name(), NAME)), tooltip, "");
        }
        return new PictureBox("more", "+" + readers + " more", List.of(), readers + " more nodes read it", "");
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
