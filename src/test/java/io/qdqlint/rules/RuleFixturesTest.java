package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qdqlint.fact.Target;
import io.qdqlint.onnx.OnnxTextReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each rule's fixtures: {@code bad.onnxtxt}, and {@code bad-*.onnxtxt} where there are such, give the findings written beside
 * their nodes and no other, in the words below; {@code good.onnxtxt} gives none. All under all rules. A comment
 * {@code # tensorrt: 8.6} or {@code # tensorrt: 10.6 strongly typed} sets the version, {@code # tensorrt: 10.6 dla} the processor. {@code -Drules.update=true} writes the words.
 */
class RuleFixturesTest {
    private static final Pattern TARGET = Pattern.compile("(?m)^\\s*# tensorrt: (\\S+)( strongly typed)?( dla)?");

    @TestFactory
    Stream<DynamicTest> badGivesExactlyWhatItExpects() {
        return RuleFolder.all().stream()
                .flatMap(folder -> folder.allBad().stream()
                        .map(bad -> dynamicTest(
                                folder + ": " + bad.getFileName(), () -> assertGivesWhatItExpects(folder, bad))));
    }

    @TestFactory
    Stream<DynamicTest> goodGivesNothing() {
        return RuleFolder.all().stream()
                .map(folder -> dynamicTest(
                        folder + ": good",
                        () -> assertEquals("{}", found(folder.good()).findings().toString())));
    }

    private static void assertGivesWhatItExpects(RuleFolder folder, Path bad) throws IOException {
        Map<String, List<String>> expected = new TreeMap<>();
        OnnxTextReader.expectations(bad).forEach((node, ids) -> expected.put(node, sorted(ids)));
        assertTrue(expected.values().stream().anyMatch(ids -> ids.contains(folder.id())), "expects no " + folder.id());
        Found found = found(bad);
        assertEquals(expected.toString(), found.findings().toString());
        String text = FixtureText.of(bad, found.all());
        if (Boolean.getBoolean("rules.update")) {
            Files.writeString(bad, text);
        }
        assertEquals(
                text,
                RuleFolder.read(bad),
                bad
                        + " says something else: mvn test -Dtest=RuleFixturesTest -Drules.update=true, and look at the difference");
    }

    private static Found found(Path fixture) {
        return Found.in(fixture, target(fixture));
    }

    /** What the fixture is for; the default TensorRT where it says nothing. */
    static Target target(Path fixture) {
        Matcher target = TARGET.matcher(RuleFolder.read(fixture));
        if (!target.find()) {
            return Target.DEFAULT;
        }
        Target version = Target.parse(target.group(1));
        Target typed = target.group(2) == null ? version : version.strong();
        return target.group(3) == null ? typed : typed.onDla();
    }

    private static List<String> sorted(List<String> ids) {
        return ids.stream().sorted().toList();
    }
}
