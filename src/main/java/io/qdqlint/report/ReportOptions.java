package io.qdqlint.report;

/**
 * How a report is to look.
 *
 * @param colour whether text may hold ANSI colours
 * @param width columns of the terminal, 0 for no limit; lines of graph excerpts are made to fit, sentences are not cut
 * @param device the GPU that times are estimated for, such as {@code H100}; empty when none was named
 * @param excerpts findings of one rule in one model that text shows with a graph excerpt; the rest take two lines each
 * @param detail how much text says
 */
public record ReportOptions(boolean colour, int width, String device, int excerpts, Detail detail) {

    /** No colour, no width limit, no device, three excerpts for each rule. */
    public static final ReportOptions DEFAULT = new ReportOptions(false, 0, "", 3, Detail.FULL);

    /** How much text says. */
    public enum Detail {
        /** Findings with excerpts, totals, hints. */
        FULL,
        /** Two lines for each finding, and what could not be read. */
        QUIET,
        /** Only how many findings each rule has. */
        STATISTICS
    }

    public ReportOptions withColour(boolean value) {
        return new ReportOptions(value, width, device, excerpts, detail);
    }

    public ReportOptions withWidth(int value) {
        return new ReportOptions(colour, value, device, excerpts, detail);
    }

    public ReportOptions withDevice(String value) {
        return new ReportOptions(colour, width, value, excerpts, detail);
    }

    public ReportOptions withExcerpts(int value) {
        return new ReportOptions(colour, width, device, value, detail);
    }

    public ReportOptions withDetail(Detail value) {
        return new ReportOptions(colour, width, device, excerpts, value);
    }
}
