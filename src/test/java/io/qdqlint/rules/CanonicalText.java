package io.qdqlint.rules;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a model computes, without the names of what is between its inputs and outputs, the order of nodes that do not depend
 * on each other, and which constants share an initializer. Numbers have six digits.
 */
final class CanonicalText {
    private final Map<Value, String> names = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private CanonicalText() {}

    static List<String> of(Model model) {
        CanonicalText text = new CanonicalText();
        Graph graph = model.graph();
        graph.inputs().forEach(v -> text.names.put(v, v.name()));
        graph.outputs().forEach(v -> text.lines.add(v.name() + " = " + text.name(v)));
        text.lines.add(graph.nodes().size() + " nodes");
        return text.lines;
    }

    private String name(Value value) {
        if (value == null) {
            return "-";
        }
        String known = names.get(value);
        if (known != null) {
            return known;
        }
        if (value.isConstant()) {
            return tensor(value.constant());
        }
        Node node = value.producer();
        String attributes = node.attributes().stream()
                .sorted(Comparator.comparing(Attribute::name))
                .map(a -> a.name() + "=" + text(a.value()))
                .collect(Collectors.joining(","));
        String inputs = node.inputs().stream().map(this::name).collect(Collectors.joining(", "));
        String number = "%" + lines.size();
        lines.add(number + " = " + node.opType() + "<" + attributes + ">(" + inputs + ")");
        for (int i = 0; i < node.outputs().size(); i++) {
            names.put(node.output(i), number + (i == 0 ? "" : ":" + i));
        }
        return names.get(value);
    }

    private static String tensor(Tensor tensor) {
        String type = tensor.type().onnxName() + tensor.shape();
        if (tensor.type() == DataType.INT8
                && Arrays.stream(tensor.longs().orElseThrow()).allMatch(v -> v == 0)) {
            return type + "{0}";
        }
        return type
                + Arrays.stream(tensor.doubles().orElseThrow())
                        .mapToObj(v -> String.format(Locale.ROOT, "%.5e", v))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String text(Object value) {
        return value instanceof long[] v
                ? Arrays.toString(v)
                : value instanceof double[] d ? Arrays.toString(d) : String.valueOf(value);
    }
}
