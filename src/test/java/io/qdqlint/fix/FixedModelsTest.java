package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.EngineArchive;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the forecast says of real models after their fix; their weights are left out. */
class FixedModelsTest {
    /** Kernels that only quantize, in the engines that TensorRT built of the models that a person fixed. */
    private static final Map<String, Integer> BY_HAND =
            Map.of("yolov7", 1, "resnet50", 3, "googlenet", 2, "mobilenet_v2", 2);

    /** A range that dla34 does not hold; the number does not matter here. */
    private static final Calibration POOL = new Calibration(Map.of("/level5/root/relu/Relu_output_0", 12.0));

    private record Fixed(Fix fix, Diagnosis diagnosis) {
        Forecast forecast() {
            return diagnosis.forecast();
        }

        long avoidable() {
            return forecast().kernels().stream()
                    .filter(Forecast.Kernel::avoidable)
                    .count();
        }

        List<String> findings() {
            return diagnosis.findings().stream().map(Finding::ruleId).toList();
        }
    }

    private static Map<String, Path> models(Path folder) throws IOException {
        Map<String, Path> models = new TreeMap<>();
        EngineArchive.read("trt10.6-h100/lab.zip", folder).models().forEach(m -> models.put(m.name(), m.model()));
        return models;
    }

    private static Fixed fix(Path file, Tolerance tolerance, Calibration ranges) throws IOException {
        Linter linter = new Linter(Linters.RULES, Target.DEFAULT, Linters.DEVICE, tolerance, InputShapes.NONE);
        Model model = OnnxReader.read(file);
        FixOptions options = new FixOptions(true, tolerance, ranges, FixOptions.DEFAULT_ROUNDS);
        try (Weights weights = new Weights(file)) {
            Fix fix = new Fixer(linter::propose, options, weights).fix(model);
            assertTrue(fix.settled(), file::toString);
            return new Fixed(fix, linter.lint(fix.after()));
        }
    }

    @Test
    void noAvoidableKernelIsLeft(@TempDir Path folder) throws IOException {
        Map<String, Path> models = models(folder);
        // It has nothing to be fixed with: see below.
        models.remove("densenet121.monkey");
        for (Map.Entry<String, Path> entry : models.entrySet()) {
            Fixed fixed = fix(entry.getValue(), Tolerance.DEFAULT, Calibration.NONE);
            int byHand = BY_HAND.getOrDefault(
                    entry.getKey().substring(0, entry.getKey().indexOf('.')), Integer.MAX_VALUE);
            assertAll(
                    entry.getKey(),
                    () -> assertTrue(fixed.forecast().builds(), "builds"),
                    () -> assertEquals(
                            0, fixed.avoidable(), () -> "" + fixed.diagnosis().findings()),
                    () -> assertTrue(
                            fixed.forecast().kernels().size() <= byHand,
                            () -> "" + fixed.forecast().kernels()));
        }
    }

    @Test
    void aPoolIsQuantizedWhereItsRangeIsKnownAndItsReaderLeftInFloatingPointWhereNot(@TempDir Path folder)
            throws IOException {
        Path dla34 = models(folder).get("dla34.monkey");
        Fixed unknown = fix(dla34, Tolerance.DEFAULT, Calibration.NONE);
        assertEquals(List.of("fp16"), precisions(unknown, "/fc/Conv"));
        assertTrue(
                unknown.fix().steps().stream()
                        .anyMatch(s -> s.says().contains("with the range of '/level5/root/relu/Relu_output_0'")),
                () -> "" + unknown.fix().steps());
        Fixed known = fix(dla34, Tolerance.DEFAULT, POOL);
        assertEquals(List.of("int8"), precisions(known, "/fc/Conv"));
        assertEquals(0, known.avoidable());
    }

    private static List<String> precisions(Fixed fixed, String layer) {
        return fixed.forecast().layers().stream()
                .filter(l -> l.node().name().equals(layer))
                .map(Forecast.Layer::precision)
                .toList();
    }

    @Test
    void whatNeedsARangeSaysWhichAndWhatIsTooFarApartByHowMuch(@TempDir Path folder) throws IOException {
        Map<String, Path> models = models(folder);
        Fixed densenet = fix(models.get("densenet121.monkey"), Tolerance.DEFAULT, Calibration.NONE);
        assertFalse(densenet.fix().changed());
        assertEquals(83, densenet.fix().refusals().size());
        assertTrue(densenet.fix().refusals().stream().allMatch(r -> r.why().contains("it needs the range of '")));

        Path shufflenet = models.get("shufflenet_v2_x1_0.monkey");
        Fixed near = fix(shufflenet, Tolerance.DEFAULT, Calibration.NONE);
        assertEquals(List.of("QDQ901"), near.findings());
        assertEquals(7, near.forecast().kernels().size());
        assertTrue(
                near.fix().refusals().get(0).why().contains("would lose 3.2 bits"),
                () -> "" + near.fix().refusals());
        Fixed far = fix(shufflenet, new Tolerance(16), Calibration.NONE);
        assertEquals(List.of(), far.findings());
        assertEquals(1, far.forecast().kernels().size());
    }
}
