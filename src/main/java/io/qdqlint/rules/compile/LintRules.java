package io.qdqlint.rules.compile;

import io.qdqlint.finding.RuleInfo;
import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The metadata of lint rules, from their DRL. */
final class LintRules {
    private LintRules() {}

    /**
     * Reads the metadata of each lint rule from its DRL, which {@link RuleChecks} has found in order.
     *
     * @throws RuleException if a file has no rule
     */
    static List<RuleInfo> of(Path root, List<RuleSource> sources) {
        List<RuleInfo> rules = new ArrayList<>();
        for (RuleSource source : sources) {
            if (source.isLint()) {
                rules.add(info(root.resolve(source.file()), source));
            }
        }
        return rules;
    }

    private static RuleInfo info(Path file, RuleSource source) {
        RuleSource.LintFolder folder = source.folder();
        Map<String, String> metadata = WrittenRule.of(source).stream()
                .findFirst()
                .orElseThrow(() ->
                        new RuleException(file + ": has no rule named \"" + folder.id() + " " + folder.slug() + "\""))
                .metadata();
        return new RuleInfo(
                folder.id(),
                folder.slug(),
                folder.category(),
                RuleIndex.severity(file.toString(), metadata.get("severity")),
                metadata.get("fix"),
                metadata.get("since"),
                source.page());
    }
}
