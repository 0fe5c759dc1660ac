package io.qdqlint.cli;

/**
 * The terminal that standard output goes to. The launcher sets {@code QDQLINT_COLUMNS} to its width, and sets nothing
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

    /** Whether to colour: NO_COLOR (no-color.org) forbids it, FORCE_COLOR and CLICOLOR_FORCE demand it where no terminal is. */
    boolean colour() {
        if (System.getenv("NO_COLOR") != null && !System.getenv("NO_COLOR").isEmpty()) {
            return false;
        }
        return isSet("FORCE_COLOR") || isSet("CLICOLOR_FORCE") || present && !"dumb".equals(System.getenv("TERM"));
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty() && !value.equals("0");
    }
}
