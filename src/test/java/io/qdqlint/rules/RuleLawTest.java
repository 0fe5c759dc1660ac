package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What concepts and lint rules may do, so that the order in which they fire never matters. */
class RuleLawTest {
    /** What orders rules, takes facts back, or reaches outside of the session. */
    private static final Pattern FORBIDDEN = Pattern.compile("\\b(salience|agenda-group|activation-group|ruleflow-group"
            + "|no-loop|lock-on-active|auto-focus|global|modify|update|retract|delete|insert|setFocus|halt|System)\\b");
    /** Names come from whoever exported the model; what TensorRT does depends on none of them. */
    private static final Pattern NAMES =
            Pattern.compile("\\b(rawName|name\\s*\\(?\\)?\\s*(==|!=|matches|contains|str\\b)"
                    + "|(?i:yolo|resnet|bert|unet|densenet|googlenet|mobilenet|inception|swin|convnext)\\w*)");

    @TestFactory
    Stream<DynamicTest> everyFileKeepsTheLaw() throws IOException {
        return drlFiles().stream()
                .map(file -> dynamicTest(file.toString(), () -> {
                    Drl drl = Drl.read(file);
                    assertFalse(drl.rules().isEmpty() && file.getNameCount() > 3, "no rule was recognised");
                    assertNone(FORBIDDEN, drl.code());
                    assertNone(NAMES, drl.code());
                    for (Drl.Statement rule : drl.rules()) {
                        assertNone(NAMES, rule.condition());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> conceptsDeriveFactsAndNothingElse() throws IOException {
        return drlFiles().stream()
                .filter(file -> file.getNameCount() == 3)
                .map(file -> dynamicTest(file.toString(), () -> {
                    Drl drl = Drl.read(file);
                    assertNone(Pattern.compile("\\b[Ff]indings?\\b"), drl.code());
                    for (Drl.Statement rule : drl.rules()) {
                        for (String action : rule.actions()) {
                            assertTrue(
                                    action.matches("insertLogical\\( ?(new )?[A-Z].*\\)"), rule.name() + ": " + action);
                        }
                    }
                }));
    }

    /** What stops TensorRT is reported by the lint rule of its kind; none waits for a kind that is never derived. */
    @Test
    void eachKindOfBlockerHasItsLintRule() throws IOException {
        Set<String> derived = new TreeSet<>();
        Set<String> reported = new TreeSet<>();
        for (Path file : drlFiles()) {
            kinds(derived, "new Blocker\\([^,]*, ?\"([^\"]*)\"", RuleFolder.read(file));
            for (Drl.Statement rule : Drl.read(file).rules()) {
                if (rule.consequence().contains("finding(")) {
                    kinds(reported, "\\$\\w+ : Blocker\\( ?kind == \"([^\"]*)\"", rule.condition());
                }
            }
        }
        assertEquals(derived, reported);
    }

    private static void kinds(Set<String> into, String pattern, String text) {
        Pattern.compile(pattern).matcher(text).results().forEach(m -> into.add(m.group(1)));
    }

    /** A concept knows no lint rule, and leaves the words of reports to them. */
    @TestFactory
    Stream<DynamicTest> conceptsNameNoLintRule() throws IOException {
        return drlFiles().stream()
                .filter(file -> file.getNameCount() == 3)
                .map(file -> dynamicTest(
                        file.toString(), () -> assertNone(Pattern.compile("QDQ\\d+"), RuleFolder.read(file))));
    }

    /** Names are printed alone, by --explain for one. */
    @Test
    void namesOfStatementsNeedNoNeighbour() throws IOException {
        Pattern leaning = Pattern.compile("(and|or|nor|so|then|its|it|that|this|such)\\b.*");
        Set<String> names = new TreeSet<>();
        for (Path file : drlFiles()) {
            for (Drl.Statement rule : Drl.read(file).rules()) {
                assertFalse(leaning.matcher(rule.name()).matches(), rule.name());
                assertTrue(
                        file.getNameCount() > 3 || names.add(rule.name()), "two statements are named " + rule.name());
            }
        }
    }

    /** The records that {@code kernels.drl} derives are in {@code Kernels}. */
    @Test
    void conceptsAreBesideTheirStatements() {
        Survey survey = new Survey();
        for (Survey.Concept concept : survey.concepts.values()) {
            assertTrue(
                    survey.files.containsKey(concept.file().toLowerCase(Locale.ROOT))
                            || concept.file().equals(concept.name()),
                    "no DRL file has the name of " + concept.file());
        }
    }

    /** Whoever reads a statement can look at its evidence: each graph and model that it names is among the fixtures. */
    @TestFactory
    Stream<DynamicTest> eachStatementHasEvidenceThatIsThere() throws IOException {
        return drlFiles().stream()
                .filter(file -> file.getNameCount() == 3)
                .flatMap(file -> Drl.read(file).rules().stream())
                .map(rule -> dynamicTest(rule.name(), () -> {
                    Evidence evidence = Evidence.of(rule);
                    for (String graph : evidence.graphs()) {
                        assertTrue(Evidence.matches(graph) > 0, () -> "no fixture is the graph " + graph);
                    }
                    for (String model : evidence.models()) {
                        assertTrue(Evidence.MODELS.contains(model), () -> "no fixture is the model " + model);
                    }
                    assertTrue(
                            evidence.sources() > 0 || evidence.source().matches("(definition|consequence)\\b.*"),
                            "it says neither how it is known nor that it is a definition");
                }));
    }

    /** A lint rule reports, says how to fix what another rule of its folder reports, or names a candidate for both. */
    @TestFactory
    Stream<DynamicTest> lintRulesInsertFindingsAndRewritesAndNothingElse() {
        return RuleFolder.all().stream()
                .map(folder -> dynamicTest(folder.toString(), () -> {
                    Pattern rewrite = Pattern.compile("insertLogical\\( ?new [A-Z]\\w+\\( ?\"\",.*\\) ?\\)");
                    Pattern finding =
                            Pattern.compile("insertLogical\\( ?(new Candidate\\(.*, ?)?finding\\( ?kcontext ?,"
                                    + ".*\\.build\\(\\) ?\\)( ?\\))?");
                    for (Drl.Statement rule : Drl.read(folder.drl()).rules()) {
                        long findings = count(rule, finding);
                        long rewrites = count(rule, rewrite);
                        assertTrue(findings <= 1 && rewrites <= 1, rule.name() + ": does more than one thing");
                        assertTrue(findings + rewrites == rule.actions().size(), rule.name() + ": " + rule.actions());
                        assertTrue(
                                rewrites == 0 || rule.consequence().contains("(\"" + folder.id() + "\","),
                                rule.name() + ": its rewrite names another rule");
                    }
                }));
    }

    private static long count(Drl.Statement rule, Pattern action) {
        return rule.actions().stream().filter(a -> action.matcher(a).matches()).count();
    }

    @Test
    void everyRuleOfAFileIsRecognised() throws IOException {
        for (Path file : drlFiles()) {
            long rules = Pattern.compile("(?m)^\\s*rule\\b")
                    .matcher(RuleFolder.read(file))
                    .results()
                    .count();
            assertTrue(
                    rules == Drl.read(file).rules().size(), file + ": write rule, when, then and end at line starts");
        }
    }

    private static List<Path> drlFiles() throws IOException {
        try (Stream<Path> walk = Files.walk(RuleFolder.RULES)) {
            return walk.filter(p -> p.toString().endsWith(".drl")).sorted().toList();
        }
    }

    private static void assertNone(Pattern pattern, String text) {
        Matcher m = pattern.matcher(text);
        assertFalse(m.find(), () -> "\"" + m.group() + "\" has no place here");
    }
}
