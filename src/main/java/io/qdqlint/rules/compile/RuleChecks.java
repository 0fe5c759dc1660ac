package io.qdqlint.rules.compile;

import io.qdqlint.finding.Category;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleIndex;
import io.qdqlint.rules.Versions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Defects of rules that compile, and that would stay unnoticed until the rule should have fired. */
final class RuleChecks {
    private static final Set<String> FIXES = Set.of("none", "safe", "unsafe");

    private final Path root;

    private RuleChecks(Path root) {
        this.root = root;
    }

    /**
     * Checks the rules of a folder.
     *
     * @throws RuleException for the first that is wrong
     */
    static void check(Path root, List<RuleSource> sources) {
        RuleChecks checks = new RuleChecks(root);
        Map<String, RuleSource> ids = new HashMap<>();
        for (RuleSource source : sources) {
            if (source.isLint()) {
                RuleSource other = ids.put(source.folder().id(), source);
                if (other != null) {
                    throw new RuleException(root.resolve(source.file()) + ": the id "
                            + source.folder().id() + " is taken by " + root.resolve(other.file()));
                }
            }
            checks.check(source);
        }
    }

    /**
     * Checks a user's rules against those that are built in.
     *
     * @throws RuleException if they share a package or an id
     */
    static void checkApart(Path root, List<RuleSource> sources, List<RuleInfo> builtIn) {
        for (RuleSource source : sources) {
            Path file = root.resolve(source.file());
            for (WrittenRule rule : WrittenRule.of(source)) {
                if (rule.packageName().isEmpty() || rule.packageName().startsWith("qdqlint.")) {
                    throw new RuleException(file + ": "
                            + (rule.packageName().isEmpty()
                                    ? "has no package"
                                    : "package " + rule.packageName() + " belongs to the built-in rules")
                            + "; give your rules their own package, such as \"package my.rules;\"");
                }
            }
            if (source.isLint()
                    && builtIn.stream()
                            .anyMatch(r -> r.id().equals(source.folder().id()))) {
                throw new RuleException(
                        file + ": the id " + source.folder().id() + " is taken by a built-in rule; take another");
            }
        }
    }

    private void check(RuleSource source) {
        boolean finding = false;
        for (WrittenRule rule : WrittenRule.of(source)) {
            if (!rule.attributes().isEmpty()) {
                throw fault(
                        rule, "rules have no " + rule.attributes().iterator().next() + "; qdqlint orders them");
            }
            if (rule.change() != null) {
                throw fault(rule, "only insertLogical changes what is known, not " + rule.change());
            }
            if (!rule.inserts()) {
                throw fault(rule, "inserts nothing: a lint rule inserts a finding, a concept a fact");
            }
            String versions = rule.metadata().get("versions");
            if (versions != null) {
                Versions.parse(place(rule), versions);
            }
            if (source.isLint()) {
                checkLint(rule);
            } else if (rule.makesFinding()) {
                throw fault(rule, "inserts a finding, so it belongs in <category>/<ID>-<slug>/<ID>.drl");
            }
            finding |= rule.makesFinding() || rule.insertsUnknown();
        }
        if (source.isLint() && !finding) {
            throw new RuleException(root.resolve(source.file()) + ": no rule in it inserts a finding");
        }
    }

    private void checkLint(WrittenRule rule) {
        RuleSource.LintFolder folder = rule.source().folder();
        String name = folder.id() + ' ' + folder.slug();
        if (!rule.name().equals(name) && !rule.name().startsWith(name + ':')) {
            throw fault(rule, "should be named \"" + name + "\" as its folder is, or \"" + name + ": ...\"");
        }
        Category category = Category.of(folder.id());
        if (category != null && !folder.category().equals(category.word())) {
            throw fault(
                    rule,
                    "belongs in " + category.word() + "/, the folder of "
                            + folder.id().substring(0, 4) + "xx");
        }
        for (String key : List.of("severity", "fix", "since")) {
            if (!rule.metadata().containsKey(key)) {
                throw fault(rule, "has no @" + key + "(\"...\")");
            }
        }
        RuleIndex.severity(place(rule), rule.metadata().get("severity"));
        if (!FIXES.contains(rule.metadata().get("fix"))) {
            throw fault(rule, "@fix(\"" + rule.metadata().get("fix") + "\") is none of none, safe, unsafe");
        }
    }

    private RuleException fault(WrittenRule rule, String text) {
        return new RuleException(place(rule) + ": rule \"" + rule.name() + "\": " + text);
    }

    private String place(WrittenRule rule) {
        return root.resolve(rule.source().file()) + ":" + rule.line();
    }
}
