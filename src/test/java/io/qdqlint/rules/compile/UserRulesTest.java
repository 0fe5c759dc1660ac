package io.qdqlint.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.Target;
import io.qdqlint.finding.Finding;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.Node;
import io.qdqlint.rules.Box;
import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleSet;
import io.qdqlint.rules.run.Result;
import io.qdqlint.rules.run.RuleRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            Result result = RuleRunner.of(RuleSet.builtIn(), user).run(List.of(new Box(node, 11)), Target.DEFAULT);
            assertEquals(
                    List.of("BOX901"),
                    result.all(Finding.class).stream().map(Finding::ruleId).toList());
        }
    }

    @Test
    void aJarThatIsDamagedIsMadeAgain() throws IOException {
        UserRules.load(RULES, cache);
        byte[] whole = Files.readAllBytes(onlyJar());
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        for (byte[] damaged : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), flipped)) {
            Path jar = onlyJar();
            Files.delete(jar);
            Files.write(jar, damaged);
            assertEquals(
                    List.of("BOX901"),
                    UserRules.load(RULES, cache).rules().stream()
                            .map(r -> r.id())
                            .toList());
            assertFalse(Arrays.equals(damaged, Files.readAllBytes(onlyJar())));
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
        Result result = RuleRunner.of(changed).run(List.of(new Box(node, 11)), Target.DEFAULT);
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

    /** Each mistake replaces a part of a rule that works; the message must begin with the place and say what is wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "package my.rules; | package qdqlint.rules; | : package qdqlint.rules belongs to the built-in rules",
                "package my.rules; | ~~ | : has no package",
                "MY001 large | MY002 large | :5: rule \"MY002 large\": should be named \"MY001 large\"",
                "MY001 large | MY001 larger | :5: rule \"MY001 larger\": should be named \"MY001 large\"",
                "@severity(\"note\") | ~~ | :5: rule \"MY001 large\": has no @severity",
                "note | fatal | :5: severity \"fatal\" must be error, warning or note",
                "@fix(\"none\") | @fix(\"maybe\") | :5: rule \"MY001 large\": @fix(\"maybe\") is none of",
                "@since | @versions(\"8.x\") @since | :5: @versions(\"8.x\") is none of",
                "when | salience 5 when | :5: rule \"MY001 large\": rules have no salience",
                "insertLogical | insert | :5: rule \"MY001 large\": only insertLogical changes",
                "finding(kcontext | List.of(kcontext | : no rule in it inserts a finding",
                "insertLogical | // insertLogical | :5: rule \"MY001 large\": inserts nothing",
                "not Box | not Finding() and not Box | rule \"MY001 large\": depends, directly or through other rules, on the negation",
                "when | whenn | :7: ",
                "size > 10 | sice > 10 | :8: ",
            })
    void aMistakeIsTold(String part, String mistake, String message, @TempDir Path rules) throws IOException {
        String drl = """
                package my.rules;
                import io.qdqlint.rules.Box; import io.qdqlint.finding.Finding; import java.util.List;
                import static io.qdqlint.author.Findings.finding;

                rule "MY001 large"
                    @severity("note") @fix("none") @since("1")
                when
                    $box : Box( size > 10 )
                    not Box( size > $box.size )
                then
                    insertLogical( finding(kcontext, $box.node()) .build() );
                end
                """.replace(" .build()", part.startsWith("finding") ? "" : ".build()");
        assertTrue(drl.contains(part), part);
        Path file = Files.createDirectories(rules.resolve("sizes/MY001-large")).resolve("MY001.drl");
        Files.writeString(file, drl.replace(part, mistake == null ? "" : mistake));

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        String expected = message.startsWith(":") ? file + message : message;
        assertTrue(e.getMessage().startsWith(expected), e.getMessage());
    }

    @Test
    void anIdIsTakenOnce(@TempDir Path rules) throws IOException {
        for (String folder : List.of("BOX901-too-large", "BOX901-too-big")) {
            Path file = Files.createDirectories(rules.resolve("scale").resolve(folder))
                    .resolve("BOX901.drl");
            String drl = Files.readString(RULES.resolve("scale/BOX901-too-large/BOX901.drl"));
            Files.writeString(
                    file,
                    drl.replace("too-large", folder.substring(7)).replace("test.rules", "test.p" + folder.length()));
        }
        copyConcepts(rules);

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertTrue(e.getMessage().contains("the id BOX901 is taken by"), e.getMessage());
    }

    @Test
    void anIdOfABuiltInRuleIsTaken(@TempDir Path rules) throws IOException {
        Path file =
                Files.createDirectories(rules.resolve("scale/QDQ101-too-large")).resolve("QDQ101.drl");
        String drl = Files.readString(RULES.resolve("scale/BOX901-too-large/BOX901.drl"));
        Files.writeString(file, drl.replace("BOX901", "QDQ101"));
        copyConcepts(rules);

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertEquals(file + ": the id QDQ101 is taken by a built-in rule; take another", e.getMessage());
    }

    @Test
    void anIdOfQdqlintBelongsInTheFolderOfItsHundred(@TempDir Path rules) throws IOException {
        Path file =
                Files.createDirectories(rules.resolve("scale/QDQ999-too-large")).resolve("QDQ999.drl");
        String drl = Files.readString(RULES.resolve("scale/BOX901-too-large/BOX901.drl"));
        Files.writeString(file, drl.replace("BOX901", "QDQ999"));
        copyConcepts(rules);

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertTrue(e.getMessage().endsWith("belongs in accuracy/, the folder of QDQ9xx"), e.getMessage());
    }

    @Test
    void aFindingBelongsIntoALintRule(@TempDir Path rules) throws IOException {
        Path file = Files.createDirectories(rules.resolve("scale")).resolve("large.drl");
        Files.copy(RULES.resolve("scale/BOX901-too-large/BOX901.drl"), file);
        copyConcepts(rules);

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertTrue(e.getMessage().contains("inserts a finding, so it belongs in"), e.getMessage());
    }

    @Test
    void aFolderWithoutItsRuleIsAnError(@TempDir Path rules) throws IOException {
        copy(rules);
        Path folder = Files.createDirectories(rules.resolve("scale/QDQ902-too-small"));

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertEquals(folder + ": holds no QDQ902.drl", e.getMessage());
    }

    @Test
    void aRuleInTheWrongPlaceIsAnError(@TempDir Path rules) throws IOException {
        Files.writeString(rules.resolve("BOX901.drl"), "package x");

        RuleException e = assertThrows(RuleException.class, () -> UserRules.load(rules, cache));

        assertTrue(e.getMessage().startsWith(rules.resolve("BOX901.drl") + ": "), e.getMessage());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no POSIX permissions")
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

    private static void copyConcepts(Path rules) throws IOException {
        Path file = Files.createDirectories(rules.resolve("tensorrt")).resolve("sizes.drl");
        Files.copy(RULES.resolve("tensorrt/sizes.drl"), file);
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

    private record User(String name) implements UserPrincipal {
        @Override
        public String getName() {
            return name;
        }
    }

    @ParameterizedTest
    @CsvSource({"me, me, true", "root, root, true", "root, me, true", "other, me, false", "other, root, false"})
    void codeIsTakenFromNobodyElsesFolder(String owner, String user, boolean taken) {
        if (taken) {
            UserRules.check(cache, new User(owner), new User(user));
            return;
        }
        String message = assertThrows(
                        RuleException.class, () -> UserRules.check(cache, new User(owner), new User(user)))
                .getMessage();
        assertEquals(
                cache + " belongs to the user other, not to " + user
                        + ", and compiled rules are code: name a folder of your own for them with XDG_CACHE_HOME",
                message);
    }
}
