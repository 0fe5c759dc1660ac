package io.qdqlint.report;

import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small graphs with Q/DQ, written a line a node. */
public final class Graphs {
    private final GraphBuilder builder = new GraphBuilder("main");
    private long offset = 100;

    public Graphs input(String name, long... dims) {
        builder.input(name, DataType.FLOAT, Shape.of(dims));
        return this;
    }

    public Graphs output(String name) {
        builder.output(name, DataType.FLOAT, null);
        return this;
    }

    public Graphs shape(String name, long... dims) {
        builder.declare(name, DataType.FLOAT, Shape.of(dims));
        return this;
    }

    public Graphs node(String name, String opType, List<String> inputs, String output) {
        builder.node(name, "", opType, inputs, List.of(output), List.of(), new ByteRange(offset, 80));
        offset += 80;
        return this;
    }

    public Graphs weight(String name, long... dims) {
        builder.initializer(new Tensor(name, DataType.INT8, Shape.of(dims), new Storage.Absent()));
        return this;
    }

    /** {@code output = DQ(Q(input))}; the nodes are {@code name/Q} and {@code name/DQ}. */
    public Graphs pair(String name, String input, String output, double scale, int zeroPoint) {
        scales(name + "/scale", scale);
        builder.initializer(new Tensor(
                name + "/zero", DataType.INT8, Shape.of(), new Storage.Inline(new byte[] {(byte) zeroPoint})));
        List<String> rest = List.of(name + "/scale", name + "/zero");
        node(name + "/Q", "QuantizeLinear", List.of(input, rest.get(0), rest.get(1)), name + "/q");
        return node(name + "/DQ", "DequantizeLinear", List.of(name + "/q", rest.get(0), rest.get(1)), output);
    }

    /** {@code output = DQ(weight)} with the scales given. */
    public Graphs dequantizedWeight(String weight, String output, double... scales) {
        scales(weight + "/scale", scales);
        return node(weight + "/DQ", "DequantizeLinear", List.of(weight, weight + "/scale"), output);
    }

    private void scales(String name, double... scales) {
        ByteBuffer data = ByteBuffer.allocate(4 * scales.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double s : scales) {
            data.putFloat((float) s);
        }
        Shape shape = scales.length == 1 ? Shape.of() : Shape.of(scales.length);
        builder.initializer(new Tensor(name, DataType.FLOAT, shape, new Storage.Inline(data.array())));
    }

    public Model model(String file) {
        return new Model(Path.of(file), 8, "test", Map.of("", 13L), builder.build(), Map.of());
    }

    public static Node node(Model model, String name) {
        return node(model.graph(), name);
    }

    private static Node node(Graph graph, String name) {
        return graph.nodes().stream()
                .filter(n -> n.rawName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Two branches that meet in a Concat with different scales, and an asymmetric quantizer at the input. */
    public static Model branches(String file) {
        return new Graphs()
                .input("image", 1, 3, 64, 64)
                .weight("/stem/weight", 16, 3, 3, 3)
                .dequantizedWeight("/stem/weight", "/stem/w", 0.001, 0.02, 0.003)
                .pair("/stem/in", "image", "/stem/x", 0.0078125, 3)
                .node("/stem/Conv", "Conv", List.of("/stem/x", "/stem/w"), "/stem/Conv_output_0")
                .shape("/stem/Conv_output_0", 1, 16, 64, 64)
                .node("/stem/Relu", "Relu", List.of("/stem/Conv_output_0"), "/stem/Relu_output_0")
                .shape("/stem/Relu_output_0", 1, 16, 64, 64)
                .pair("/left/in", "/stem/Relu_output_0", "/left/x", 0.0512, 0)
                .weight("/left/weight", 16, 16, 3, 3)
                .dequantizedWeight("/left/weight", "/left/w", 0.01)
                .node("/left/Conv", "Conv", List.of("/left/x", "/left/w"), "/left/Conv_output_0")
                .shape("/left/Conv_output_0", 1, 16, 64, 64)
                .node("/Concat", "Concat", List.of("/left/Conv_output_0", "/stem/Relu_output_0"), "/Concat_output_0")
                .shape("/Concat_output_0", 1, 32, 64, 64)
                .pair("/head/in", "/Concat_output_0", "/head/x", 0.021, 0)
                .weight("/head/weight", 8, 32, 1, 1)
                .dequantizedWeight("/head/weight", "/head/w", 0.01)
                .node("/head/Conv", "Conv", List.of("/head/x", "/head/w"), "scores")
                .shape("scores", 1, 8, 64, 64)
                .output("scores")
                .model(file);
    }
}
