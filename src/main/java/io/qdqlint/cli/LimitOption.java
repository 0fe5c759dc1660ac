package io.qdqlint.cli;

/** The option {@code --limit}: the number of entries that the text report lists. */
final class LimitOption {
    private final int usual;
    private final String things;
    private int limit;

    /** @param things what is listed, in the plural */
    LimitOption(int usual, String things) {
        this.usual = usual;
        this.things = things;
    }

    /** Declares the option. */
    void declare(Syntax syntax) {
        syntax.option("--limit")
                .label("N")
                .byDefault(Integer.toString(usual))
                .says("Most " + things + " that text lists. Default: ${DEFAULT-VALUE}.")
                .to(Integer.class, v -> limit = v);
    }

    int get() {
        if (limit < 0) {
            throw new UsageException("--limit must be 0 or more, not " + limit);
        }
        return limit;
    }
}
