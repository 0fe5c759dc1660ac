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
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints a model in ONNX's textual syntax (onnx/docs/Syntax.md), a node a line. Tensors with more elements than requested,
 * and those whose elements are not in memory, are printed as {@code {...}}, which is for people and not for a parser.
 */
public final class OnnxTextWriter {
    private final int elements;
    private final List<String> lines = new ArrayList<>();

    private final boolean whole;

    private OnnxTextWriter(int elements, boolean whole) {
        this.elements = elements;
        this.whole = whole;
    }

    /**
     * The model line by line.
     *
     * @param elements the most elements of a tensor to print
     */
    public static List<String> lines(Model model, int elements) {
        return lines(model, elements, false);
    }

    private static List<String> lines(Model model, int elements, boolean whole) {
        OnnxTextWriter writer = new OnnxTextWriter(elements, whole);
        writer.model(model);
        return writer.lines;
    }

    /**
     * Writes a model, with the guarantees of {@link OnnxWriter}.
     *
     * @throws IOException naming a tensor whose elements are not in memory, or an attribute that was not decoded
     */
    public static void write(Model model, Path target) throws IOException {
        write(model, target, AtomicFile.Check.NONE);
    }

    static void write(Model model, Path target, AtomicFile.Check check) throws IOException {
        String text;
        try {
            text = String.join("\n", lines(model, Integer.MAX_VALUE, true)) + "\n";
        } catch (Unwritable e) {
            throw new IOException(
                    target + ": " + e.getMessage() + " in ONNX's textual syntax; write to a .onnx file", e);
        }
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
            return a.name() + ": floats = " + list(Arrays.stream(ds).mapToObj(OnnxTextWriter::number));
        }
        if (value instanceof long[] ls) {
            return a.name() + ": ints = " + Arrays.toString(ls);
        }
        if (value instanceof String s) {
            return a.name() + " = " + quote(s);
        }
        if (value instanceof String[] ss) {
            return a.name() + ": strings = " + list(Arrays.stream(ss).map(this::quote));
        }
        if (value instanceof Tensor t) {
            return a.name() + " = " + tensor(t, t.name());
        }
        if (value instanceof Long l) {
            return a.name() + " = " + l;
        }
        return a.name() + " = " + leftOut("the attribute '" + a.name() + "' has no form");
    }

    private static String list(Stream<String> elements) {
        return elements.collect(Collectors.joining(", ", "[", "]"));
    }

    /** The text in place of something that is not printed. */
    private String leftOut(String why) {
        if (whole) {
            throw new Unwritable(why);
        }
        return "...";
    }

    /** Something that the syntax has no form for, or that is not in memory. */
    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwritable(String message) {
            super(message);
        }
    }

    private String tensor(Tensor tensor, String name) {
        String head = type(tensor.type(), tensor.shape()) + (name.isEmpty() ? "" : " " + name(name)) + " ";
        double[] values = tensor.elements() <= elements ? tensor.doubles().orElse(null) : null;
        if (values == null) {
            String why = "the tensor '" + tensor.name() + "', which is not in memory, is not written";
            return head + (name.isEmpty() ? "" : "= ") + "{" + leftOut(why) + "}";
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

    private String typed(List<Value> values) {
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

    private String names(List<Value> values) {
        return values.stream().map(v -> v == null ? "\"\"" : name(v.name())).collect(Collectors.joining(", "));
    }

    /** An identifier as it is; anything else in quotes. */
    private String name(String name) {
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

    /** A backslash takes the next character as it is, so that a line break has to stand there itself. */
    private String quote(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return '"' + (whole ? escaped : escaped.replace("\n", "\\n")) + '"';
    }
}
