package io.qdqlint.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.draw.LayeredLayout.Box;
import io.qdqlint.draw.LayeredLayout.Edge;
import io.qdqlint.draw.LayeredLayout.Placed;
import io.qdqlint.draw.LayeredLayout.Point;
import io.qdqlint.draw.LayeredLayout.Spacing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayeredLayoutTest {
    private static final Box BOX = new Box(120, 30);

    @Test
    void aSuccessorStandsBelowAndTheEdgeJoinsThem() {
        Placed placed = LayeredLayout.of(List.of(BOX, BOX), List.of(new Edge(0, 1)), Spacing.ROOMY);
        Point upper = placed.boxes().get(0);
        Point lower = placed.boxes().get(1);
        List<Point> route = placed.routes().get(0);
        assertTrue(lower.y() >= upper.y() + BOX.height() + Spacing.ROOMY.betweenLayers());
        assertEquals(upper.y() + BOX.height(), route.get(0).y(), 0.01);
        assertEquals(lower.y(), route.get(route.size() - 1).y(), 0.01);
        assertNull(placed.labels().get(0));
    }

    @Test
    void aLabelGetsAPlace() {
        Placed placed = LayeredLayout.of(List.of(BOX, BOX), List.of(new Edge(0, 1, 60, 12)), Spacing.DENSE);
        assertNotNull(placed.labels().get(0));
    }

    @Test
    void fiveHundredBoxesAreLaidOutTheSameWayEachTime() {
        List<Box> boxes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            boxes.add(BOX);
            if (i > 0) {
                edges.add(new Edge(i - 1, i));
            }
            if (i > 7 && i % 3 == 0) {
                edges.add(new Edge(i - 7, i));
            }
        }
        assertEquals(LayeredLayout.of(boxes, edges, Spacing.DENSE), LayeredLayout.of(boxes, edges, Spacing.DENSE));
    }
}
