package io.qdqlint.onnx;

import static io.qdqlint.ir.InvalidModelException.quote;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.NodeDraft;
import io.qdqlint.ir.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Graphs, nodes and value lists of the textual syntax. */
final class TextGraphs {
    /** The text of a node, from its first token to just after its last, as offsets. */
    record Span(NodeDraft node, int from, int to) {}

    private final TextCursor in;
    private final TextTypes types;
    private final TextTensors tensors;
    private final TextAttributes attributes;
    private final List<Span> spans = new ArrayList<>();
    private int depth;

    TextGraphs(TextCursor in) {
        this.in = in;
        types = new TextTypes(in);
        tensors = new TextTensors(in);
        attributes = new TextAttributes(in, types, tensors, this::graph);
    }

    /** Every node read so far, those of bodies and functions included. */
    List<Span> spans() {
        return spans;
    }

    GraphBuilder graph() {
        int from = in.next();
        if (++depth > GraphScanner.MAX_DEPTH) {
            throw in.error(from, "graphs are nested more than " + GraphScanner.MAX_DEPTH + " deep");
        }
        GraphBuilder graph = new GraphBuilder(in.name("the name of a graph"));
        in.expect('(');
        values(')', v -> {
            in.at(
                    v.offset(),
                    () -> graph.input(v.name(), v.type().type(), v.type().shape()));
            initializer(graph, v);
        });
        in.expectArrow();
        in.expect('(');
        values(')', v -> graph.output(v.name(), v.type().type(), v.type().shape()));
        if (in.matches('<')) {
            values('>', v -> {
                if (!initializer(graph, v)) {
                    graph.declare(v.name(), v.type().type(), v.type().shape());
                }
            });
        }
        nodes().forEach(graph::node);
        depth--;
        return graph;
    }

    /** A name with its type, if it has one. */
    private record Declared(TextTypes.Type type, String name, int offset) {}

    /** The entries up to the closing bracket. */
    private void values(char close, Consumer<Declared> entry) {
        if (in.matches(close)) {
            return;
        }
        do {
            int from = in.next();
            boolean typed = types.next();
            TextTypes.Type type = typed ? types.read() : TextTypes.Type.OTHER;
            entry.accept(new Declared(type, in.name("a tensor's name"), from));
        } while (in.matches(','));
        in.expect(close);
    }

    private boolean initializer(GraphBuilder graph, Declared v) {
        if (!in.matches('=')) {
            return false;
        }
        Tensor tensor = tensors.read(v.name(), v.type(), v.offset());
        in.at(v.offset(), () -> graph.initializer(tensor));
        return true;
    }

    /** The node list in braces. */
    List<NodeDraft> nodes() {
        List<NodeDraft> out = new ArrayList<>();
        in.expect('{');
        while (!in.matches('}')) {
            int from = in.next();
            NodeDraft node = node();
            spans.add(new Span(node, from, in.end()));
            out.add(node);
        }
        return out;
    }

    private NodeDraft node() {
        String name = "";
        if (in.matches('[')) {
            name = in.peek() == ']' ? "" : in.name("the node's name");
            in.expect(']');
        }
        List<String> outputs = names('=');
        in.expect('=');
        String opType = in.identifier("an operator");
        StringBuilder domain = new StringBuilder();
        while (in.matches('.')) {
            domain.append(domain.isEmpty() ? "" : ".").append(opType);
            opType = in.identifier("the operator after its domain");
        }
        String overload = in.matches(':') ? in.identifier("the function's overload") : "";
        List<Attribute> values = attributes.list();
        in.expect('(');
        List<String> inputs = names(')');
        in.expect(')');
        if (values.isEmpty()) {
            values = attributes.list();
        }
        return new NodeDraft(
                name, ModelDraft.domain(domain.toString()), opType, overload, inputs, outputs, values, ByteRange.NONE);
    }

    /** Names separated by commas, up to but without {@code close}; one left out is empty, a last comma has no effect. */
    private List<String> names(char close) {
        List<String> out = new ArrayList<>();
        while (in.peek() != close) {
            out.add(in.peek() == ',' ? "" : in.name("a tensor's name or '" + close + "'"));
            if (!in.matches(',')) {
                break;
            }
        }
        return out;
    }

    /** The function that comes next. */
    FunctionBody function() {
        FunctionBody function = new FunctionBody();
        attributes.inFunction(true);
        TextHeader.read(in, key -> {
            switch (key) {
                case "domain" -> function.domain = in.string("the domain");
                case "overload" -> function.overload = in.string("the overload");
                case "doc_string" -> in.string("the documentation");
                case "opset_import" -> TextHeader.opsets(in, function.opsets);
                default -> {
                    return false;
                }
            }
            return true;
        });
        function.name = in.name("the name of a function");
        if (in.matches('<')) {
            do {
                int from = in.next();
                String attribute = in.name("an attribute's name");
                if (in.peek() == ':' || in.peek() == '=') {
                    Attribute value = attributes.rest(attribute);
                    if (value.value() instanceof AttributeDraft.Reference) {
                        throw in.error(from, "the default of " + quote(attribute) + " cannot refer to an attribute");
                    }
                    function.defaults.add(value);
                }
            } while (in.matches(','));
            in.expect('>');
        }
        in.expect('(');
        values(')', v -> function.inputs.add(declare(function, v)));
        in.expectArrow();
        in.expect('(');
        values(')', v -> function.outputs.add(declare(function, v)));
        if (in.matches('<')) {
            values('>', v -> declare(function, v));
        }
        function.nodes.addAll(nodes());
        attributes.inFunction(false);
        return function;
    }

    private static String declare(FunctionBody function, Declared v) {
        if (v.type().type() != DataType.UNDEFINED) {
            function.declarations.add(new FunctionBody.Declaration(
                    v.name(), v.type().type(), v.type().shape()));
        }
        return v.name();
    }
}
