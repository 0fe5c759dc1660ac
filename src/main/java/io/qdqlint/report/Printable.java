package io.qdqlint.report;

/**
 * Text from a model, made printable. A model is untrusted: a name may hold terminal escape sequences, line breaks,
 * right-to-left overrides, or be a gigabyte long.
 */
public final class Printable {
    /** What a character that was left out is replaced with. */
    public static final String ELLIPSIS = "\u2026";

    /** How far from the ideal place a cut may move to fall on a separator. */
    private static final int SNAP = 6;

    private Printable() {}

    /**
     * On one line, without control characters and without a limit of length. It does not begin with {@code ::}, by which
     * GitHub knows a command in the log of a job.
     */
    public static String line(String s) {
        int first = 0;
        while (first < s.length() && Character.isWhitespace(s.charAt(first))) {
            first++;
        }
        return s.startsWith("::", first)
                ? escaped(s.substring(0, first)) + "\\u003a" + escaped(s.substring(first + 1))
                : escaped(s);
    }

    private static String escaped(String s) {
        int bad = 0;
        while (bad < s.length() && isPlain(s.charAt(bad))) {
            bad++;
        }
        if (bad == s.length()) {
            return s;
        }
        StringBuilder out = new StringBuilder(s.length() + 16).append(s, 0, bad);
        s.codePoints().skip(s.codePointCount(0, bad)).forEach(c -> append(out, c));
        return out.toString();
    }

    /** As {@link #line(String)}, shortened in the middle to at most {@code limit} (at least 3) characters. */
    public static String line(String s, int limit) {
        if (s.length() <= limit) {
            String escaped = line(s);
            return escaped.length() <= limit ? escaped : cut(escaped, limit);
        }
        // Escaping makes a text longer, never shorter: what lies further inside than limit is cut in any case.
        String ends = s.length() <= 2 * limit ? s : s.substring(0, limit) + s.substring(s.length() - limit);
        return cut(line(ends), limit);
    }

    private static String cut(String s, int limit) {
        int head = (limit - 1) / 2;
        int tail = s.length() - (limit - 1 - head);
        for (int i = head; i > 0 && i > head - SNAP; i--) {
            if (isSeparator(s.charAt(i - 1))) {
                head = i;
                break;
            }
        }
        for (int i = tail; i < s.length() && i < tail + SNAP; i++) {
            if (isSeparator(s.charAt(i))) {
                tail = i;
                break;
            }
        }
        if (Character.isHighSurrogate(s.charAt(Math.max(0, head - 1)))) {
            head--;
        }
        if (tail < s.length() && Character.isLowSurrogate(s.charAt(tail))) {
            tail++;
        }
        return s.substring(0, Math.max(0, head)) + ELLIPSIS + s.substring(tail);
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '.' || c == ':';
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static void append(StringBuilder out, int c) {
        if (isVisible(c)) {
            out.appendCodePoint(c);
        } else if (c == '\n') {
            out.append("\\n");
        } else if (c == '\t') {
            out.append("\\t");
        } else {
            out.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        }
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
