package io.qdqlint.engine;

import io.qdqlint.fact.Target;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TensorRT versions that a statement holds for, from a rule's {@code @versions}: {@code "all"}, {@code "8.4+"} or
 * {@code "8.0 to 10.12"}. A rule without it holds for all.
 */
record Versions(Target from, Target to) {
    private static final Pattern RANGE = Pattern.compile("(\\d+)\\.(\\d+)(?:\\+| to (\\d+)\\.(\\d+))");
    private static final Target FIRST = new Target(0, 0);
    private static final Target LAST = new Target(Integer.MAX_VALUE, 0);

    /** @throws RuleException if the metadata is none of the three forms */
    static Versions of(String rule, Map<String, Object> metadata) {
        Object versions = metadata.get("versions");
        String text = versions == null ? "all" : versions.toString().replace("\"", "");
        if (text.equals("all")) {
            return new Versions(FIRST, LAST);
        }
        Matcher m = RANGE.matcher(text);
        if (!m.matches()) {
            throw new RuleException("rule \"" + rule + "\": @versions(\"" + text
                    + "\") is none of \"all\", \"8.4+\" and \"8.0 to 10.12\"");
        }
        Target from = new Target(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
        Target to = m.group(3) == null ? LAST : new Target(Integer.parseInt(m.group(3)), Integer.parseInt(m.group(4)));
        return new Versions(from, to);
    }

    boolean contains(Target target) {
        return target.atLeast(from.major(), from.minor()) && (to == LAST || to.atLeast(target.major(), target.minor()));
    }
}
