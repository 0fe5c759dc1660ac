package io.qdqlint.report.html;

import io.qdqlint.draw.LayeredLayout;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;
import io.qdqlint.report.ConstantText;
import io.qdqlint.report.Neighbourhood;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The places of the boxes and edges of a picture: layers from top to bottom. Equal input gives equal output. */
final class PictureLayout {
    private static final double LABEL_CHARACTER = 6;
    private static final double LABEL_HEIGHT = 13;
    private static final double LABEL_MARGIN = 4;

    /** A box and its upper left corner. */
    record Placed(PictureBox box, LayeredLayout.Point at) {}

    /** An edge with its corners; {@code label} is empty or has its upper left corner at {@code at}. */
    record Wire(boolean marked, List<LayeredLayout.Point> points, String label, LayeredLayout.Point at) {}

    record Picture(double width, double height, List<Placed> boxes, List<Wire> wires) {}

    private final Neighbourhood around;
    private final List<PictureBox> boxes = new ArrayList<>();
    private final Map<Node, Integer> members = new HashMap<>();
    private final Map<Value, Integer> sources = new HashMap<>();
    private final Set<Value> labelled = new HashSet<>();

    private PictureLayout(Neighbourhood around) {
        this.around = around;
    }

    static Picture of(Neighbourhood around) {
        return new PictureLayout(around).lay();
    }

    private Picture lay() {
        for (Node node : around.nodes()) {
            members.put(node, add(PictureBox.of(node, around)));
        }
        List<Neighbourhood.Edge> edges = around.edges();
        List<String> labels = new ArrayList<>();
        List<LayeredLayout.Edge> lines = new ArrayList<>();
        for (Neighbourhood.Edge edge : edges) {
            String label = labelled.add(edge.value()) ? label(edge.value()) : "";
            labels.add(label);
            double width = label.isEmpty() ? 0 : label.length() * LABEL_CHARACTER + LABEL_MARGIN;
            lines.add(new LayeredLayout.Edge(start(edge), end(edge), width, LABEL_HEIGHT));
        }
        LayeredLayout.Placed placed = LayeredLayout.of(
                boxes.stream()
                        .map(b -> new LayeredLayout.Box(b.width(), b.height()))
                        .toList(),
                lines,
                LayeredLayout.Spacing.ROOMY);
        List<Placed> boxesPlaced = IntStream.range(0, boxes.size())
                .mapToObj(i -> new Placed(boxes.get(i), placed.boxes().get(i)))
                .toList();
        List<Wire> wires = IntStream.range(0, edges.size())
                .mapToObj(i -> new Wire(
                        edges.get(i).marked(),
                        placed.routes().get(i),
                        labels.get(i),
                        placed.labels().get(i)))
                .toList();
        return new Picture(placed.width(), placed.height(), boxesPlaced, wires);
    }

    private int add(PictureBox box) {
        boxes.add(box);
        return boxes.size() - 1;
    }

    private int start(Neighbourhood.Edge edge) {
        return edge.from() != null
                ? members.get(edge.from())
                : sources.computeIfAbsent(edge.value(), v -> add(PictureBox.source(v)));
    }

    private int end(Neighbourhood.Edge edge) {
        return edge.to() != null
                ? members.get(edge.to())
                : add(PictureBox.sink(edge.value(), around.readersOutside(edge.value())));
    }

    /** {@code 1x64x56x56 int8}; plain float goes without saying. */
    private static String label(Value value) {
        Shape shape = value.shape();
        String dims = shape == null
                ? ""
                : shape.rank() == 0
                        ? "scalar"
                        : ConstantText.shape(shape)
                                .replace("[", "")
                                .replace("]", "")
                                .replace(",", "\u00d7");
        boolean plain = value.type() == DataType.UNDEFINED || value.type() == DataType.FLOAT;
        return plain ? dims : (dims + " " + value.type().onnxName()).strip();
    }
}
