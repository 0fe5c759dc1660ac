package io.qdqlint.rules.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.Opset;
import io.qdqlint.fact.Target;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.Node;
import io.qdqlint.rules.Box;
import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleSet;
import io.qdqlint.rules.compile.RulePackager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSelectionTest {
    @TempDir
    Path folder;

    /** Compiles rules of one file; {@code Alone} is what they can derive. */
    private RuleRunner runner(String rules) throws Exception {
        Path file = folder.resolve("rules/test/test.drl");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                package io.qdqlint.test.selection

                import io.qdqlint.rules.Box

                declare Alone
                    size : int @key
                end

                """ + rules);
        RulePackager.compile(folder.resolve("rules"), folder.resolve("classes"));
        return RuleRunner.of(RuleSet.at(folder.resolve("classes")));
    }

    private static long derived(RuleRunner runner, int... sizes) {
        List<Box> boxes = Arrays.stream(sizes)
                .mapToObj(size -> new Box(
                        new Node(size, "n" + size, "", "Box", List.of(), List.of(), List.of(), ByteRange.NONE), size))
                .toList();
        return runner.run(boxes, Target.DEFAULT).all().size() - boxes.size();
    }

    @Test
    void networksThatLeaveOutDifferentConditionsAreDifferent() throws Exception {
        RuleRunner runner = runner("""
                rule "alone"
                when
                    Box( size == 1 )
                    not Box( size == 2 )
                    not Box( size == 3 )
                then
                    insertLogical( new Alone(1) );
                end
                """);

        assertEquals(1, derived(runner, 1));
        assertEquals(0, derived(runner, 1, 2));
        assertEquals(0, derived(runner, 1, 3));
        assertEquals(0, derived(runner, 1, 2, 3));
        assertEquals(0, derived(runner, 2));
    }

    @Test
    void aRuleThatInsertsWhatAFunctionMakesMayDeriveAnything() throws Exception {
        RuleRunner runner = runner("""
                import io.qdqlint.fact.Opset;

                function Object opset(int version) {
                    return new Opset(version);
                }

                rule "by a function"
                when
                    Box( size == 1 )
                then
                    insertLogical( opset(2) );
                end

                rule "next to it"
                when
                    Opset( version == 2 )
                then
                    insertLogical( new Opset(3) );
                end
                """);

        assertEquals(2, opsets(runner));
    }

    @Test
    void whatARuleDerivesIsFoundHoweverItIsWritten() throws Exception {
        RuleRunner runner = runner("""
                import io.qdqlint.fact.Opset;

                rule 'on one line' when Box( size == 1 ) then insertLogical( new Opset(2) ); end
                rule "another" when Opset( version == 2 ) then
                    insertLogical( new Opset(3) ); end // the end
                rule "last"
                when
                    Opset( version == 3 )
                then
                    insertLogical( new Opset(4) );
                end
                """);

        assertEquals(3, opsets(runner));
    }

    private static int opsets(RuleRunner runner) {
        Node node = new Node(0, "n", "", "Box", List.of(), List.of(), List.of(), ByteRange.NONE);
        return runner.run(List.of(new Box(node, 1)), Target.DEFAULT, Set.of(Opset.class))
                .all(Opset.class)
                .size();
    }

    @Test
    void rulesWhoseFactsFollowFromTheirOwnAbsenceAreRefused() {
        RuleException e = assertThrows(RuleException.class, () -> runner("""
                rule "alone unless it is"
                when
                    Box( $size : size )
                    not Alone( size == $size )
                then
                    insertLogical( new Alone($size) );
                end
                """));

        assertTrue(e.getMessage().startsWith("rule \"alone unless it is\": "), e.getMessage());
    }
}
