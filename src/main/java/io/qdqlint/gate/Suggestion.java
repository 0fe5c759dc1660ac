package io.qdqlint.gate;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What a mistyped word may have been meant as. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code "; did you mean 'device'?"}, or nothing where none of the known words is like the given one. */
    public static String of(String word, Collection<String> known) {
        String typed = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(k -> distance(typed, k.toLowerCase(Locale.ROOT)) <= tolerated(typed, k))
                .min(Comparator.comparingInt(k -> distance(typed, k.toLowerCase(Locale.ROOT))))
                .map(k -> "; did you mean '" + k + "'?")
                .orElse("");
    }

    private static int tolerated(String word, String known) {
        return Math.max(1, Math.min(word.length(), known.length()) / 3);
    }

    /** The number of letters to insert, leave out, replace or swap with the next one. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
