package io.qdqlint.concept;

import io.qdqlint.fact.DataFlow;
import io.qdqlint.fact.Schedule;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Stages of a model, which keep nodes out of one Myelin region. A node of certain op types, a wall, ends the stage of what it
 * reads, and its readers are in a later stage. Each node is in the latest stage that leaves all its readers where they are. Two
 * nodes of one stage have no wall on any path between them, so that one kernel can hold both.
 */
public final class RegionStages {
    private static final int UNREAD = Integer.MAX_VALUE;

    /** By {@link Value#id()}: the stage of its earliest reader. */
    private final int[] ofValue;

    private final Set<String> walls;

    private RegionStages(DataFlow flow, Set<String> walls) {
        this.walls = Set.copyOf(walls);
        int[] walled = wallsBefore(flow);
        ofValue = new int[flow.valueCount()];
        Arrays.fill(ofValue, UNREAD);
        List<Node> nodes = flow.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (reads(flow, node)) {
                int stage = stage(node, walled);
                for (Value in : node.inputs()) {
                    Value value = flow.origin(in);
                    if (value != null) {
                        ofValue[value.id()] = Math.min(ofValue[value.id()], stage);
                    }
                }
            }
        }
        for (int i = 0; i < ofValue.length; i++) {
            ofValue[i] = ofValue[i] == UNREAD ? walled[i] : ofValue[i];
        }
    }

    /** The stages of a model whose walls are the nodes of the given op types. */
    public static RegionStages of(Schedule schedule, Set<String> walls) {
        return new RegionStages(schedule.flow(), walls);
    }

    /** Whether one kernel can hold the producers of both values. */
    public boolean together(Value one, Value other) {
        return ofValue[one.id()] == ofValue[other.id()];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegionStages stages
                && walls.equals(stages.walls)
                && Arrays.equals(ofValue, stages.ofValue);
    }

    @Override
    public int hashCode() {
        return 31 * walls.hashCode() + Arrays.hashCode(ofValue);
    }

    @Override
    public String toString() {
        return "RegionStages parted by " + walls;
    }

    /** By {@link Value#id()}: the most walls on a path from the inputs of the graph to the value. */
    private int[] wallsBefore(DataFlow flow) {
        int[] walled = new int[flow.valueCount()];
        for (Node node : flow.nodes()) {
            if (reads(flow, node)) {
                int most = 0;
                for (Value in : node.inputs()) {
                    Value value = flow.origin(in);
                    if (value != null && !flow.isConstant(value)) {
                        most = Math.max(most, walled[value.id()]);
                    }
                }
                for (Value out : node.outputs()) {
                    if (out != null) {
                        walled[out.id()] = most + (isWall(node) ? 1 : 0);
                    }
                }
            }
        }
        return walled;
    }

    /** The latest stage before the readers of what the node computes. */
    private int stage(Node node, int[] walled) {
        int latest = UNREAD;
        for (Value out : node.outputs()) {
            if (out != null) {
                latest = Math.min(latest, ofValue[out.id()] == UNREAD ? walled[out.id()] : ofValue[out.id()]);
            }
        }
        return latest - (isWall(node) ? 1 : 0);
    }

    private boolean isWall(Node node) {
        return walls.contains(node.opType());
    }

    private static boolean reads(DataFlow flow, Node node) {
        return flow.isLive(node) && !DataFlow.readsShape(node);
    }
}
