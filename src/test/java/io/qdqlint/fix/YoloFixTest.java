package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.bench.Yolo;
import io.qdqlint.forecast.Judgement;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.rewrite.Proposal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of the kernels that only convert, the fix of a network of YOLO's shape leaves the one that quantizes the image, or what the first layer makes of it. */
class YoloFixTest {
    private static final int DIVISOR = 16;
    private static final long SEED = 5;

    /**
     * What stays besides. The two products of an attention run in FP16; two convolutions read what they make and the values that
     * they read, each through a kernel that quantizes. Without its pair such a convolution would run in floating point, and
     * nothing says that this costs less than the kernel.
     */
    private static final Map<Yolo, Set<String>> MORE = Map.of(
            Yolo.YOLO11S,
            Set.of("quantize /model/10/m/0/attn/Reshape_2_output_0", "quantize /model/10/m/0/attn/Add_output_0"));

    /** A window of 6x6 reads the image in floating point, which takes less time in all. */
    private static final Map<Yolo, String> FIRST = Map.of(Yolo.YOLOV5S, "quantize /model/0/a/Mul_output_0");

    @ParameterizedTest
    @EnumSource
    void theFixedModelQuantizesTheImage(Yolo yolo, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("m.onnx");
        yolo.build(DIVISOR).write(file, SEED);
        try (Weights weights = new Weights(file)) {
            Fix fix = new Fixer(Linters.H100::propose, FixOptions.UNSAFE, weights).fix(OnnxReader.read(file));
            Judgement before = Linters.H100.propose(fix.before()).judgement();
            Proposal after = Linters.H100.propose(fix.after());
            Set<String> kernels = new HashSet<>(MORE.getOrDefault(yolo, Set.of()));
            kernels.add(FIRST.getOrDefault(yolo, "quantize images"));
            assertEquals(kernels, after.kernels());
            assertFalse(after.judgement().worseThan(before), () -> before + " " + after.judgement());
            assertTrue(fix.settled());
        }
    }
}
