package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {
    private record Said(int status, String out, String err) {}

    @ParameterizedTest
    @CsvSource({"fix,MODEL", "constraints,MODEL", "validate,MODEL", "engine,LAYERS"})
    void whatIsMissingIsNamed(String command, String parameter) {
        Said said = run(command);
        assertEquals(2, said.status);
        assertTrue(said.err.contains("Missing required parameter: '" + parameter), said.err);
        assertTrue(said.err.contains("Try 'qdqlint " + command + " --help'."), said.err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "fix", "rules", "bench", "compare"})
    void eachCommandHasHelpAndTellsTheVersion(String command) {
        Said help = run(command, "--help");
        assertEquals(0, help.status);
        assertTrue(help.out.startsWith("Usage: qdqlint " + command + " [-h"), help.out);
        assertEquals("qdqlint " + Version.NUMBER + System.lineSeparator(), run(command, "--version").out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "forecast", "facts", "baseline"})
    void modelsThatAreMissingAreNamed(String command) {
        Said said = run(command);
        assertEquals(2, said.status);
        assertTrue(
                said.err.contains("Missing required parameter: 'MODEL'; name a file, a folder or a pattern"), said.err);
    }

    @Test
    void rulesAreListedByTheBeginningOfTheirIdsAndAsJson() {
        Said some = run("rules", "QDQ10");
        assertTrue(some.out.lines().count() > 3 && some.out.lines().allMatch(l -> l.startsWith("QDQ10")), some.out);
        assertTrue(run("rules", "QDQ101", "-f", "json").out.contains("\"slug\" : \"concat-scale-mismatch\""));
        assertTrue(run("rules", "concat-scale-mismach").err.contains("did you mean"));
    }

    @Test
    void aSecondEngineIsMissing() {
        assertTrue(run("compare", "a").err.contains("Missing required parameter: 'B'"));
    }

    @Test
    void valuesThatAreNoneAreNamed() {
        Said said = run("fix", "--dry-run", "--seed", "x", "model.onnx");
        assertEquals(2, said.status);
        assertTrue(said.err.contains("Invalid value for option '--seed': 'x' is not a long"), said.err);
    }

    @Test
    void helpIsTakenForACommandAndAMistypedOneIsTold() {
        assertEquals(run("--help"), run("help"));
        assertEquals(run("fix", "--help"), run("help", "fix"));
        Said said = run("chek", "model.onnx");
        assertEquals(2, said.status);
        assertEquals("", said.out);
        assertTrue(said.err.contains("'chek' is neither a command nor a file; 'qdqlint --help'"), said.err);
        assertTrue(run("check", "chek").err.contains("chek: there is no such file"));
    }

    @Test
    void aLimitBelowZeroIsTold() {
        for (String[] call : List.of(
                new String[] {"engine", "x", "--limit", "-1"}, new String[] {"compare", "x", "y", "--limit", "-1"})) {
            assertTrue(run(call).err.contains("--limit must be 0 or more, not -1"), run(call).err);
        }
    }

    @Test
    void aRuleHasItsPageBySlugToo() {
        assertEquals(run("rules", "QDQ101"), run("rules", "concat-scale-mismatch"));
    }

    @Test
    void aTypeOfWhichThereIsNoFactIsTold() {
        String model = "src/test/resources/corpus/dup_qdq_bfloat16.onnx";
        Said some = run("facts", model, "--type", "quantize", "--count");
        assertTrue(some.out.matches("\\s+\\d+ Quantize\\s+"), some.out);
        assertEquals("", some.err);
        Said none = run("facts", model, "--type", "Nope,Node", "--count");
        assertTrue(none.err.contains("there is no fact of type Nope; "), none.err);
    }

    private static Said run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(args, out, new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Said(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
