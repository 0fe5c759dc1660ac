package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with one model is reported with its name and leaves the others alone. */
class BadModelTest {
    private static final String RULE = """
            package my.rules;
            import io.qdqlint.cli.Trap; import io.qdqlint.ir.Node;
            import static io.qdqlint.author.Findings.finding;

            rule "MY001 trap"
                @severity("note") @fix("none") @since("1")
            when
                $node : Node( opType != "Relu" )
            then
                Trap.spring($node.opType());
                insertLogical( finding(kcontext, $node).says("a").remedy("b").at($node, "c").build() );
            end
            """;

    private final String home = System.getProperty("user.home");

    @TempDir
    private Path folder;

    private String out;
    private String err;

    @BeforeEach
    void rule() throws IOException {
        System.setProperty("user.home", folder.toString());
        Path rule = Files.createDirectories(folder.resolve("rules/traps/MY001-trap"));
        Files.writeString(rule.resolve("MY001.drl"), RULE);
    }

    @AfterEach
    void home() {
        System.setProperty("user.home", home);
    }

    private int run(String... args) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int status = Main.run(args, written, new PrintStream(told, true, StandardCharsets.UTF_8));
        out = written.toString(StandardCharsets.UTF_8);
        err = told.toString(StandardCharsets.UTF_8);
        return status;
    }

    private String model(String opType) throws IOException {
        Path file = folder.resolve(opType + ".onnxtxt");
        return Files.writeString(
                        file,
                        "<ir_version: 8, opset_import: [\"\" : 13]>\ng (float[1] x) => (float[1] y) { y = " + opType
                                + " (x) }")
                .toString();
    }

    @Test
    void theOthersAreReported() throws IOException {
        String rules = folder.resolve("rules").toString();
        String first = model("Relu");
        String deep = model("Deep");
        String large = model("Large");
        String defect = model("Defect");
        String last = model("Tanh");
        assertEquals(2, run("check", "-f", "json", "--rules", rules, first, deep, large, defect, last));
        assertTrue(out.contains("Tanh.onnxtxt") && out.contains("Relu.onnxtxt"), out);
        assertTrue(err.contains(deep + ": qdqlint ran out of stack"), err);
        assertTrue(err.contains(large + ": qdqlint ran out of memory"), err);
        assertTrue(
                err.contains(defect + ": rule \"MY001 trap\" fails: java.lang.IllegalArgumentException: 2 > 1"), err);
        assertFalse(err.contains("\tat "), err);
    }

    @Test
    void aCommandForOneModelNamesIt() throws IOException {
        String rules = folder.resolve("rules").toString();
        String deep = model("Deep");
        for (List<String> command :
                List.of(List.of("forecast"), List.of("facts"), List.of("constraints"), List.of("fix", "--dry-run"))) {
            String[] args = new java.util.ArrayList<>(command).toArray(new String[command.size() + 3]);
            args[command.size()] = deep;
            args[command.size() + 1] = "--rules";
            args[command.size() + 2] = rules;
            assertEquals(2, run(args), () -> String.join(" ", args));
            assertTrue(err.contains("qdqlint: " + deep + ": qdqlint ran out of stack"), err);
            assertFalse(err.contains("\tat "), err);
        }
    }

    @Test
    void weightsOfAnyRankAreTaken() {
        for (String command : List.of("check", "forecast", "facts")) {
            assertTrue(run(command, "src/test/resources/attack/conv-rank1.onnxtxt") < 2, () -> command + ": " + err);
        }
    }

    @Test
    void whatAModelHoldsBeginsNoLine() throws IOException {
        Path file = folder.resolve("m.onnxtxt");
        Files.writeString(file, """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[1] x) => (float[1] y) { y = "\u001b[31mA\n::error::B\u009b" (x) }
                """);
        run("facts", file.toString());
        for (String text : List.of(out, err)) {
            assertTrue(text.lines().noneMatch(l -> l.strip().startsWith("::")), text);
            assertTrue(text.chars().allMatch(c -> c == '\n' || c == '\r' || !Character.isISOControl(c)), text);
        }
    }
}
