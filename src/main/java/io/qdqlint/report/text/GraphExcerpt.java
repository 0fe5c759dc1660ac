package io.qdqlint.report.text;

import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.report.Neighbourhood;
import io.qdqlint.report.PlaceText;
import io.qdqlint.report.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The graph around a finding as if it were source code. Nodes are numbered by their position in the file; {@code ^}
 * marks the finding's node, {@code -} its places.
 */
public final class GraphExcerpt {
    private static final int LINKS = 1;
    private static final int NODES = 10;
    private static final int OUTSIDE = 4;

    /** A mark under a piece of text. */
    private record Mark(Object under, char sign, String label) {}

    private final Ansi ansi;
    private final Finding finding;
    private final Neighbourhood around;
    private final NodeText text;
    private final String gutter;

    GraphExcerpt(Ansi ansi, Finding finding, int width) {
        this.ansi = ansi;
        this.finding = finding;
        around = Neighbourhood.of(finding, LINKS, NODES);
        int last = around.nodes().stream().mapToInt(Node::index).max().orElse(0);
        gutter = " ".repeat(Integer.toString(last).length() + 1);
        Set<Value> pointedAt = new HashSet<>();
        finding.places().forEach(p -> pointedAt.add(p.value()));
        int room = width == 0 ? 0 : Math.max(40, width - gutter.length() - 3);
        text = new NodeText(around, pointedAt, room);
    }

    /** The excerpt alone, without colour. */
    public static String plain(Finding finding, int width) {
        StringBuilder out = new StringBuilder();
        new GraphExcerpt(new Ansi(false), finding, width).print(out);
        return out.toString();
    }

    /** The text to the left of the bar. */
    String gutter() {
        return gutter;
    }

    void print(StringBuilder out) {
        bar(out, "");
        for (Node node : around.nodes()) {
            List<Mark> marks = marks(node);
            boolean first = true;
            for (NodeText.Row row : text.rows(node)) {
                if (first) {
                    String number = Integer.toString(node.index());
                    out.append(ansi.rail(" ".repeat(gutter.length() - number.length()) + number + " |"));
                    out.append(' ').append(row.text()).append('\n');
                } else {
                    bar(out, row.text());
                }
                first = false;
                marks.removeIf(m -> underline(out, row, m));
            }
        }
        bar(out, "");
        List<Place> outside = around.placesOutside();
        for (Place place : outside.subList(0, Math.min(OUTSIDE, outside.size()))) {
            label(out, "at", where(place) + (PlaceText.of(place).isEmpty() ? "" : ": " + PlaceText.of(place)));
        }
        if (outside.size() > OUTSIDE) {
            label(out, "at", (outside.size() - OUTSIDE) + " more places; -f json lists all");
        }
    }

    /** A line such as {@code = fix: do this}. */
    void label(StringBuilder out, String key, String value) {
        out.append(gutter)
                .append(ansi.rail(" ="))
                .append(' ')
                .append(ansi.bold(key + ":"))
                .append(' ');
        out.append(value).append('\n');
    }

    private static String where(Place place) {
        return place.node() != null
                ? "node '" + Printable.line(place.node().name(), 120) + "' ("
                        + Printable.line(place.node().opType(), 40) + ")"
                : "tensor '"
                        + Printable.line(
                                place.value() == null ? "" : place.value().name(), 120) + "'";
    }

    private void bar(StringBuilder out, String content) {
        out.append(gutter)
                .append(ansi.rail(" |"))
                .append(content.isEmpty() ? "" : " ")
                .append(content)
                .append('\n');
    }

    private List<Mark> marks(Node node) {
        List<Mark> out = new ArrayList<>();
        for (Place place : finding.places()) {
            if (place.node() == node || (place.node() == null && place.value() != null && reads(node, place.value()))) {
                boolean own = place.node() == finding.node() && place.value() == null;
                Object under = place.value() == null || !touches(node, place.value()) ? node : place.value();
                out.add(new Mark(under, own ? '^' : '-', PlaceText.of(place)));
            }
        }
        if (node == finding.node() && out.stream().noneMatch(m -> m.sign() == '^')) {
            out.add(0, new Mark(node, '^', ""));
        }
        return out;
    }

    private static boolean touches(Node node, Value value) {
        return reads(node, value) || node.outputs().contains(value);
    }

    private static boolean reads(Node node, Value value) {
        return node.inputs().contains(value);
    }

    /** Underlines the mark's piece if it is in the row; a constant that is shown by its contents has no piece. */
    private boolean underline(StringBuilder out, NodeText.Row row, Mark mark) {
        int column = 0;
        for (NodeText.Piece piece : row.pieces()) {
            if (piece.of() == mark.under()) {
                String signs = String.valueOf(mark.sign())
                        .repeat(Math.max(1, piece.text().length()));
                String line = mark.label().isEmpty() ? signs : signs + " " + mark.label();
                String painted = mark.sign() == '^' ? ansi.severity(finding.severity(), line) : ansi.rail(line);
                bar(out, " ".repeat(column) + painted);
                return true;
            }
            column += piece.text().length();
        }
        return false;
    }
}
