package io.qdqlint.constraints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.forecast.EngineArchive;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NVIDIA's guide to quantization-aware training of YOLOv7 has a script that pairs convolutions whose input quantizers become
 * one, from the exported ONNX file: all that quantize the output of a Concat, and all that quantize one of its inputs, go with the
 * first after it (reported again for each after it); all that quantize the input of a MaxPool go with the one after it. What it pairs
 * has to be in one group here.
 */
class HandMadePairsTest {
    /** Two quantizers that the guide makes one. */
    private record Pair(Node first, Node second) {}

    private static List<Node> quantizers(Value tensor) {
        return tensor.uses().stream()
                .map(Value.Use::node)
                .filter(n -> n.opType().equals("QuantizeLinear"))
                .toList();
    }

    private static List<Pair> pairs(Model model) {
        List<Pair> pairs = new ArrayList<>();
        for (Node node : model.graph().nodes()) {
            boolean concat = node.opType().equals("Concat");
            if (!concat && !node.opType().equals("MaxPool")) {
                continue;
            }
            List<Node> behind = quantizers(node.output(0));
            if (behind.isEmpty()) {
                continue;
            }
            for (Node each : concat ? behind : behind.subList(0, 1)) {
                if (each != behind.get(0)) {
                    pairs.add(new Pair(behind.get(0), each));
                }
                for (Value in : node.inputs()) {
                    quantizers(in).forEach(other -> pairs.add(new Pair(behind.get(0), other)));
                }
            }
        }
        return pairs;
    }

    @Test
    void areASubsetOfTheConstraintsOfYolov7(@TempDir Path folder) throws IOException {
        Model model = OnnxReader.read(EngineArchive.read("trt10.6-h100/lab.zip", folder).models().stream()
                .filter(m -> m.name().equals("yolov7.monkey"))
                .findFirst()
                .orElseThrow()
                .model());
        Linter linter =
                new Linter(Linters.RULES, Target.DEFAULT, Linters.DEVICE, ConstraintFinder.TOLERANCE, InputShapes.NONE);
        Constraints found = ConstraintFinder.find(model, m -> linter.derive(m).all(), linter::propose);
        Map<String, Integer> groupOf = new HashMap<>();
        for (int i = 0; i < found.shared().size(); i++) {
            for (Constraints.Quantizer q : found.shared().get(i).members()) {
                groupOf.put(q.node(), i);
            }
        }
        List<Pair> pairs = pairs(model);
        for (Pair pair : pairs) {
            Integer group = groupOf.get(pair.first().name());
            assertTrue(
                    group != null && group.equals(groupOf.get(pair.second().name())),
                    () -> pair.first().name() + " and " + pair.second().name());
        }
        assertEquals(44, pairs.size());
        assertEquals(42, new HashSet<>(pairs).size());
    }
}
