package io.qdqlint.fix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The differences of two texts in the manner of {@code diff -u}. Lines that occur once in both are kept where they stand in
 * the same order (patience diff); the lines of a printed model are unique but for brackets.
 */
public final class LineDiff {
    private final List<String> old;
    private final List<String> now;
    private final int context;
    private final List<String> out = new ArrayList<>();

    private LineDiff(List<String> old, List<String> now, int context) {
        this.old = old;
        this.now = now;
        this.context = context;
    }

    /** The hunks, with {@code context} unchanged lines around each; empty where the texts are equal. */
    public static List<String> of(List<String> old, List<String> now, int context) {
        LineDiff diff = new LineDiff(old, now, context);
        diff.run();
        return diff.out;
    }

    /** A stretch that differs: lines of the old text and lines of the new one in their place. */
    private record Change(int oldFrom, int oldTo, int newFrom, int newTo) {}

    private void run() {
        List<Change> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        for (int[] anchor : anchors()) {
            add(changes, i, anchor[0], j, anchor[1]);
            i = anchor[0] + 1;
            j = anchor[1] + 1;
        }
        add(changes, i, old.size(), j, now.size());
        for (int first = 0; first < changes.size(); ) {
            int last = first;
            while (last + 1 < changes.size()
                    && changes.get(last + 1).oldFrom() - changes.get(last).oldTo() <= 2 * context) {
                last++;
            }
            hunk(changes.subList(first, last + 1));
            first = last + 1;
        }
    }

    /** Shrinks a stretch by what is equal at its ends. */
    private void add(List<Change> changes, int oldFrom, int oldTo, int newFrom, int newTo) {
        int a = oldFrom;
        int b = oldTo;
        int c = newFrom;
        int d = newTo;
        while (a < b && c < d && old.get(a).equals(now.get(c))) {
            a++;
            c++;
        }
        while (a < b && c < d && old.get(b - 1).equals(now.get(d - 1))) {
            b--;
            d--;
        }
        if (a < b || c < d) {
            changes.add(new Change(a, b, c, d));
        }
    }

    private void hunk(List<Change> changes) {
        Change first = changes.get(0);
        Change last = changes.get(changes.size() - 1);
        int from = Math.max(0, first.oldFrom() - context);
        int to = Math.min(old.size(), last.oldTo() + context);
        int newFrom = first.newFrom() - (first.oldFrom() - from);
        int newTo = last.newTo() + (to - last.oldTo());
        out.add("@@ -" + (from + 1) + "," + (to - from) + " +" + (newFrom + 1) + "," + (newTo - newFrom) + " @@");
        int at = from;
        for (Change c : changes) {
            old.subList(at, c.oldFrom()).forEach(l -> out.add(" " + l));
            old.subList(c.oldFrom(), c.oldTo()).forEach(l -> out.add("-" + l));
            now.subList(c.newFrom(), c.newTo()).forEach(l -> out.add("+" + l));
            at = c.oldTo();
        }
        old.subList(at, to).forEach(l -> out.add(" " + l));
    }

    /** Lines unique in both texts, those of a longest run that is in the same order in both. */
    private List<int[]> anchors() {
        Map<String, Integer> oldAt = unique(old);
        Map<String, Integer> newAt = unique(now);
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < old.size(); i++) {
            if (oldAt.get(old.get(i)) == i && newAt.getOrDefault(old.get(i), -1) >= 0) {
                pairs.add(new int[] {i, newAt.get(old.get(i))});
            }
        }
        int[] ends = new int[pairs.size()];
        int[] before = new int[pairs.size()];
        int length = 0;
        for (int p = 0; p < pairs.size(); p++) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (pairs.get(ends[middle])[1] < pairs.get(p)[1]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[p] = low == 0 ? -1 : ends[low - 1];
            ends[low] = p;
            length = Math.max(length, low + 1);
        }
        List<int[]> run = new ArrayList<>();
        for (int p = length == 0 ? -1 : ends[length - 1]; p >= 0; p = before[p]) {
            run.add(pairs.get(p));
        }
        Collections.reverse(run);
        return run;
    }

    /** Where each line stands that occurs once; -1 for the others. */
    private static Map<String, Integer> unique(List<String> lines) {
        Map<String, Integer> at = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            at.merge(lines.get(i), i, (a, b) -> -1);
        }
        return at;
    }
}
