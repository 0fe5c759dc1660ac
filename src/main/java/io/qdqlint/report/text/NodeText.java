package io.qdqlint.report.text;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.report.ConstantText;
import io.qdqlint.report.Neighbourhood;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A node in the manner of ONNX's textual syntax, cut into pieces that can be pointed at. */
final class NodeText {
    /** Some text; {@code of} is the value or node it shows, or null. */
    record Piece(String text, Object of) {}

    /** One line of pieces. */
    record Row(List<Piece> pieces) {
        String text() {
            StringBuilder out = new StringBuilder();
            pieces.forEach(p -> out.append(p.text()));
            return out.toString();
        }
    }

    /** A name is not made shorter than this in order to keep a node on one line. */
    private static final int READABLE = 36;

    private static final int SHORTEST = 16;

    private static final int LONGEST_NAME = 120;
    private static final int LISTED_INPUTS = 6;
    private static final String INDENT = "    ";

    private final Neighbourhood around;
    private final Set<Value> pointedAt;
    private final int width;

    /**
     * @param pointedAt values that must not be left out of a long list
     * @param width columns there are, 0 for no limit
     */
    NodeText(Neighbourhood around, Set<Value> pointedAt, int width) {
        this.around = around;
        this.pointedAt = pointedAt;
        this.width = width;
    }

    /** The node on one row; on two or more where one would make its names unreadable. */
    List<Row> rows(Node node) {
        List<Piece> outputs = names(node.outputs());
        List<Piece> inputs = inputs(node);
        int wholeLine = fit(node, outputs, inputs, width);
        if (wholeLine >= READABLE) {
            List<Piece> row = joined(shorten(outputs, wholeLine));
            row.add(new Piece(row.isEmpty() ? "" : " = ", null));
            row.addAll(call(node, shorten(inputs, wholeLine)));
            return List.of(new Row(row));
        }
        int room = Math.max(READABLE, width - INDENT.length() - 3);
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(joined(shorten(outputs, room / Math.max(1, outputs.size())))));
        int secondLine = fit(node, List.of(), inputs, room);
        if (secondLine >= READABLE || inputs.size() <= 2 || QuantizerText.isQuantizer(node)) {
            rows.add(indented("= ", call(node, shorten(inputs, Math.max(SHORTEST, secondLine)))));
            return rows;
        }
        rows.add(indented("= ", List.of(operator(node), new Piece("(", null))));
        List<Piece> shortened = shorten(inputs, room);
        for (int i = 0; i < shortened.size(); i++) {
            String end = i + 1 < shortened.size() ? "," : ")";
            rows.add(indented("    ", List.of(shortened.get(i), new Piece(end, null))));
        }
        return rows;
    }

    private static Row indented(String lead, List<Piece> pieces) {
        List<Piece> row = new ArrayList<>();
        row.add(new Piece(INDENT + lead, null));
        row.addAll(pieces);
        return new Row(row);
    }

    private static List<Piece> call(Node node, List<Piece> inputs) {
        List<Piece> row = new ArrayList<>();
        row.add(operator(node));
        row.add(new Piece("(", null));
        row.addAll(joined(inputs));
        row.add(new Piece(")", null));
        return row;
    }

    private static Piece operator(Node node) {
        String domain = node.domain().isEmpty() ? "" : node.domain() + ".";
        return new Piece(Printable.line(domain + node.opType(), 60), node);
    }

    /** The longest that names may be for a line to fit {@code columns}. */
    private static int fit(Node node, List<Piece> outputs, List<Piece> inputs, int columns) {
        if (columns == 0) {
            return LONGEST_NAME;
        }
        List<Piece> all = new ArrayList<>(outputs);
        all.addAll(inputs);
        int fixed = operator(node).text().length() + " = ()".length() + 2 * (all.size() - 2);
        int[] lengths = all.stream()
                .filter(p -> p.of() != null)
                .mapToInt(p -> p.text().length())
                .sorted()
                .toArray();
        fixed += all.stream()
                .filter(p -> p.of() == null)
                .mapToInt(p -> p.text().length())
                .sum();
        int room = columns - fixed;
        for (int i = 0; i < lengths.length; i++) {
            int share = Math.max(0, room) / (lengths.length - i);
            if (lengths[i] > share) {
                return share;
            }
            room -= lengths[i];
        }
        return room < 0 ? 0 : LONGEST_NAME;
    }

    private List<Piece> inputs(Node node) {
        List<Piece> out = new ArrayList<>();
        if (QuantizerText.isQuantizer(node) && node.input(0) != null) {
            out.add(input(node.input(0)));
            out.add(new Piece(QuantizerText.scaleInWords(node), null));
            String zeroPoint = QuantizerText.zeroPoint(node);
            if (!zeroPoint.isEmpty()) {
                out.add(new Piece(zeroPoint, null));
            }
            return out;
        }
        int left = 0;
        for (int i = 0; i < node.inputs().size(); i++) {
            Value value = node.inputs().get(i);
            if (i >= LISTED_INPUTS && !pointedAt.contains(value)) {
                left++;
            } else if (value != null) {
                out.add(input(value));
            }
        }
        if (left > 0) {
            out.add(new Piece("+" + left + " more", null));
        }
        return out;
    }

    private Piece input(Value value) {
        return around.isFolded(value) ? new Piece(ConstantText.of(value), null) : name(value);
    }

    private static List<Piece> names(List<Value> values) {
        List<Piece> out = new ArrayList<>();
        for (Value value : values) {
            if (value != null && out.size() < LISTED_INPUTS) {
                out.add(name(value));
            }
        }
        return out;
    }

    private static Piece name(Value value) {
        return new Piece(Printable.line(value.name(), LONGEST_NAME), value);
    }

    private static List<Piece> shorten(List<Piece> pieces, int limit) {
        return pieces.stream()
                .map(p -> p.of() == null ? p : new Piece(Printable.line(p.text(), limit), p.of()))
                .toList();
    }

    private static List<Piece> joined(List<Piece> pieces) {
        List<Piece> out = new ArrayList<>();
        for (Piece piece : pieces) {
            if (!out.isEmpty()) {
                out.add(new Piece(", ", null));
            }
            out.add(piece);
        }
        return out;
    }
}
