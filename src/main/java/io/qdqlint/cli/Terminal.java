package io.qdqlint.cli;

/**
 * The terminal that standard output goes to. The launcher tells its width in {@code QDQLINT_COLUMNS}, and tells nothing
 * when standard output is no terminal.
 */
record Terminal(boolean present, int columns) {
    static Terminal detect() {
        String columns = System.getenv("QDQLINT_COLUMNS");
        if (columns == null || columns.isBlank()) {
            return new Terminal(false, 0);
        }
        try {
            return new Terminal(true, Math.max(40, Integer.parseInt(columns.strip())));
        } catch (NumberFormatException e) {
            return new Terminal(true, 80);
        }
    }

    /** Whether to colour, by the convention of no-color.org. */
    boolean colour() {
        String noColor = System.getenv("NO_COLOR");
        return present && (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }
}
