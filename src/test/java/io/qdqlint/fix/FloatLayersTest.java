package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.rewrite.Bypass;
import io.qdqlint.rewrite.DequantizeFirst;
import io.qdqlint.rewrite.FoldClip;
import io.qdqlint.rewrite.FoldConstant;
import io.qdqlint.rewrite.GemmAsConv;
import io.qdqlint.rewrite.LeaveInFloat;
import io.qdqlint.rewrite.MakeSymmetric;
import io.qdqlint.rewrite.MatchZeroPoint;
import io.qdqlint.rewrite.MovePair;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.RepairScale;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.SetAxis;
import io.qdqlint.rewrite.SetWindow;
import io.qdqlint.rewrite.UnifyScales;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FloatLayersTest {
    /** A new kind of edit has to be put on one side. */
    @Test
    void eachEditPutsPairsInOrDoesNot() {
        Set<Class<?>> all = new HashSet<>(FloatLayers.PUT_PAIRS_IN);
        all.addAll(Set.of(
                UnifyScales.class,
                RemovePair.class,
                Bypass.class,
                MovePair.class,
                GemmAsConv.class,
                LeaveInFloat.class,
                FoldConstant.class,
                FoldClip.class,
                DequantizeFirst.class,
                MakeSymmetric.class,
                SetAxis.class,
                SetWindow.class,
                MatchZeroPoint.class,
                RepairScale.class));
        assertEquals(Set.of(Rewrite.class.getPermittedSubclasses()), all);
    }

    @Test
    void leavesTheLayersThatAreNamedAndNoOthers() throws IOException {
        Model model = OnnxReader.read(Path.of("examples/resnet50.monkey.onnx"));
        Linter linter = Linters.ENGINES;
        Set<String> before = FloatLayers.quantized(model);
        String first = before.iterator().next();
        try (Weights weights = new Weights(model.file())) {
            Fix fix = FloatLayers.leave(model, Set.of(first), linter::propose, weights);
            Set<String> expected = new TreeSet<>(before);
            expected.remove(first);
            assertEquals(expected, FloatLayers.quantized(fix.after()));
            assertTrue(fix.steps().stream().anyMatch(s -> s.says().contains("stays in floating point")));
        }
    }
}
