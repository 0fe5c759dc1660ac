package io.qdqlint.finding;

/**
 * One setting of the exporter that gives a model the same finding at many nodes.
 *
 * @param id {@code int32-bias}: by it {@code exporters.tsv} names the setting
 * @param says what the nodes have in common, as it follows their number: {@code "biases are ..."}
 * @param remedy one sentence: what to do about all of them
 */
public record Cause(String id, String says, String remedy) {
    /** No known cause. */
    public static final Cause NONE = new Cause("", "", "");

    public boolean isKnown() {
        return !id.isEmpty();
    }
}
