package io.qdqlint.trt.run;

import java.util.ArrayList;
import java.util.List;

/** Words of a command line. */
final class Words {
    private Words() {}

    /** Splits at blanks, except within single or double quotes; nothing else is special. */
    static List<String> split(String text) {
        List<String> out = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean within = false;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                within = true;
            } else if (Character.isWhitespace(c)) {
                if (within) {
                    out.add(word.toString());
                    word.setLength(0);
                    within = false;
                }
            } else {
                word.append(c);
                within = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a " + quote + " is not closed in: " + text);
        }
        if (within) {
            out.add(word.toString());
        }
        return out;
    }

    /** One word for a POSIX shell that stands for exactly {@code text}. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
