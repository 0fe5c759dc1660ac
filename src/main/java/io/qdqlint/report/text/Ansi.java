package io.qdqlint.report.text;

import io.qdqlint.finding.Severity;

/** Puts text in colour, or leaves it as it is. */
record Ansi(boolean on) {
    String bold(String s) {
        return wrap("1", s);
    }

    String dim(String s) {
        return wrap("2", s);
    }

    /** Gutters and arrows. */
    String rail(String s) {
        return wrap("1;34", s);
    }

    String severity(Severity severity, String s) {
        return switch (severity) {
            case ERROR -> wrap("1;31", s);
            case WARNING -> wrap("1;33", s);
            case NOTE -> wrap("1;36", s);
        };
    }

    String good(String s) {
        return wrap("1;32", s);
    }

    private String wrap(String code, String s) {
        return on && !s.isEmpty() ? "\u001b[" + code + "m" + s + "\u001b[0m" : s;
    }
}
