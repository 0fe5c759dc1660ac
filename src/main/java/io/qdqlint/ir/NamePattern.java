package io.qdqlint.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Node names as a user writes them: in full, or with {@code *} for any characters and {@code ?} for one. */
public final class NamePattern {
    private NamePattern() {}

    /** Holds for a node that one of the patterns names; other characters stand for themselves. */
    public static Predicate<Node> any(List<String> patterns) {
        List<Pattern> compiled = patterns.stream().map(NamePattern::compile).toList();
        return node -> compiled.stream().anyMatch(p -> p.matcher(node.name()).matches());
    }

    private static Pattern compile(String text) {
        StringBuilder regex = new StringBuilder();
        text.codePoints()
                .forEach(c -> regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
