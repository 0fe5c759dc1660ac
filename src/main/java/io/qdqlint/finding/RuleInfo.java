package io.qdqlint.finding;

/**
 * The metadata and the page of a rule.
 *
 * @param id {@code QDQ101}
 * @param slug {@code concat-scale-mismatch}: names the defect
 * @param category folder under rules/, such as {@code scale}
 * @param fix {@code none}, {@code safe} (exact) or {@code unsafe} (changes numerics)
 * @param since version of qdqlint that had it first
 * @param page the rule's page, Markdown
 */
public record RuleInfo(
        String id, String slug, String category, Severity severity, String fix, String since, String page) {

    /** The page's text under {@code ## heading}, trimmed; empty when it has no such heading. */
    public String section(String heading) {
        String mark = "\n## " + heading + "\n";
        int start = page.indexOf(mark);
        if (start < 0) {
            return "";
        }
        int from = start + mark.length();
        int end = page.indexOf("\n## ", from);
        return page.substring(from, end < 0 ? page.length() : end).strip();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RuleInfo r && r.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
