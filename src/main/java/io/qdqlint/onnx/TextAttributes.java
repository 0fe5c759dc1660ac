package io.qdqlint.onnx;

import static io.qdqlint.ir.InvalidModelException.quote;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.Tensor;
import io.qdqlint.onnx.TextCursor.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Attributes of the textual syntax: {@code axis = 1}, {@code kernel: ints = [3, 3]}, {@code then_branch = g () => ...}. */
final class TextAttributes {
    private final TextCursor in;
    private final TextTypes types;
    private final TextTensors tensors;
    private final Supplier<GraphBuilder> graphs;
    private boolean inFunction;

    /** @param graphs reads the graph that comes next */
    TextAttributes(TextCursor in, TextTypes types, TextTensors tensors, Supplier<GraphBuilder> graphs) {
        this.in = in;
        this.types = types;
        this.tensors = tensors;
        this.graphs = graphs;
    }

    /** Whether values may refer to a function's attributes; elsewhere such a value counts as unread. */
    void inFunction(boolean now) {
        inFunction = now;
    }

    /** The list in angle brackets, if one comes next. */
    List<Attribute> list() {
        List<Attribute> out = new ArrayList<>();
        if (in.matches('<')) {
            do {
                out.add(rest(in.identifier("an attribute's name")));
            } while (in.matches(','));
            in.expect('>');
        }
        return out;
    }

    /** Type and value of the attribute whose name was just read. */
    Attribute rest(String name) {
        String type = "";
        if (in.matches(':')) {
            int from = in.next();
            type = in.identifier("an attribute type");
            if (!isType(type)) {
                throw in.error(from, quote(type) + " is not an attribute type such as int, floats or tensor");
            }
        }
        in.expect('=');
        int from = in.next();
        if (in.matches('[')) {
            return new Attribute(name, values(type, from));
        }
        Object value = value(type);
        check(type, value, from);
        return new Attribute(name, value);
    }

    private static boolean isType(String type) {
        String one = type.endsWith("s") ? type.substring(0, type.length() - 1) : type;
        return switch (one) {
            case "float", "int", "string", "tensor", "graph", "sparse_tensor", "type_proto" -> true;
            default -> false;
        };
    }

    private Object values(String type, int from) {
        List<Object> list = new ArrayList<>();
        String element = "";
        if (!type.isEmpty()) {
            if (!type.endsWith("s")) {
                throw in.error(from, "an attribute of type " + type + " has one value and not a list");
            }
            element = type.substring(0, type.length() - 1);
        }
        if (!in.matches(']')) {
            do {
                int at = in.next();
                Object value = value(element);
                check(element, value, at);
                if (!list.isEmpty() && list.get(0).getClass() != value.getClass()) {
                    throw in.error(at, "the values of a list must be of one type");
                }
                list.add(value);
            } while (in.matches(','));
            in.expect(']');
        } else if (type.isEmpty()) {
            throw in.error(from, "an empty list needs its type: name: ints = []");
        }
        Object first = list.isEmpty() ? null : list.get(0);
        if (first instanceof Double || type.equals("floats")) {
            return list.stream().mapToDouble(v -> (Double) v).toArray();
        } else if (first instanceof Long || type.equals("ints")) {
            return list.stream().mapToLong(v -> (Long) v).toArray();
        } else if (first instanceof String || type.equals("strings")) {
            return list.toArray(String[]::new);
        } else if (first instanceof GraphBuilder || type.equals("graphs")) {
            return list.toArray(GraphBuilder[]::new);
        }
        return new Attribute.Unread();
    }

    private void check(String type, Object value, int from) {
        boolean fits = switch (type) {
            case "float" -> value instanceof Double;
            case "int" -> value instanceof Long;
            case "string" -> value instanceof String;
            case "tensor" -> value instanceof Tensor;
            case "graph" -> value instanceof GraphBuilder;
            case "" -> true;
            default -> false;
        };
        if (!fits && !(value instanceof AttributeDraft.Reference) && !(value instanceof Attribute.Unread)) {
            throw in.error(from, "the value is not of the attribute's type " + type);
        }
    }

    private Object value(String type) {
        if (in.matches('@')) {
            String name = in.name("the name of the function's attribute");
            return inFunction ? new AttributeDraft.Reference(name) : new Attribute.Unread();
        }
        int from = in.next();
        if (types.next()) {
            TextTypes.Type declared = types.read();
            char next = in.peek();
            if (next != '{' && next != '=' && next != '"' && in.peekIdentifier().isEmpty()) {
                return new Attribute.Unread();
            }
            String name = next == '"' ? in.string("the tensor's name") : in.identifierOrEmpty();
            in.matches('=');
            return tensors.read(name, declared, from);
        }
        if (!in.peekIdentifier().isEmpty() && !in.nextIsNamedFloat()) {
            return graphs.get();
        }
        Literal literal = in.literal("an attribute's value");
        if (literal.kind() == Literal.Kind.STRING) {
            return literal.text();
        }
        if (literal.kind() == Literal.Kind.INT && !type.equals("float")) {
            return in.integer(literal, from);
        }
        return (double) Float.parseFloat(literal.text());
    }
}
