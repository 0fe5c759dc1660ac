package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qdqlint.fact.Target;
import io.qdqlint.onnx.OnnxTextReader;
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
 * Each rule's fixtures: {@code bad.onnxtxt} gives the findings written beside its nodes and no other, {@code good.onnxtxt}
 * gives none, both under all rules. A comment {@code # tensorrt: 8.6} sets the version.
 */
class RuleFixturesTest {
    private static final Pattern TARGET = Pattern.compile("(?m)^\\s*# tensorrt: (\\S+)");

    @TestFactory
    Stream<DynamicTest> badGivesExactlyWhatItExpects() {
        return RuleFolder.all().stream()
                .map(folder -> dynamicTest(folder + ": bad", () -> {
                    Map<String, List<String>> expected = new TreeMap<>();
                    OnnxTextReader.expectations(folder.bad()).forEach((node, ids) -> expected.put(node, sorted(ids)));
                    assertTrue(
                            expected.values().stream().anyMatch(ids -> ids.contains(folder.id())),
                            "expects no " + folder.id());
                    assertEquals(expected.toString(), findings(folder.bad()).toString());
                }));
    }

    @TestFactory
    Stream<DynamicTest> goodGivesNothing() {
        return RuleFolder.all().stream()
                .map(folder -> dynamicTest(
                        folder + ": good",
                        () -> assertEquals("{}", findings(folder.good()).toString())));
    }

    private static Map<String, List<String>> findings(Path fixture) {
        Matcher target = TARGET.matcher(RuleFolder.read(fixture));
        return Found.in(fixture, target.find() ? Target.parse(target.group(1)) : Target.DEFAULT)
                .findings();
    }

    private static List<String> sorted(List<String> ids) {
        return ids.stream().sorted().toList();
    }
}
