package io.qdqlint.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Weights;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.rewrite.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small networks of the exporters that people have: what is found in each, and what {@code fix --unsafe} makes of it, is what
 * {@code expected.tsv} says; {@code -Dexporters.update=true} writes that file.
 */
class ExportersTest {
    private static final Path EXPORTERS = Path.of("src/test/resources/exporters");
    private static final Path EXPECTED = EXPORTERS.resolve("expected.tsv");
    private static final String HEAD =
            "model\tbuilds\tfixed\tkernels\tfixed\tfindings\tfixed\tsettings named of\tproof";
    private static final Pattern SETTING = Pattern.compile("; in ([^:;]+): ");

    private static final Linter LINTER = Linters.ENGINES;

    @TempDir
    Path folder;

    @Test
    void everyModelIsFoundAndFixedAsExpected() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (Path zip : archives()) {
            try (ZipFile archive = new ZipFile(zip.toFile())) {
                for (ZipEntry entry : archive.stream().toList()) {
                    Path file = folder.resolve(entry.getName());
                    Files.write(file, archive.getInputStream(entry).readAllBytes());
                    String name = entry.getName().replace(".onnx", "");
                    rows.put(name, row(name, file));
                }
            }
        }
        String actual = HEAD + "\n" + String.join("\n", rows.values()) + "\n";
        if (Boolean.getBoolean("exporters.update")) {
            Files.writeString(EXPECTED, actual);
        }
        assertEquals(Files.readString(EXPECTED), actual);
    }

    private static List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(EXPORTERS)) {
            return files.filter(f -> f.toString().endsWith(".zip")).sorted().toList();
        }
    }

    private String row(String name, Path file) throws IOException {
        Model model = OnnxReader.read(file);
        Diagnosis before = LINTER.lint(model);
        Function<Model, Proposal> lint = Linters.remembering(LINTER);
        Proposal first = lint.apply(model);
        FixOptions options = FixOptions.UNSAFE.seeing(Saturations.of(model, first.clippings(), Proof.Settings.DEFAULT));
        try (Weights weights = new Weights(file)) {
            Fix fix = new Fixer(lint, options, weights).fix(model);
            Diagnosis after = fix.changed() ? LINTER.lint(fix.after()) : before;
            return String.join(
                    "\t",
                    name,
                    builds(before),
                    builds(after),
                    kernels(before),
                    kernels(after),
                    findings(before),
                    findings(after),
                    named(before),
                    fix.changed() ? proof(fix) : "nothing to fix");
        }
    }

    private String proof(Fix fix) throws IOException {
        Path fixed = folder.resolve("fixed.onnx");
        OnnxWriter.write(fix.before(), fix.after(), fixed);
        return Proof.prove(fix, fixed, Proof.Settings.DEFAULT)
                .outcome()
                .name()
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }

    private static String builds(Diagnosis diagnosis) {
        return diagnosis.forecast().builds() ? "yes" : "no";
    }

    private static String kernels(Diagnosis diagnosis) {
        return "" + diagnosis.forecast().kernels().size();
    }

    private static String findings(Diagnosis diagnosis) {
        Map<String, Integer> counts = new TreeMap<>();
        diagnosis.findings().forEach(f -> counts.merge(f.ruleId(), f.count(), Integer::sum));
        return counts.isEmpty()
                ? "-"
                : counts.entrySet().stream()
                        .map(e -> e.getKey() + "x" + e.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** The exporters whose settings the remedies name. */
    private static String named(Diagnosis diagnosis) {
        TreeSet<String> names = new TreeSet<>();
        diagnosis.findings().stream()
                .map(Finding::remedy)
                .forEach(r -> SETTING.matcher(r).results().forEach(m -> names.add(m.group(1))));
        return names.isEmpty() ? "-" : String.join(", ", names);
    }
}
