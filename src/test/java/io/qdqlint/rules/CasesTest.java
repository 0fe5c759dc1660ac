package io.qdqlint.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qdqlint.fact.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What people who deploy quantized models report in public, each in a small graph. Its head names the report and says for
 * each version what is right: {@code # 8.6: does not build, QDQ620 y} {@code # 10.6: builds, 2 kernels} or {@code # 10.6 strongly typed: builds}. All findings
 * are listed, each with the first output of its node; the number of kernels may be left out.
 */
class CasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Pattern EXPECTED = Pattern.compile("(?m)^# (\\d+\\.\\d+)( strongly typed)?: (.*)");

    @TestFactory
    Stream<DynamicTest> everyCaseIsAsTheReportHasIt() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(f -> f.toString().endsWith(".onnxtxt")).sorted().toList().stream()
                    .flatMap(CasesTest::versions);
        }
    }

    private static Stream<DynamicTest> versions(Path file) {
        List<MatchResult> lines =
                EXPECTED.matcher(RuleFolder.read(file)).results().toList();
        assertFalse(lines.isEmpty(), () -> file + " expects nothing");
        return lines.stream()
                .map(line -> dynamicTest(
                        file.getFileName() + " " + line.group(1) + (line.group(2) == null ? "" : line.group(2)),
                        () -> assertEquals(
                                words(line.group(3).strip().split(", ")),
                                said(file, target(line), line.group(3).contains(" kernel")))));
    }

    private static Target target(MatchResult line) {
        Target version = Target.parse(line.group(1));
        return line.group(2) == null ? version : version.strong();
    }

    private static String said(Path file, Target target, boolean withKernels) {
        Found found = Found.in(file, target);
        List<String> words = new ArrayList<>();
        words.add(found.builds() ? "builds" : "does not build");
        if (withKernels) {
            words.add(found.kernels() + (found.kernels() == 1 ? " kernel" : " kernels"));
        }
        found.findings().forEach((output, ids) -> ids.forEach(id -> words.add(id + " " + output)));
        return words(words.toArray(String[]::new));
    }

    private static String words(String... said) {
        return String.join("\n", Stream.of(said).sorted().toList());
    }
}
