package io.qdqlint.report;

import io.qdqlint.finding.Finding;

/** Text of a model as Markdown, in which nothing of it is markup. */
public final class MarkdownText {
    private static final int SENTENCE = 600;

    private MarkdownText() {}

    /** As code; a name that would end the code span, or the table's cell, loses the character that does it. */
    public static String code(String s) {
        return "`" + Printable.line(s, SENTENCE).replace('`', '\'').replace("|", "\\|") + "`";
    }

    /** The first cells of a finding's row in a table: severity, rule and node. */
    public static String cells(Finding f) {
        return "| " + f.severity().word() + " | " + f.ruleId() + ' ' + f.slug() + " | "
                + code(f.node().name())
                + (f.count() > 1 ? " and " + (f.count() - 1) + " more" : "")
                + " | ";
    }

    /** As text, in which each character of markup is escaped. */
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
