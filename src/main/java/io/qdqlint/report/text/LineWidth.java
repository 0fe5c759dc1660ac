package io.qdqlint.report.text;

/**
 * Makes long lines of text fit a terminal. Colours take no room. Excerpts of the graph, which fit already, stay as they are, and so
 * do commands, which are there to be copied.
 */
final class LineWidth {
    private static final int MORE = 4;

    private LineWidth() {}

    /** @param width columns; 0 for no limit */
    static String fit(String text, int width) {
        if (width <= 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.lines().forEach(line -> {
            if (visible(line) <= width || stays(line)) {
                out.append(line);
            } else {
                fit(out, line, width);
            }
            out.append('\n');
        });
        return out.toString();
    }

    private static boolean stays(String line) {
        return plain(line).matches("\\s*\\d* *\\|.*|\\s+qdqlint .*");
    }

    /** Breaks at spaces; a word that is longer than a line keeps its length. */
    private static void fit(StringBuilder out, String line, int width) {
        String plain = plain(line);
        int indent = Math.min(plain.length() - plain.stripLeading().length() + MORE, width / 3);
        int column = 0;
        for (String word : line.split("(?<=\\S)(?= )")) {
            if (column > indent && column + visible(word) > width) {
                out.append('\n').append(" ".repeat(indent));
                word = word.substring(1);
                column = indent;
            }
            out.append(word);
            column += visible(word);
        }
    }

    private static String plain(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    private static int visible(String text) {
        int n = 0;
        boolean escape = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escape = escape || c == '\u001b';
            n += escape ? 0 : 1;
            escape = escape && c != 'm';
        }
        return n;
    }
}
