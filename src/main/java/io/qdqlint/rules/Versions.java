package io.qdqlint.rules;

import io.qdqlint.fact.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.model.Rule;

/**
 * The TensorRT versions that a statement holds for, from a rule's {@code @versions}: {@code "all"}, {@code "8.4+"} or
 * {@code "8.0 to 10.12"}. A rule without it holds for all.
 */
public record Versions(Target from, Target to) {
    private static final Pattern RANGE = Pattern.compile("(\\d+)\\.(\\d+)(?:\\+| to (\\d+)\\.(\\d+))");
    private static final Target FIRST = new Target(0, 0);
    private static final Target LAST = new Target(Integer.MAX_VALUE, 0);
    private static final Versions ALL = new Versions(FIRST, LAST);
    private static final Map<String, Versions> KNOWN = new ConcurrentHashMap<>();

    /** @throws RuleException if the metadata is none of the three forms */
    public static Versions of(Rule rule) {
        Object metadata = rule.getMetaData().get("versions");
        if (metadata == null) {
            return ALL;
        }
        String text = metadata.toString().replace("\"", "");
        Versions known = KNOWN.get(text);
        return known != null ? known : parse("rule \"" + rule.getName() + "\"", text);
    }

    /** @throws RuleException if the text is none of the three forms */
    public static Versions parse(String where, String text) {
        if (text.equals("all")) {
            return ALL;
        }
        Matcher m = RANGE.matcher(text);
        if (!m.matches()) {
            throw new RuleException(
                    where + ": @versions(\"" + text + "\") is none of \"all\", \"8.4+\" and \"8.0 to 10.12\"");
        }
        Target from = new Target(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
        Target to = m.group(3) == null ? LAST : new Target(Integer.parseInt(m.group(3)), Integer.parseInt(m.group(4)));
        Versions versions = new Versions(from, to);
        KNOWN.put(text, versions);
        return versions;
    }

    public boolean contains(Target target) {
        return target.atLeast(from.major(), from.minor()) && (to == LAST || to.atLeast(target.major(), target.minor()));
    }
}
