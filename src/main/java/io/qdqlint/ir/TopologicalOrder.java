package io.qdqlint.ir;

import java.util.List;

/** Sorts nodes of a file whose order is not topological, as TensorRT's parser does (Kahn's algorithm). */
final class TopologicalOrder {
    private TopologicalOrder() {}

    /**
     * @param dependencies for each node, the numbers of those that must come before it
     * @return the numbers in an order that keeps file order where it can
     * @throws InvalidModelException when there is a cycle
     */
    static int[] of(int[][] dependencies, List<NodeDraft> drafts) {
        int n = dependencies.length;
        int[] waiting = new int[n];
        int[] starts = new int[n + 1];
        for (int i = 0; i < n; i++) {
            waiting[i] = dependencies[i].length;
            for (int d : dependencies[i]) {
                starts[d + 1]++;
            }
        }
        for (int i = 0; i < n; i++) {
            starts[i + 1] += starts[i];
        }
        int[] readers = new int[starts[n]];
        int[] filled = starts.clone();
        for (int i = 0; i < n; i++) {
            for (int d : dependencies[i]) {
                readers[filled[d]++] = i;
            }
        }
        int[] order = new int[n];
        int ready = 0;
        for (int i = 0; i < n; i++) {
            if (waiting[i] == 0) {
                order[ready++] = i;
            }
        }
        for (int done = 0; done < ready; done++) {
            for (int at = starts[order[done]]; at < starts[order[done] + 1]; at++) {
                if (--waiting[readers[at]] == 0) {
                    order[ready++] = readers[at];
                }
            }
        }
        if (ready < n) {
            throw new InvalidModelException("the graph has a cycle: "
                    + drafts.get(onCycle(dependencies, waiting)).describe()
                    + " depends on its own output, directly or through others; export the model again");
        }
        return order;
    }

    /** A node that waits for itself: going back from any waiting node along waiting ones ends in a cycle. */
    private static int onCycle(int[][] dependencies, int[] waiting) {
        int at = 0;
        while (waiting[at] == 0) {
            at++;
        }
        boolean[] visited = new boolean[waiting.length];
        while (!visited[at]) {
            visited[at] = true;
            for (int d : dependencies[at]) {
                if (waiting[d] > 0) {
                    at = d;
                    break;
                }
            }
        }
        return at;
    }
}
