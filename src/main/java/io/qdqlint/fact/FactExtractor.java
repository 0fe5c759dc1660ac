package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says in facts what is in the file, and nothing about TensorRT beyond what its parser settles before optimising. All
 * facts are immutable and point into the {@link Model}.
 */
public final class FactExtractor {
    private final DataFlow flow;
    private final ShapeInference shapes;
    private final Map<String, Double> originalScales;
    private final List<Object> facts = new ArrayList<>();

    /** The DQs that other nodes pass stored codes to, such as the Gather of an embedding. */
    private final Set<Node> ofStoredCodes = new HashSet<>();

    private FactExtractor(Graph graph, OriginalScales first, InputShapes inputs) {
        originalScales = first.scales();
        flow = new DataFlow(graph);
        shapes = new ShapeInference(flow, inputs);
    }

    /**
     * The facts of the model, in node order, after what it is meant for.
     *
     * @throws io.qdqlint.ir.InvalidModelException where the model cannot have these input shapes
     */
    public static List<Object> extract(
            Model model, Target target, Device device, Tolerance tolerance, InputShapes inputs) {
        InputShapes given = inputs.of(model);
        InputShapes closed = given.closed(model);
        FactExtractor extractor = new FactExtractor(model.graph(), OriginalScales.of(model), given);
        ShapeInference sizes = closed == given ? extractor.shapes : new ShapeInference(extractor.flow, closed);
        extractor.facts.add(target);
        extractor.facts.add(tolerance);
        extractor.facts.add(new Opset(model.opset()));
        extractor.facts.add(Producer.of(model));
        extractor.facts.add(new Shapes(extractor.shapes));
        extractor.facts.add(new Costs(extractor.shapes, sizes, closed == given ? InputShapes.NONE : closed, device));
        extractor.facts.add(new Schedule(extractor.flow));
        extractor.extract();
        model.graph().outputs().forEach(v -> extractor.facts.add(new GraphOutput(extractor.flow.origin(v))));
        return Collections.unmodifiableList(extractor.facts);
    }

    private void extract() {
        List<Node> quantizers = flow.nodes().stream()
                .filter(n -> isQuantizer(n) || isDequantizer(n))
                .toList();
        ScaleReader.Scales read = new ScaleReader(flow).read(quantizers);
        Map<Node, Scale> scales = read.byNode();
        facts.addAll(read.near());
        Ranges ranges = new Ranges(flow, scales);
        List<StoredCodes> stored = CodePaths.of(flow, shapes, scales);
        facts.addAll(stored);
        stored.forEach(codes -> ofStoredCodes.add(codes.dequantize()));
        int[] readers = countReaders();
        NodeSettings settings = new NodeSettings(flow, shapes);
        for (Node node : flow.nodes()) {
            facts.add(node);
            if (isQuantizer(node) || isDequantizer(node)) {
                quantization(node, scales.get(node), ranges);
            }
            bound(node, ranges);
            if (flow.isSettled(node)) {
                facts.add(new Settled(node, node.opType()));
            }
            if (flow.isLive(node) && !DataFlow.readsShape(node)) {
                links(node, readers);
                settings.of(node).ifPresent(facts::add);
                if (node.opType().equals("Conv") || node.opType().equals("ConvTranspose")) {
                    facts.add(settings.geometry(node));
                }
            }
        }
    }

    private void bound(Node node, Ranges ranges) {
        Value out = node.output(0);
        if (out != null && flow.isLive(node) && !isQuantizer(node) && !isDequantizer(node) && !flow.isConstant(out)) {
            Range range = ranges.of(out);
            double magnitude = Math.max(Math.abs(range.low()), Math.abs(range.high()));
            if (range.computed() && magnitude > 0 && magnitude < Double.POSITIVE_INFINITY) {
                facts.add(new Bounded(out, magnitude));
            }
        }
    }

    private static boolean isQuantizer(Node n) {
        return Operators.isQuantize(n) && n.input(0) != null && n.output(0) != null;
    }

    private static boolean isDequantizer(Node n) {
        return Operators.isDequantize(n) && n.input(0) != null && n.output(0) != null;
    }

    private void quantization(Node node, Scale scale, Ranges ranges) {
        Value input = flow.origin(node.input(0));
        Value output = node.output(0);
        Shape shape = shapes.of(input);
        if (isQuantizer(node)) {
            facts.add(new Quantize(
                    node,
                    input,
                    output,
                    shape,
                    ranges.of(input),
                    scale,
                    originalScales.getOrDefault(output.name(), scale.max()),
                    scale.group(),
                    flow.isConstant(input),
                    flow.isLive(node)));
            facts.add(new Quantizer(node, input, shape, scale, flow.isConstant(input), null));
            return;
        }
        Node from = input.producer();
        boolean weight = flow.isConstant(input)
                || from != null && isQuantizer(from) && flow.isConstant(flow.origin(from.input(0)));
        Node quantize = from != null && isQuantizer(from) ? from : null;
        facts.add(new Dequantize(
                node, input, codesType(input, scale), output, shape, scale, scale.group(), weight, flow.isLive(node)));
        facts.add(new Quantizer(node, input, shape, scale, weight || ofStoredCodes.contains(node), quantize));
    }

    /** Sums in INT32, which no Q writes, have the type of their zero point where the file does not say it. */
    private static DataType codesType(Value input, Scale scale) {
        return input.type() == DataType.UNDEFINED && scale.zeroPoint() == DataType.INT32
                ? DataType.INT32
                : input.type();
    }

    private void links(Node node, int[] readers) {
        for (int slot = 0; slot < node.inputs().size(); slot++) {
            Value value = flow.origin(node.input(slot));
            if (value == null) {
                continue;
            }
            if (flow.isConstant(value)) {
                Value read = node.input(slot);
                Node from = read.producer();
                String fromOp = from == null ? "Initializer" : Operators.of(from);
                facts.add(new Constant(read, value, from, fromOp, node, Operators.of(node), slot));
            } else {
                Node from = value.producer();
                boolean sole = readers[value.id()] == 1 && !flow.isGraphOutput(value);
                String fromOp = from == null ? "Input" : Operators.of(from);
                facts.add(new Link(value, from, fromOp, node, Operators.of(node), slot, sole));
            }
        }
    }

    private int[] countReaders() {
        int[] readers = new int[flow.valueCount()];
        for (Node node : flow.nodes()) {
            if (flow.isLive(node) && !DataFlow.readsShape(node)) {
                for (Value in : node.inputs()) {
                    if (in != null) {
                        readers[flow.origin(in).id()]++;
                    }
                }
            }
        }
        return readers;
    }
}
