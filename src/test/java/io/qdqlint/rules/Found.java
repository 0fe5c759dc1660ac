package io.qdqlint.rules;

import io.qdqlint.fact.Target;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.fix.Advisor;
import io.qdqlint.ir.Value;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What all rules together say of a file.
 *
 * @param all findings, in the order of their rules' ids, by the name of their node's first output
 * @param builds whether the forecast says that TensorRT builds it
 * @param kernels forecast kernels that only quantize or dequantize
 */
record Found(Map<String, List<Finding>> all, boolean builds, int kernels) {
    private static final Comparator<Finding> BY_RULE =
            Comparator.comparing(Finding::ruleId).thenComparing(Finding::message);

    static Found in(Path file, Target target) {
        Linter linter = Linters.of(target);
        Diagnosis diagnosis = Advisor.lint(linter, OnnxReader.read(file));
        Map<String, List<Finding>> found = new TreeMap<>();
        for (Finding finding : diagnosis.findings()) {
            found.computeIfAbsent(output(finding), n -> new ArrayList<>()).add(finding);
        }
        found.values().forEach(findings -> findings.sort(BY_RULE));
        return new Found(
                found,
                diagnosis.forecast().builds(),
                diagnosis.forecast().kernels().size());
    }

    /** Rule ids, sorted, by the name of their node's first output. */
    Map<String, List<String>> findings() {
        Map<String, List<String>> ids = new TreeMap<>();
        all.forEach((node, findings) ->
                ids.put(node, findings.stream().map(Finding::ruleId).toList()));
        return ids;
    }

    private static String output(Finding finding) {
        return finding.node().outputs().stream()
                .filter(Objects::nonNull)
                .map(Value::name)
                .findFirst()
                .orElse(finding.node().name());
    }
}
