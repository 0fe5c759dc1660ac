package io.qdqlint.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fix.Advisor;
import io.qdqlint.forecast.EngineArchive;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What findings cost together is never more than the forecast says can be avoided: kernels, and one for each lost fusion. */
class KernelsOnceTest {
    private int models;
    private int shared;

    @Test
    void noTotalIsAboveTheForecast(@TempDir Path engines) throws IOException {
        for (EngineArchive.Built built :
                EngineArchive.read("trt10.6-h200/candidates.zip", engines).models()) {
            if (built.name().startsWith("hrnet")) {
                compare(Advisor.lint(Linters.H100, OnnxReader.read(built.model())));
            }
        }
        for (Path folder : List.of(Path.of("rules"), Path.of("src/test/resources/corpus"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(f -> f.toString().matches(".*\\.onnx(txt)?"))
                        .toList()) {
                    compare(Advisor.lint(Linters.H100, OnnxReader.read(file)));
                }
            }
        }
        assertTrue(models > 100 && shared > 0, models + " models, of which " + shared + " have shared kernels");
    }

    private void compare(Diagnosis diagnosis) {
        models++;
        List<Finding> once = KernelsOnce.of(diagnosis.findings(), diagnosis.forecast());
        assertEquals(diagnosis.findings().size(), once.size());
        assertTrue(once.stream().allMatch(f -> f.cost().kernels() >= 0), () -> once.toString());
        long avoidable = diagnosis.forecast().kernels().stream()
                        .filter(Forecast.Kernel::avoidable)
                        .count()
                + diagnosis.forecast().lostFusions().size();
        assertTrue(kernels(once) <= avoidable, () -> diagnosis.model().file() + ": " + kernels(once));
        shared += kernels(diagnosis.findings()) > avoidable ? 1 : 0;
    }

    private static int kernels(List<Finding> findings) {
        return findings.stream().mapToInt(f -> f.cost().kernels()).sum();
    }
}
