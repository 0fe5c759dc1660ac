package io.qdqlint.gate;

import io.qdqlint.finding.Category;

/** A rule as a user names it: by id, by the beginning of an id, by slug or by category. */
public final class RuleSelector {
    private RuleSelector() {}

    public static boolean matches(String selector, String ruleId, String slug) {
        String s = selector.strip();
        Category category = Category.of(ruleId);
        return ruleId.regionMatches(true, 0, s, 0, s.length())
                || slug.equals(s)
                || category != null && category.word().equals(s);
    }
}
