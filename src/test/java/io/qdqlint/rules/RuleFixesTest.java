package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qdqlint.fact.Tolerance;
import io.qdqlint.fix.Calibration;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A rule with a fix turns its {@code bad.onnxtxt} into its {@code good.onnxtxt}, and that into itself. A comment
 * {@code # ranges: a 6.35, b 1.27} in the bad one stands for a calibration file; both say
 * for which TensorRT they are, as {@link RuleFixturesTest} reads it.
 */
class RuleFixesTest {
    private static final Pattern RANGES = Pattern.compile("(?m)^# ranges: (.*)");

    @TestFactory
    Stream<DynamicTest> badBecomesGood() {
        return fixable()
                .map(folder -> dynamicTest(folder.toString(), () -> {
                    Fix fix = fix(folder, folder.bad());
                    String told = fix.steps() + "\n" + fix.refusals();
                    assertTrue(fix.settled(), told);
                    assertEquals(
                            String.join("\n", CanonicalText.of(OnnxReader.read(folder.good()))),
                            String.join("\n", CanonicalText.of(fix.after())),
                            told);
                }));
    }

    @TestFactory
    Stream<DynamicTest> goodStaysAsItIs() {
        return RuleFolder.all().stream()
                .map(folder -> dynamicTest(
                        folder.toString(),
                        () -> assertFalse(fix(folder, folder.good()).changed())));
    }

    @TestFactory
    Stream<DynamicTest> whatIsFixedStaysAsItIs() {
        return fixable()
                .map(folder -> dynamicTest(folder.toString(), () -> {
                    Model fixed = fix(folder, folder.bad()).after();
                    assertFalse(fix(folder, fixed).changed());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aRuleWithoutFixHasNoRewrite() {
        return RuleFolder.all().stream()
                .filter(folder -> !isFixable(folder))
                .map(folder -> dynamicTest(
                        folder.toString(),
                        () -> assertFalse(RuleFolder.read(folder.drl()).contains("qdqlint.rewrite"))));
    }

    private static Stream<RuleFolder> fixable() {
        return RuleFolder.all().stream().filter(RuleFixesTest::isFixable);
    }

    private static boolean isFixable(RuleFolder folder) {
        return Pattern.compile("@fix\\(\"(safe|unsafe)\"\\)")
                .matcher(RuleFolder.read(folder.drl()))
                .find();
    }

    private static Fix fix(RuleFolder folder, Path fixture) throws IOException {
        return fix(folder, OnnxReader.read(fixture));
    }

    private static Fix fix(RuleFolder folder, Model model) throws IOException {
        Map<String, Double> ranges = new HashMap<>();
        Matcher given = RANGES.matcher(RuleFolder.read(folder.bad()));
        if (given.find()) {
            for (String range : given.group(1).split(",")) {
                String[] parts = range.strip().split(" ");
                ranges.put(parts[0], Double.parseDouble(parts[1]));
            }
        }
        FixOptions options =
                new FixOptions(true, Tolerance.DEFAULT, new Calibration(ranges), FixOptions.DEFAULT_ROUNDS);
        Linter linter = Linters.of(RuleFixturesTest.target(folder.bad()));
        try (Weights weights = new Weights(folder.bad().toAbsolutePath())) {
            return new Fixer(linter::propose, options, weights).fix(model);
        }
    }
}
