package io.qdqlint.onnx;

import static io.qdqlint.ir.InvalidModelException.quote;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.ByteRange;
import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.NodeDraft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the bodies of model-local functions in the place of their calls, as TensorRT's parser does. */
final class FunctionInliner {
    /** Calls within calls and bodies within bodies. */
    private static final int MAX_DEPTH = GraphScanner.MAX_DEPTH;

    private static final int MAX_NODES = 1_000_000;

    /** Of all names made here together; each call within a call makes them longer. */
    private static final long MAX_CHARACTERS = 100_000_000;

    /** Inputs and outputs of all nodes made here together. */
    private static final long MAX_PLACES = 20_000_000;

    private final Map<FunctionBody.Key, FunctionBody> functions = new HashMap<>();
    private final Set<FunctionBody.Key> active = new LinkedHashSet<>();
    /** Names in use, so that a name made here is new. */
    private final Set<String> names = new HashSet<>();
    /** The number to try next after a name that is in use. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private int inlined;
    private long characters;
    private long places;
    private int depth;

    FunctionInliner(List<FunctionBody> all) {
        for (FunctionBody f : all) {
            if (functions.put(f.key(), f) != null) {
                throw new InvalidModelException("the function " + quote(f.name) + " of domain " + quote(f.domain)
                        + " is defined twice; export the model again");
            }
        }
    }

    void inline(GraphBuilder graph) {
        collectNames(graph);
        graph.replaceNodes(expand(graph.nodes(), graph));
    }

    private void collectNames(GraphBuilder graph) {
        names.addAll(graph.definitions());
        for (NodeDraft n : graph.nodes()) {
            n.bodies().forEach(this::collectNames);
        }
    }

    /** The nodes with calls replaced; {@code owner} is the graph that they stand in. */
    private List<NodeDraft> expand(List<NodeDraft> nodes, GraphBuilder owner) {
        if (++depth > MAX_DEPTH) {
            throw new InvalidModelException("functions and bodies are nested more than " + MAX_DEPTH
                    + " deep, more than any ONNX tool accepts; the file is damaged or malicious");
        }
        List<NodeDraft> out = new ArrayList<>(nodes.size());
        for (NodeDraft node : nodes) {
            FunctionBody.Key key = new FunctionBody.Key(node.domain(), node.opType(), node.overload());
            FunctionBody function = functions.get(key);
            if (function == null) {
                node.bodies().forEach(b -> b.replaceNodes(expand(b.nodes(), b)));
                out.add(node);
                continue;
            }
            if (!active.add(key)) {
                throw new InvalidModelException("the function " + quote(function.name)
                        + " calls itself, directly or through others, which ONNX does not allow");
            }
            out.addAll(expand(call(node, function, owner), owner));
            active.remove(key);
        }
        depth--;
        return out;
    }

    /** Counts a node that is about to be copied, with those in its bodies. */
    private void count(NodeDraft node) {
        inlined++;
        places += node.inputs().size() + node.outputs().size();
        if (inlined > MAX_NODES || places > MAX_PLACES) {
            throw new InvalidModelException("the model's functions expand to more than "
                    + (inlined > MAX_NODES ? MAX_NODES + " nodes" : MAX_PLACES + " inputs and outputs of nodes")
                    + "; inline or simplify them first");
        }
        node.bodies().forEach(body -> body.nodes().forEach(this::count));
    }

    /** A name for something in a function, after the name of the call. */
    private String name(String prefix, String name) {
        characters += prefix.length() + name.length() + 1;
        if (characters > MAX_CHARACTERS) {
            throw new InvalidModelException(
                    "the model's functions expand to more than " + MAX_CHARACTERS
                            + " characters of names; shorten the names of their nodes, or inline or simplify the functions first");
        }
        return prefix + "/" + name;
    }

    /** The function's nodes with the call's names and attributes. */
    private List<NodeDraft> call(NodeDraft call, FunctionBody function, GraphBuilder owner) {
        function.nodes.forEach(this::count);
        String prefix = !call.name().isEmpty()
                ? call.name()
                : call.outputs().stream().filter(o -> !o.isEmpty()).findFirst().orElse(function.name);
        Scope scope = new Scope(prefix, null, Set.of());
        for (int i = 0; i < function.inputs.size(); i++) {
            scope.given.put(
                    function.inputs.get(i),
                    i < call.inputs().size() ? call.inputs().get(i) : "");
        }
        List<NodeDraft> out = new ArrayList<>(function.nodes.size());
        for (int i = 0; i < Math.min(function.outputs.size(), call.outputs().size()); i++) {
            String formal = function.outputs.get(i);
            String actual = call.outputs().get(i);
            if (actual.isEmpty()) {
                continue;
            }
            String before = scope.given.putIfAbsent(formal, actual);
            if (before != null) {
                // an input, or an earlier output, handed through
                out.add(new NodeDraft(
                        name(prefix, formal),
                        "",
                        "Identity",
                        "",
                        List.of(before),
                        List.of(actual),
                        List.of(),
                        ByteRange.NONE));
            }
        }
        Map<String, Attribute> supplied = new HashMap<>();
        function.defaults.forEach(a -> supplied.put(a.name(), a));
        call.attributes().forEach(a -> supplied.put(a.name(), a));
        for (NodeDraft node : function.nodes) {
            NodeDraft copy = GraphBuilder.copy(node, scope, a -> resolve(a, supplied));
            out.add(node.name().isEmpty() ? copy : copy.withName(name(prefix, node.name())));
        }
        for (FunctionBody.Declaration d : function.declarations) {
            if (!function.inputs.contains(d.value()) && !function.outputs.contains(d.value())) {
                owner.declare(scope.apply(d.value()), d.type(), d.shape());
            }
        }
        return out;
    }

    /** New names for the values of a function or of a body in it: the call's for inputs and outputs, unused ones else. */
    private final class Scope implements GraphBuilder.Renaming {
        private final Map<String, String> given = new HashMap<>();
        private final String prefix;
        private final Scope around;
        private final Collection<String> own;

        /** @param own names that a body defines itself, whatever they mean {@code around} it */
        Scope(String prefix, Scope around, Collection<String> own) {
            this.prefix = prefix;
            this.around = around;
            this.own = own;
        }

        @Override
        public String apply(String name) {
            return around == null || own.contains(name)
                    ? given.computeIfAbsent(name, this::unused)
                    : around.apply(name);
        }

        private String unused(String name) {
            String plain = name(prefix, name);
            String made = plain;
            while (!names.add(made)) {
                made = plain + "_" + numbers.merge(plain, 1, Integer::sum);
            }
            return made;
        }

        @Override
        public GraphBuilder.Renaming within(GraphBuilder body) {
            return new Scope(prefix, this, new HashSet<>(body.definitions()));
        }
    }

    private static Attribute resolve(Attribute a, Map<String, Attribute> supplied) {
        if (!(a.value() instanceof AttributeDraft.Reference reference)) {
            return a;
        }
        Attribute value = supplied.get(reference.name());
        return value == null ? null : new Attribute(a.name(), value.value());
    }
}
