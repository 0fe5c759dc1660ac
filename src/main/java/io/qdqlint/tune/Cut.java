package io.qdqlint.tune;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * The cheapest choice between two kinds for each of some places, where neighbours of different kinds cost something too: the
 * least cut of a network, by the method of Dinic.
 */
final class Cut {
    private static final double NOTHING = 1e-9;

    private final int places;
    private final List<List<Integer>> from = new ArrayList<>();
    private final List<Integer> to = new ArrayList<>();
    private final List<Double> room = new ArrayList<>();

    /** Of {@code places} places, numbered from 0. */
    Cut(int places) {
        this.places = places;
        for (int i = 0; i < places + 2; i++) {
            from.add(new ArrayList<>());
        }
    }

    /** What a place costs in the first and in the second kind; not negative. */
    void cost(int place, double first, double second) {
        // The source's side is the first kind: an arc to the sink is paid there.
        arc(place, places + 1, first, 0);
        arc(places, place, second, 0);
    }

    /** What it costs if {@code a} is of the first and {@code b} of the second kind, and the other way round. */
    void border(int a, int b, double firstSecond, double secondFirst) {
        arc(a, b, firstSecond, secondFirst);
    }

    private void arc(int a, int b, double there, double back) {
        from.get(a).add(to.size());
        to.add(b);
        room.add(there);
        from.get(b).add(to.size());
        to.add(a);
        room.add(back);
    }

    /** The places of the first kind. */
    BitSet first() {
        int[] level = levels();
        while (level[places + 1] >= 0) {
            int[] next = new int[from.size()];
            while (push(places, Double.MAX_VALUE, level, next) > NOTHING) {
                // Each call takes one way.
            }
            level = levels();
        }
        BitSet out = new BitSet();
        for (int i = 0; i < places; i++) {
            out.set(i, level[i] >= 0);
        }
        return out;
    }

    private int[] levels() {
        int[] level = new int[from.size()];
        Arrays.fill(level, -1);
        level[places] = 0;
        Deque<Integer> open = new ArrayDeque<>(List.of(places));
        while (!open.isEmpty()) {
            int at = open.remove();
            for (int arc : from.get(at)) {
                if (room.get(arc) > NOTHING && level[to.get(arc)] < 0) {
                    level[to.get(arc)] = level[at] + 1;
                    open.add(to.get(arc));
                }
            }
        }
        return level;
    }

    private double push(int at, double most, int[] level, int[] next) {
        if (at == places + 1) {
            return most;
        }
        for (; next[at] < from.get(at).size(); next[at]++) {
            int arc = from.get(at).get(next[at]);
            if (room.get(arc) > NOTHING && level[to.get(arc)] == level[at] + 1) {
                double done = push(to.get(arc), Math.min(most, room.get(arc)), level, next);
                if (done > NOTHING) {
                    room.set(arc, room.get(arc) - done);
                    room.set(arc ^ 1, room.get(arc ^ 1) + done);
                    return done;
                }
            }
        }
        return 0;
    }
}
