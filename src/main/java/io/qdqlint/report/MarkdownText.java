package io.qdqlint.report;

/** Text of a model as Markdown, in which nothing of it is markup. */
public final class MarkdownText {
    private static final int SENTENCE = 600;

    private MarkdownText() {}

    /** As code; a name that would end the code span, or the table's cell, loses the character that does it. */
    public static String code(String s) {
        return "`" + Printable.line(s, SENTENCE).replace('`', '\'').replace("|", "\\|") + "`";
    }

    public static String plain(String s) {
        StringBuilder out = new StringBuilder();
        for (char c : Printable.line(s, SENTENCE).toCharArray()) {
            if ("\\`*_{}[]()<>#|~!&$@".indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
