package io.qdqlint.report;

/**
 * How a report is to look.
 *
 * @param colour whether text may hold ANSI colours
 * @param width columns of the terminal, 0 for no limit; lines of graph excerpts are made to fit, sentences are not cut
 * @param device the GPU that times are estimated for, such as {@code H100}; empty when none was named
 * @param excerpts findings of one rule in one model that text shows with a graph excerpt; the rest take two lines each
 * @param region how SARIF points into the model file
 */
public record ReportOptions(boolean colour, int width, String device, int excerpts, SarifRegion region) {

    /** No colour, no width limit, no device, three excerpts for each rule. */
    public static final ReportOptions DEFAULT = new ReportOptions(false, 0, "", 3, SarifRegion.AUTO);

    /** What a SARIF result gives as the region of a binary file. */
    public enum SarifRegion {
        /** {@link #LINE} up to 20 MB, {@link #BYTE} beyond: GitHub hashes the whole file of a result that has a line. */
        AUTO,
        /** Line 1, column 1. */
        LINE,
        /** The bytes of the node. */
        BYTE,
        /** No region. */
        NONE
    }

    public ReportOptions withColour(boolean value) {
        return new ReportOptions(value, width, device, excerpts, region);
    }

    public ReportOptions withWidth(int value) {
        return new ReportOptions(colour, value, device, excerpts, region);
    }

    public ReportOptions withDevice(String value) {
        return new ReportOptions(colour, width, value, excerpts, region);
    }

    public ReportOptions withExcerpts(int value) {
        return new ReportOptions(colour, width, device, value, region);
    }

    public ReportOptions withRegion(SarifRegion value) {
        return new ReportOptions(colour, width, device, excerpts, value);
    }
}
