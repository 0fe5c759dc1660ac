package io.qdqlint.gate;

/** A rule as a user names it: by id, by the beginning of an id, or by slug. */
public final class RuleSelector {
    private RuleSelector() {}

    public static boolean matches(String selector, String ruleId, String slug) {
        String s = selector.strip();
        return ruleId.regionMatches(true, 0, s, 0, s.length()) || slug.equals(s);
    }
}
