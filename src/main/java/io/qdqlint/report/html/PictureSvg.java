package io.qdqlint.report.html;

import io.qdqlint.draw.LayeredLayout;
import io.qdqlint.report.Neighbourhood;
import java.util.List;
import java.util.Locale;

/** Draws a neighbourhood as SVG. Colours come from the page's style sheet, by class. */
final class PictureSvg {
    private static final double ARROW = 4;
    private static final double CORNER = 5;

    private final StringBuilder out = new StringBuilder();

    private PictureSvg() {}

    /** @param id unique in the page */
    static String of(Neighbourhood around, String id) {
        return new PictureSvg()
                .draw(PictureLayout.of(around), id, around.nodes().size());
    }

    private String draw(PictureLayout.Picture picture, String id, int nodes) {
        add(
                "<svg class=\"graph\" role=\"img\" aria-labelledby=\"%s-t\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\">",
                id, n(picture.width()), n(picture.height()), n(picture.width()), n(picture.height()));
        add("<title id=\"%s-t\">The graph around the finding, %d nodes</title>", id, nodes);
        for (PictureLayout.Wire wire : picture.wires()) {
            if (!wire.marked()) {
                wire(wire);
            }
        }
        for (PictureLayout.Wire wire : picture.wires()) {
            if (wire.marked()) {
                wire(wire);
            }
        }
        picture.boxes().forEach(this::box);
        picture.wires().forEach(this::label);
        return out.append("</svg>").toString();
    }

    private void wire(PictureLayout.Wire wire) {
        List<LayeredLayout.Point> points = wire.points();
        if (points.size() < 2) {
            return;
        }
        StringBuilder path = new StringBuilder();
        LayeredLayout.Point end = points.get(points.size() - 1);
        LayeredLayout.Point last = new LayeredLayout.Point(end.x(), end.y() - ARROW);
        for (int i = 0; i < points.size(); i++) {
            LayeredLayout.Point p = i == points.size() - 1 ? last : points.get(i);
            path.append(i == 0 ? "M" : " L").append(n(p.x())).append(' ').append(n(p.y()));
        }
        add("<g class=\"wire%s\"><path d=\"%s\"/>", wire.marked() ? " marked" : "", path);
        add(
                "<polygon points=\"%s,%s %s,%s %s,%s\"/></g>",
                n(end.x() - ARROW),
                n(end.y() - 1.8 * ARROW),
                n(end.x() + ARROW),
                n(end.y() - 1.8 * ARROW),
                n(end.x()),
                n(end.y()));
    }

    private void label(PictureLayout.Wire wire) {
        if (!wire.label().isEmpty()) {
            add(
                    "<text class=\"shape%s\" x=\"%s\" y=\"%s\">%s</text>",
                    wire.marked() ? " marked" : "",
                    n(wire.at().x() + 2),
                    n(wire.at().y() + 10),
                    escape(wire.label()));
        }
    }

    private void box(PictureLayout.Placed placed) {
        PictureBox box = placed.box();
        double middle = placed.at().x() + box.width() / 2;
        add(
                "<g class=\"box %s%s\"><title>%s</title>",
                box.kind(), box.mark().isEmpty() ? "" : " " + box.mark(), escape(box.tooltip()));
        add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>",
                n(placed.at().x()), n(placed.at().y()), n(box.width()), n(box.height()), n(CORNER));
        double y = placed.at().y() + 16;
        add("<text class=\"title\" x=\"%s\" y=\"%s\">%s</text>", n(middle), n(y), escape(box.title()));
        for (String line : box.lines()) {
            y += 14;
            add("<text x=\"%s\" y=\"%s\">%s</text>", n(middle), n(y), escape(line));
        }
        out.append("</g>");
    }

    private void add(String format, Object... args) {
        out.append(String.format(Locale.ROOT, format, args));
    }

    private static String n(double v) {
        long tenths = Math.round(v * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }

    private static String escape(String s) {
        return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
