package io.qdqlint.draw;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.NodeLabelPlacement;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Places the boxes of a directed graph and routes its edges at right angles, top to bottom, by ELK's layered algorithm.
 * Equal input gives an equal picture. Units are those of the boxes given, pixels mostly.
 */
public final class LayeredLayout {
    private static final int RANDOM_SEED = 1;

    private LayeredLayout() {}

    /** A box to place. */
    public record Box(double width, double height) {}

    /**
     * An edge between boxes, which are given by their place in the list.
     *
     * @param labelWidth width of the label to keep free beside the edge; 0 without one
     */
    public record Edge(int from, int to, double labelWidth, double labelHeight) {
        public Edge(int from, int to) {
            this(from, to, 0, 0);
        }
    }

    public record Point(double x, double y) {}

    /**
     * The outcome.
     *
     * @param boxes upper left corner of each box
     * @param routes corners of each edge, from its start to its end
     * @param labels upper left corner of each edge's label; null for an edge without one
     */
    public record Placed(
            double width, double height, List<Point> boxes, List<List<Point>> routes, List<Point> labels) {}

    /** How far apart things are. */
    public record Spacing(double betweenBoxes, double betweenLayers) {
        public static final Spacing ROOMY = new Spacing(24, 28);
        public static final Spacing DENSE = new Spacing(14, 18);
    }

    public static Placed of(List<Box> boxes, List<Edge> edges, Spacing spacing) {
        ElkNode root = ElkGraphUtil.createGraph();
        options(root, spacing);
        List<ElkNode> nodes = new ArrayList<>(boxes.size());
        for (Box box : boxes) {
            ElkNode node = ElkGraphUtil.createNode(root);
            node.setDimensions(box.width(), box.height());
            node.setProperty(CoreOptions.NODE_LABELS_PLACEMENT, EnumSet.noneOf(NodeLabelPlacement.class));
            nodes.add(node);
        }
        List<ElkEdge> links = new ArrayList<>(edges.size());
        for (Edge edge : edges) {
            ElkEdge link = ElkGraphUtil.createSimpleEdge(nodes.get(edge.from()), nodes.get(edge.to()));
            if (edge.labelWidth() > 0) {
                ElkLabel label = ElkGraphUtil.createLabel(link);
                label.setText("x");
                label.setDimensions(edge.labelWidth(), edge.labelHeight());
            }
            links.add(link);
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        return new Placed(
                root.getWidth(),
                root.getHeight(),
                nodes.stream().map(n -> new Point(n.getX(), n.getY())).toList(),
                links.stream().map(LayeredLayout::route).toList(),
                links.stream().map(LayeredLayout::label).toList());
    }

    private static void options(ElkNode root, Spacing spacing) {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(CoreOptions.RANDOM_SEED, RANDOM_SEED);
        // Splitting into components recurses once per node: 5,000 nodes overflow the default stack.
        root.setProperty(CoreOptions.SEPARATE_CONNECTED_COMPONENTS, false);
        root.setProperty(CoreOptions.SPACING_NODE_NODE, spacing.betweenBoxes());
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, spacing.betweenLayers());
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 8.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE, 10.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 6.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 8.0);
    }

    private static List<Point> route(ElkEdge edge) {
        List<Point> out = new ArrayList<>();
        for (ElkEdgeSection section : edge.getSections()) {
            out.add(new Point(section.getStartX(), section.getStartY()));
            for (ElkBendPoint bend : section.getBendPoints()) {
                out.add(new Point(bend.getX(), bend.getY()));
            }
            out.add(new Point(section.getEndX(), section.getEndY()));
        }
        return out;
    }

    private static Point label(ElkEdge edge) {
        return edge.getLabels().isEmpty()
                ? null
                : new Point(
                        edge.getLabels().get(0).getX(), edge.getLabels().get(0).getY());
    }
}
