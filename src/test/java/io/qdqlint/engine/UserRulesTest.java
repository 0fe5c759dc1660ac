package io.qdqlint.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.Target;
import io.qdqlint.finding.Finding;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UserRulesTest {
    private static final Path RULES = Path.of("src/test/resources/rulesets/small");

    @TempDir
    Path cache;

    @Test
    void areCompiledOnceAndRunBesideTheBuiltInRules() throws IOException {
        RuleSet first = UserRules.load(RULES, cache);
        FileTime compiled = Files.getLastModifiedTime(onlyJar());
        RuleSet second = UserRules.load(RULES, cache);

        assertEquals(compiled, Files.getLastModifiedTime(onlyJar()));
        for (RuleSet user : List.of(first, second)) {
            Node node = new Node(0, "n", "", "Box", List.of(), List.of(), List.of(), ByteRange.NONE);
            Result result = RuleEngine.of(RuleSet.builtIn(), user).run(List.of(new Box(node, 11)), Target.DEFAULT);
            assertEquals(
                    List.of("QDQ901"),
                    result.all(Finding.class).stream().map(Finding::ruleId).toList());
        }
    }

    @Test
    void aChangedRuleIsCompiledAgain(@TempDir Path rules) throws IOException {
        copy(rules);
        UserRules.load(rules, cache);
        Path concept = rules.resolve("tensorrt/sizes.drl");
        Files.writeString(concept, Files.readString(concept).replace("size > 10", "size > 20"));

        RuleSet changed = UserRules.load(rules, cache);

        Node node = new Node(0, "n", "", "Box", List.of(), List.of(), List.of(), ByteRange.NONE);
        Result result = RuleEngine.of(changed).run(List.of(new Box(node, 11)), Target.DEFAULT);
        assertTrue(result.all(Finding.class).isEmpty());
    }

    @Test
    void aFaultyRuleIsNotCached(@TempDir Path rules) throws IOException {
        copy(rules);
        Path concept = rules.resolve("tensorrt/sizes.drl");
        Files.writeString(concept, Files.readString(concept).replace("size > 10", "sise > 10"));

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertTrue(e.getMessage().startsWith(concept + ":11: "), e.getMessage());
        try (Stream<Path> files = Files.list(cache.resolve("qdqlint/rules"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void anEmptyFolderIsAnError(@TempDir Path rules) {
        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertEquals(rules + ": holds no rules", e.getMessage());
    }

    @Test
    void aRuleInTheWrongPlaceIsAnError(@TempDir Path rules) throws IOException {
        Files.writeString(rules.resolve("QDQ901.drl"), "package x");

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertTrue(e.getMessage().startsWith(rules.resolve("QDQ901.drl") + ": "), e.getMessage());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheUserCanEnterTheCache() throws IOException {
        UserRules.load(RULES, cache);

        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.resolve("qdqlint/rules"))));
    }

    private Path onlyJar() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("qdqlint/rules"))) {
            List<Path> jars = files.toList();
            assertEquals(1, jars.size(), jars.toString());
            return jars.get(0);
        }
    }

    private static void copy(Path rules) throws IOException {
        try (Stream<Path> files = Files.walk(RULES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = rules.resolve(RULES.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }
}
