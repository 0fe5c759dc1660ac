package io.qdqlint.rules.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.Target;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.finding.SampleFinding;
import io.qdqlint.finding.Severity;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.Node;
import io.qdqlint.rules.Box;
import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleSet;
import io.qdqlint.rules.compile.RulePackager;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleRunnerTest {
    private static final Path RULES = Path.of("src/test/resources/rulesets/small");

    @TempDir
    static Path output;

    private static RuleRunner runner;

    @BeforeAll
    static void compile() throws Exception {
        RulePackager.compile(RULES, output.resolve("classes"));
        runner = RuleRunner.of(RuleSet.at(output.resolve("classes")));
    }

    @Test
    void derivesConceptsAndFindings() {
        Box small = box(0, 10);
        Box large = box(1, 11);

        Result result = runner.run(List.of(small, large), Target.DEFAULT);

        Finding expected = SampleFinding.of(
                "BOX901",
                "too-large",
                Severity.WARNING,
                large.node(),
                "n1 has size 11",
                "make it smaller",
                List.of(new Place(large.node(), null, null, "size 11")),
                Cost.NONE);
        assertEquals(List.of(expected), result.all(Finding.class));
        assertEquals(4, result.all().size(), "two boxes, a Large, a Finding");
    }

    @Test
    void takesBackWhatNoLongerHolds() {
        // n0 is the largest until n1 comes; its finding must not stay.
        Result result = runner.run(List.of(box(0, 20), box(1, 30)), Target.DEFAULT);

        assertEquals(
                List.of("n1 has size 30"),
                result.all(Finding.class).stream().map(Finding::message).toList());
    }

    @Test
    void runsAreIndependent() {
        runner.run(List.of(box(0, 20)), Target.DEFAULT);

        assertTrue(runner.run(List.of(box(0, 1)), Target.DEFAULT)
                .all(Finding.class)
                .isEmpty());
    }

    @Test
    void catalogueTellsWhatTheRuleSaysOfItself() {
        RuleInfo rule = runner.catalogue().rule("BOX901").orElseThrow();

        assertEquals("too-large", rule.slug());
        assertEquals("scale", rule.category());
        assertEquals(Severity.WARNING, rule.severity());
        assertEquals("none", rule.fix());
        assertEquals("0.1.0", rule.since());
        assertEquals("A box that is too large.", rule.section("What it finds"));
    }

    @Test
    void missingFolderIsNamed() {
        RuleException e = assertThrows(RuleException.class, () -> RulePackager.compile(Path.of("no/such"), output));

        assertEquals(Path.of("no/such") + ": not a folder of rules", e.getMessage());
    }

    private static Box box(int index, int size) {
        Node node = new Node(index, "n" + index, "", "Box", List.of(), List.of(), List.of(), ByteRange.NONE);
        return new Box(node, size);
    }
}
