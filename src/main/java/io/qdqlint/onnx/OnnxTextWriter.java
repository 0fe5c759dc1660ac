package io.qdqlint.onnx;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Prints a model in ONNX's textual syntax (onnx/docs/Syntax.md), a node a line. Tensors with more elements than asked for,
 * and those whose elements are not in memory, are printed as {@code {...}}, which is for people and not for a parser.
 */
public final class OnnxTextWriter {
    private final int elements;
    private final List<String> lines = new ArrayList<>();

    private OnnxTextWriter(int elements) {
        this.elements = elements;
    }

    /**
     * The model line by line.
     *
     * @param elements the most elements of a tensor to print
     */
    public static List<String> lines(Model model, int elements) {
        OnnxTextWriter writer = new OnnxTextWriter(elements);
        writer.model(model);
        return writer.lines;
    }

    /** Writes a model whose tensors are all in memory, with the guarantees of {@link OnnxWriter}. */
    public static void write(Model model, Path target) throws IOException {
        write(model, target, AtomicFile.Check.NONE);
    }

    static void write(Model model, Path target, AtomicFile.Check check) throws IOException {
        String text = String.join("\n", lines(model, Integer.MAX_VALUE)) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(
                target,
                channel -> {
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                },
                check);
    }

    private void model(Model model) {
        String opsets = model.opsets().entrySet().stream()
                .map(e -> quote(e.getKey()) + " : " + e.getValue())
                .collect(Collectors.joining(", ", "[", "]"));
        String metadata = model.metadata().entrySet().stream()
                .map(e -> quote(e.getKey()) + " : " + quote(e.getValue()))
                .collect(Collectors.joining(", ", "[", "]"));
        lines.add("<ir_version: " + model.irVersion() + ", opset_import: " + opsets
                + (model.metadata().isEmpty() ? "" : ", metadata_props: " + metadata) + ">");
        graph(model.graph(), "");
    }

    private void graph(Graph graph, String indent) {
        lines.add(indent + name(graph.name().isEmpty() ? "graph" : graph.name()) + " " + typed(graph.inputs()) + " => "
                + typed(graph.outputs()));
        List<String> constants = new ArrayList<>();
        for (Value v : graph.values()) {
            if (v.constant() != null && v.producer() == null) {
                constants.add(tensor(v.constant(), v.name()));
            }
        }
        for (int i = 0; i < constants.size(); i++) {
            lines.add(indent + (i == 0 ? "<" : " ") + constants.get(i) + (i == constants.size() - 1 ? ">" : ","));
        }
        lines.add(indent + "{");
        graph.nodes().forEach(n -> node(n, indent + "    "));
        lines.add(indent + "}");
    }

    private void node(Node node, String indent) {
        StringBuilder line = new StringBuilder(indent);
        if (!node.rawName().isEmpty()) {
            line.append('[').append(name(node.rawName())).append("] ");
        }
        line.append(names(node.outputs())).append(" = ");
        line.append(node.domain().isEmpty() ? "" : node.domain() + ".")
                .append(node.opType())
                .append(' ');
        StringJoiner attributes = new StringJoiner(", ", "<", "> ").setEmptyValue("");
        List<Attribute> bodies = new ArrayList<>();
        for (Attribute a : node.attributes()) {
            if (a.value() instanceof Graph || a.value() instanceof Graph[]) {
                bodies.add(a);
            } else {
                attributes.add(attribute(a));
            }
        }
        line.append(attributes).append('(').append(names(node.inputs())).append(')');
        if (bodies.isEmpty()) {
            lines.add(line.toString());
            return;
        }
        lines.add(line + " <");
        for (int i = 0; i < bodies.size(); i++) {
            Attribute a = bodies.get(i);
            lines.add(indent + "  " + a.name() + " =");
            graph(a.value() instanceof Graph g ? g : ((Graph[]) a.value())[0], indent + "    ");
            if (i < bodies.size() - 1) {
                lines.add(indent + "  ,");
            }
        }
        lines.add(indent + ">");
    }

    private String attribute(Attribute a) {
        Object value = a.value();
        if (value instanceof Double d) {
            return a.name() + ": float = " + number(d);
        }
        if (value instanceof double[] ds) {
            StringJoiner out = new StringJoiner(", ", "[", "]");
            for (double d : ds) {
                out.add(number(d));
            }
            return a.name() + ": floats = " + out;
        }
        if (value instanceof long[] ls) {
            StringJoiner out = new StringJoiner(", ", "[", "]");
            for (long l : ls) {
                out.add(Long.toString(l));
            }
            return a.name() + ": ints = " + out;
        }
        if (value instanceof String s) {
            return a.name() + " = " + quote(s);
        }
        if (value instanceof String[] ss) {
            StringJoiner out = new StringJoiner(", ", "[", "]");
            for (String s : ss) {
                out.add(quote(s));
            }
            return a.name() + ": strings = " + out;
        }
        if (value instanceof Tensor t) {
            return a.name() + " = " + tensor(t, t.name());
        }
        return a.name() + " = " + (value instanceof Long l ? l.toString() : "...");
    }

    private String tensor(Tensor tensor, String name) {
        String head = type(tensor.type(), tensor.shape()) + (name.isEmpty() ? "" : " " + name(name)) + " ";
        double[] values = tensor.elements() <= elements ? tensor.doubles().orElse(null) : null;
        if (values == null) {
            return head + (name.isEmpty() ? "" : "= ") + "{...}";
        }
        StringJoiner out = new StringJoiner(", ", "{", "}");
        if (tensor.type() == DataType.FLOAT || tensor.type() == DataType.DOUBLE) {
            for (double v : values) {
                out.add(number(v));
            }
        } else {
            for (long v : integers(tensor)) {
                out.add(Long.toString(v));
            }
        }
        return head + (name.isEmpty() ? "" : "= ") + out;
    }

    /** The elements; of the small floating-point types their bit patterns, as the syntax has it. */
    private static long[] integers(Tensor tensor) {
        DataType type = switch (tensor.type()) {
            case FLOAT16, BFLOAT16 -> DataType.UINT16;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 -> DataType.UINT8;
            case FLOAT4E2M1 -> DataType.UINT4;
            default -> tensor.type();
        };
        return new Tensor(tensor.name(), type, tensor.shape(), tensor.storage())
                .longs()
                .orElse(new long[0]);
    }

    private static String typed(List<Value> values) {
        return values.stream()
                .map(v -> (v.type() == DataType.UNDEFINED ? "" : type(v.type(), v.shape()) + " ") + name(v.name()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String type(DataType type, io.qdqlint.ir.Shape shape) {
        if (shape == null) {
            return type.onnxName() + "[]";
        }
        return type.onnxName() + (shape.rank() == 0 ? "" : shape.toString().replace(", ", ","));
    }

    private static String names(List<Value> values) {
        return values.stream().map(v -> v == null ? "\"\"" : name(v.name())).collect(Collectors.joining(", "));
    }

    /** An identifier as it is; anything else in quotes. */
    private static String name(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : quote(name);
    }

    /** The shortest decimal that gives the same number. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-inf" : "inf";
        }
        return (float) value == value ? Float.toString((float) value) : Double.toString(value);
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
