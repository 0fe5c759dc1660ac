package io.qdqlint.report.sarif;

import io.qdqlint.report.Printable;
import java.util.Locale;

/** Text in the form that SARIF requires. */
final class Sentences {
    private Sentences() {}

    /** With a full stop, unless it ends in a punctuation mark that closes a sentence. */
    static String ended(String s) {
        String text = s.strip();
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }

    static String capitalized(String s) {
        return s.isEmpty() ? s : s.substring(0, 1).toUpperCase(Locale.ROOT) + s.substring(1);
    }

    /** {@code ConcatScaleMismatch} of {@code concat-scale-mismatch}. */
    static String pascalCase(String slug) {
        // No identifier begins with a digit.
        StringBuilder out = new StringBuilder(Character.isDigit(slug.charAt(0)) ? "Rule" : "");
        for (String word : slug.split("-")) {
            out.append(capitalized(word));
        }
        return out.toString();
    }

    /** Markdown without the marks that disturb in plain text. */
    static String plain(String markdown) {
        return markdown.replaceAll("(?m)^#+ ", "")
                .replace("**", "")
                .replace("`", "'")
                .strip();
    }

    /** The first sentence. */
    static String first(String s) {
        String text = s.strip().replaceAll("\\s+", " ");
        int end = text.indexOf(". ");
        return end < 0 ? ended(text) : text.substring(0, end + 1);
    }

    /** At most so many characters, cut at the end. */
    static String limited(String s, int limit) {
        return s.length() <= limit ? s : s.substring(0, limit - 1).strip() + Printable.ELLIPSIS;
    }

    /** As part of a SARIF message, where square brackets make links. */
    static String literal(String s) {
        return s.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
    }
}
