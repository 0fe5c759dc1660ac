package io.qdqlint.constraints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.bench.Yolo;
import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of YOLO's shape need quantizers at the residual inputs of their blocks: each is named, and each kind of block once. */
class BlockConstraintsTest {
    private static final int DIVISOR = 16;
    private static final long SEED = 5;

    /** C3 of v5, C2f of v8, and of 11 C3k2 with a bottleneck or with C3k in it. */
    static Stream<Arguments> networks() {
        String needs = " needs quantizers at inputs 0 and 1 of its Add";
        return Stream.of(
                Arguments.of(Yolo.YOLOV5S, List.of("each of 7 modules model.*.m.*" + needs)),
                Arguments.of(Yolo.YOLOV8S, List.of("each of 6 modules model.*.m.*" + needs)),
                Arguments.of(
                        Yolo.YOLO11S,
                        List.of("each of 5 modules model.*.m.*" + needs, "each of 6 modules model.*.m.*.m.*" + needs)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void residualInputsOfBlocksNeedQuantizers(Yolo yolo, List<String> kinds, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("m.onnx");
        yolo.build(DIVISOR).write(file, SEED);
        Linter linter =
                new Linter(Linters.RULES, Target.DEFAULT, Linters.DEVICE, ConstraintFinder.TOLERANCE, InputShapes.NONE);
        Constraints found = ConstraintFinder.find(
                OnnxReader.read(file), m -> linter.derive(m).all(), linter::propose);
        assertEquals(kinds, found.notes());
        for (Constraints.Added added : found.added()) {
            assertTrue(added.node().contains("/Add"), added::toString);
            assertEquals(added.node().replaceAll("/Add.*", "").substring(1).replace('/', '.'), added.module());
            // The block's input has a quantizer at its first convolution; what the block computes has none.
            String first = added.shares() == null ? null : added.shares().quantizer();
            assertTrue(added.input() == 1 ? first == null : first.startsWith(added.module() + "."), added::toString);
        }
    }

    @Test
    void theDynamoExporterNotesTheModuleOfANode() {
        Optional<TorchModule> block = Optional.of(new TorchModule("blocks.1", "Residual"));
        assertEquals(
                block,
                TorchModule.of(Map.of(
                        "pkg.torch.onnx.name_scopes",
                        "['', 'blocks', 'blocks.1', 'add_1']",
                        "pkg.torch.onnx.class_hierarchy",
                        "['networks.ResNet', 'torch.nn.modules.container.Sequential', 'networks.Residual',"
                                + " 'aten.add.Tensor']")));
        assertEquals(
                block,
                TorchModule.of(Map.of(
                        "namespace",
                        ": networks.ResNet/blocks: torch.nn.modules.container.Sequential/blocks.1: networks.Residual/add_1:"
                                + " aten.add.Tensor")));
        assertEquals(Optional.empty(), TorchModule.of(Map.of("namespace", ": networks.ResNet/add: aten.add.Tensor")));
        assertEquals(Optional.empty(), TorchModule.of(Map.of()));
        assertEquals("blocks.*", block.get().pattern());
    }
}
