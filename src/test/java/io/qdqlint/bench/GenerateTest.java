package io.qdqlint.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.TensorLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
    @TempDir
    Path folder;

    private static Map<String, Long> mix(Model m) {
        return m.graph().nodes().stream()
                .collect(Collectors.groupingBy(Node::opType, TreeMap::new, Collectors.counting()));
    }

    @Test
    void yolov7HasItsLayers() throws IOException {
        Path file = folder.resolve("yolov7.onnx");
        ModelFile written = Yolo.YOLOV7.build(16);
        written.write(file, 7);
        Model m = OnnxReader.read(file);
        assertEquals(
                "{Concat=17, Constant=3, Conv=92, DequantizeLinear=184, MaxPool=8, Mul=89, QuantizeLinear=184, Reshape=3,"
                        + " Resize=2, Sigmoid=92, Transpose=3}",
                mix(m).toString());
        assertEquals(written.nodeCount(), m.graph().nodes().size());
        Tensor first = m.graph().value("stem.0.c.weight").constant();
        assertEquals("[2, 3, 3, 3]", first.shape().toString());
        assertArrayEquals(ModelFile.random(7, 54, (float) Math.sqrt(3.0 / 27)), bytes(file, first));
        assertEquals("[1, 3, 80, 80, 85]", m.graph().value("output").shape().toString());
        assertTrue(m.graph().nodes().stream()
                .filter(n -> n.opType().equals("QuantizeLinear"))
                .allMatch(n -> n.input(1).constant().doubles().isPresent()));
    }

    /** As many as the published graphs have, with that which takes the mean of a distribution. */
    @Test
    void otherYolosHaveTheirConvolutions() throws IOException {
        assertEquals(60, convolutions(Yolo.YOLOV5S));
        assertEquals(64, convolutions(Yolo.YOLOV8S));
        assertEquals(88, convolutions(Yolo.YOLO11S));
    }

    private long convolutions(Yolo yolo) throws IOException {
        Path file = folder.resolve("yolo.onnx");
        yolo.build(16).write(file, 1);
        return mix(OnnxReader.read(file)).get("Conv");
    }

    private static byte[] bytes(Path file, Tensor tensor) {
        Tensor loaded = new TensorLoader(file).load(tensor).orElseThrow();
        return ((Storage.Inline) loaded.storage()).bytes();
    }

    @Test
    void chainsHaveTheNodesAskedFor() throws IOException {
        Path file = folder.resolve("chain.onnx");
        for (int nodes : new int[] {100, 1000}) {
            new Chain().build(nodes).write(file, 1);
            Model m = OnnxReader.read(file);
            assertEquals(nodes, m.graph().nodes().size());
            Map<String, Long> mix = mix(m);
            long quantizers = mix.get("QuantizeLinear") + mix.get("DequantizeLinear");
            assertTrue(quantizers >= 0.45 * nodes && quantizers <= 0.6 * nodes);
            assertEquals(mix.get("Concat"), mix.get("MaxPool"));
        }
    }
}
