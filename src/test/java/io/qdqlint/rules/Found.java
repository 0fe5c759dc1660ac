package io.qdqlint.rules;

import io.qdqlint.engine.Linter;
import io.qdqlint.engine.Linters;
import io.qdqlint.fact.Target;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.fix.Advisor;
import io.qdqlint.ir.Value;
import io.qdqlint.onnx.OnnxReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What all rules together say of a file.
 *
 * @param findings rule ids, sorted, by the name of their node's first output
 * @param builds whether the forecast says that TensorRT builds it
 * @param kernels forecast kernels that only quantize or dequantize
 */
record Found(Map<String, List<String>> findings, boolean builds, int kernels) {

    static Found in(Path file, Target target) {
        Linter linter = Linters.of(target);
        Diagnosis diagnosis = Advisor.lint(linter, OnnxReader.read(file));
        Map<String, List<String>> found = new TreeMap<>();
        for (Finding finding : diagnosis.findings()) {
            found.computeIfAbsent(output(finding), n -> new ArrayList<>()).add(finding.ruleId());
        }
        found.replaceAll((node, ids) -> ids.stream().sorted().toList());
        return new Found(
                found,
                diagnosis.forecast().builds(),
                diagnosis.forecast().kernels().size());
    }

    private static String output(Finding finding) {
        return finding.node().outputs().stream()
                .filter(Objects::nonNull)
                .map(Value::name)
                .findFirst()
                .orElse(finding.node().name());
    }
}
