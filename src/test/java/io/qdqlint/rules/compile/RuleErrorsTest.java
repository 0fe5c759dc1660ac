package io.qdqlint.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.rules.RuleException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleErrorsTest {
    private static final Path ROOT = Path.of("rules");

    /** Each fault replaces a part of a rule that compiles; the error must name the line it stands on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size > 10 )   | size > 10         | 9",
                "size > 10     | sice > 10         | 8",
                "$other : Box  | $other : Bix      | 9",
                "> $box.size   | > $box.weight     | 10",
                "10) );        | $bix.size()) );   | 14",
                "$other.size() | $other.weight()   | 13",
                "getRule(),    | getRole(),        | 13",
            })
    void namesTheLine(String part, String fault, int line) {
        String drl = """
                package io.qdqlint.test.rules

                import io.qdqlint.rules.Box
                import java.util.List

                rule "largest"
                when
                    $box : Box( size > 10 )
                    $other : Box( this != $box,
                        size > $box.size )
                then
                    String rule = kcontext.getRule().getName();
                    insertLogical( List.of(kcontext.getRule(), $other.size() +
                        10) );
                end
                """;
        assertTrue(drl.contains(part), part);
        RuleSource source = new RuleSource("t/largest.drl", drl.replace(part, fault), null, "");

        RuleException e = assertThrows(
                RuleException.class,
                () -> RuleCompiler.compile(ROOT, List.of(source), RuleErrorsTest.class.getClassLoader()));

        String first = e.getMessage().lines().findFirst().orElseThrow();
        assertEquals(ROOT.resolve("t/largest.drl") + ":" + line, first.substring(0, first.indexOf(": ")), first);
    }
}
