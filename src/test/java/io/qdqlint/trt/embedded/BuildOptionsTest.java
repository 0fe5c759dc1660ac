package io.qdqlint.trt.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.trt.embedded.BuildOptions.Extent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuildOptionsTest {
    @Test
    void whatOnlyJavaTakesForANumberIsNone() {
        for (String text : List.of("NaN", "Infinity", "1e400", "3f", "0x1p3", "")) {
            String message = assertThrows(TensorRtFailure.class, () -> BuildOptions.parse("--warmUp=" + text))
                    .getMessage();
            assertEquals("--warmUp must be a number, not " + text, message);
        }
    }

    @Test
    void withoutOptionsTrtexecsDefaultsHold() throws TensorRtFailure {
        BuildOptions options = BuildOptions.parse("--onnx=m.onnx");
        assertEquals(200, options.warmUpMillis());
        assertEquals(3000, options.durationMillis());
        assertEquals(10, options.iterations());
        assertEquals(0, options.device());
        assertEquals(BuildOptions.Verbosity.LAYER_NAMES_ONLY, options.verbosity());
        assertEquals(Optional.empty(), options.workspace());
        assertEquals(Optional.empty(), options.number("--builderOptimizationLevel"));
    }

    @Test
    void shapesGoFromTheNarrowestToTheUsual() throws TensorRtFailure {
        BuildOptions options =
                BuildOptions.parse("--minShapes=a:1x3", "--shapes=a:2x3,'b,:c':7", "--maxShapes=a:8x3", "--fp16");
        assertArrayEquals(new long[] {1, 3}, options.shape("a", Extent.MIN).orElseThrow());
        assertArrayEquals(new long[] {2, 3}, options.shape("a", Extent.OPT).orElseThrow());
        assertArrayEquals(new long[] {8, 3}, options.shape("a", Extent.MAX).orElseThrow());
        assertArrayEquals(new long[] {2, 3}, options.shape("a").orElseThrow());
        assertArrayEquals(new long[] {7}, options.shape("b,:c", Extent.MAX).orElseThrow());
        assertEquals(Optional.empty(), options.shape("d"));
        assertEquals(Set.of("a", "b,:c"), options.shaped());
        assertTrue(options.has("--fp16"));
    }

    @Test
    void aWorkspaceIsInMebibytesUnlessItSaysOtherwise() throws TensorRtFailure {
        assertEquals(512L << 20, workspace("workspace:512"));
        assertEquals(3L << 29, workspace("workspace:1.5G"));
        assertEquals(4096, workspace("workspace:4K"));
        assertEquals(100, workspace("workspace:100B"));
    }

    private static long workspace(String text) throws TensorRtFailure {
        return BuildOptions.parse("--memPoolSize=" + text).workspace().orElseThrow();
    }

    @Test
    void whatItDoesNotKnowIsToldBeforeAnythingRuns() {
        refuses("--sparsity=force", "Unknown option: --sparsity=force; the embedded TensorRT knows --avgTiming=");
        refuses("--fp16=yes", "Unknown option: --fp16=yes");
        refuses("--onnx", "Unknown option: --onnx");
        refuses("--duration=long", "--duration must be a number, not long");
        refuses("--builderOptimizationLevel=", "must be a number");
        refuses("--memPoolSize=dlaSRAM:1", "must be workspace:SIZE here");
        refuses("--profilingVerbosity=some", "layer_names_only, detailed or none");
        refuses("--shapes=a", "NAME:1x3x224x224");
        refuses("--optShapes=a:1xN", "NAME:1x3x224x224");
        String both = assertThrows(TensorRtFailure.class, () -> BuildOptions.parse("--int8", "--fp8"))
                .getMessage();
        assertEquals("FP8 and INT8 precisions have been specified", both);
    }

    private static void refuses(String option, String message) {
        String told = assertThrows(TensorRtFailure.class, () -> BuildOptions.parse("--onnx=m", option))
                .getMessage();
        assertTrue(told.contains(message), told);
    }
}
