package io.qdqlint.trt.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
import io.qdqlint.trt.MeasuredEngineReader;
import io.qdqlint.trt.compare.LayerGroup.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineComparisonTest {
    private static final Path ENGINES = Path.of("src/test/resources/engines");

    @Test
    void theStoryOfYolov7IsTold() throws IOException {
        EngineComparison comparison = EngineComparison.of(engine("yolov7.monkey.int8"), engine("yolov7.tied.int8"));
        List<String> story = ComparisonStory.of(comparison);
        assertTrue(story.get(0).contains("B is 1.48 times as fast"), story.get(0));
        assertTrue(
                story.get(1).contains("57 stand-alone quantize kernels that take 479 µs, 28 % of its time"),
                story.get(1));
        assertTrue(story.get(1).contains("B has 1 stand-alone quantize kernel"), story.get(1));
        assertTrue(story.get(2).contains("at the network's input"), story.get(2));
        assertEquals(LayerKind.QUANTIZE, comparison.kinds().get(0).kind());
    }

    @Test
    void aGroupHoldsAConvItsActivationAndItsQuantizers() throws IOException {
        EngineComparison comparison = EngineComparison.of(engine("yolov7.monkey.int8"), engine("yolov7.tied.int8"));
        LayerGroup worst = comparison.groups().get(0);
        assertEquals("/e1/o/c/Conv", worst.title());
        assertEquals(
                List.of(LayerKind.CONVOLUTION, LayerKind.POINTWISE, LayerKind.QUANTIZE, LayerKind.QUANTIZE),
                worst.a().stream().map(EngineLayer::kind).toList());
        assertEquals(1, worst.b().size());
        assertEquals(EnumSet.of(Difference.QUANTIZERS, Difference.FUSION, Difference.PRECISION), worst.differences());
        assertEquals(
                "2 quantize kernels fewer; fused in B: Conv + Sigmoid, Mul; writes INT8 instead of FP32",
                worst.explanation());
    }

    private static EngineLayer pointwise(String... nodes) {
        return new EngineLayer("l", "PointWiseV2", "", List.of(), List.of(), List.of(nodes), "");
    }

    @Test
    void aListThatIsCutSaysHowManyMoreThereAre() {
        List<EngineLayer> split = List.of(
                pointwise("/a", "/b", "/c", "/d", "/e"),
                pointwise("/f"),
                pointwise("/g"),
                pointwise("/h"),
                pointwise("/i"),
                pointwise("/j"));
        assertEquals(
                "fused in B: a, b, c, 2 more + f + g + h + 2 more",
                new GroupDifference(split, List.of(pointwise("/a", "/j"))).explanation());
    }

    @Test
    void everyLayerButConstantsIsInOneGroup() throws IOException {
        MeasuredEngine a = engine("yolov7.monkey.int8");
        EngineComparison comparison = EngineComparison.of(a, engine("yolov7.tied.int8"));
        assertEquals(
                a.count(l -> l.kind() != LayerKind.CONSTANT),
                comparison.groups().stream().mapToInt(g -> g.a().size()).sum());
        assertEquals(
                a.totalMicros(),
                comparison.groups().stream().mapToDouble(LayerGroup::microsA).sum(),
                0.01);
    }

    @Test
    void anEngineDoesNotDifferFromItself() throws IOException {
        EngineComparison comparison = EngineComparison.of(engine("unet.monkey.int8"), engine("unet.monkey.int8"));
        assertTrue(comparison.groups().stream().allMatch(g -> g.differences().isEmpty() && g.delta() == 0));
        assertTrue(ComparisonStory.of(comparison).get(0).contains("the same time"));
    }

    @Test
    void enginesWithoutTimesOrDetailAreComparedAsFarAsTheyGo() throws IOException {
        MeasuredEngine names = MeasuredEngineReader.read(ENGINES.resolve("trt8.6-modelInformation.json"));
        EngineComparison comparison = EngineComparison.of(names, engine("unet.monkey.int8"));
        assertFalse(comparison.isTimed());
        assertTrue(ComparisonStory.of(comparison).get(0).contains("--profilingVerbosity=detailed"));
    }

    private static MeasuredEngine engine(String name) throws IOException {
        return MeasuredEngineReader.read(ENGINES.resolve(name));
    }
}
