package io.qdqlint.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what a file says about a graph, in any order, and links it. Subgraph bodies are builders themselves (given as
 * attribute values), since what they capture may be defined later in the file.
 */
public final class GraphBuilder {
    /** A tensor's declared type and shape; {@code shape} may be null. */
    private record Declared(DataType type, Shape shape) {}

    private record Draft(
            String name,
            String domain,
            String opType,
            List<String> inputs,
            List<String> outputs,
            List<Attribute> attributes,
            ByteRange source) {}

    private final String name;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<String, Tensor> initializers = new LinkedHashMap<>();
    private final Map<String, Declared> inputs = new LinkedHashMap<>();
    private final Map<String, Declared> outputs = new LinkedHashMap<>();
    private final Map<String, Declared> declared = new HashMap<>();

    public GraphBuilder(String name) {
        this.name = name;
    }

    public GraphBuilder input(String value, DataType type, Shape shape) {
        if (inputs.put(value, new Declared(type, shape)) != null) {
            throw new InvalidModelException("graph '" + name + "' declares the input '" + value + "' twice");
        }
        return this;
    }

    public GraphBuilder output(String value, DataType type, Shape shape) {
        outputs.put(value, new Declared(type, shape));
        return this;
    }

    /** A {@code value_info} entry. */
    public GraphBuilder declare(String value, DataType type, Shape shape) {
        declared.put(value, new Declared(type, shape));
        return this;
    }

    public GraphBuilder initializer(Tensor tensor) {
        if (initializers.put(tensor.name(), tensor) != null) {
            throw new InvalidModelException("the initializer '" + tensor.name() + "' is there twice");
        }
        return this;
    }

    /**
     * A node. Empty names stand for omitted inputs and outputs. Attribute values are those of {@link Attribute}, with
     * {@code GraphBuilder} (or an array of them) in the place of a graph.
     */
    public GraphBuilder node(
            String nodeName,
            String domain,
            String opType,
            List<String> nodeInputs,
            List<String> nodeOutputs,
            List<Attribute> attributes,
            ByteRange source) {
        drafts.add(new Draft(nodeName, domain, opType, nodeInputs, nodeOutputs, attributes, source));
        return this;
    }

    /**
     * Links everything.
     *
     * @throws InvalidModelException where a tensor is defined twice or not at all, or the graph has a cycle
     */
    public Graph build() {
        return new Linker(null, new Counter()).link(this);
    }

    /** Numbers given out so far, over all graphs of the model. */
    private static final class Counter {
        private int nodes;
        private int values;
    }

    /** Resolves names from the inside out: a body sees what the graphs around it define. */
    private static final class Linker {
        private final Linker outer;
        private final Counter counter;
        private final Map<String, Value> values = new LinkedHashMap<>();

        Linker(Linker outer, Counter counter) {
            this.outer = outer;
            this.counter = counter;
        }

        Graph link(GraphBuilder in) {
            in.inputs.forEach((n, d) -> {
                Value v = define(n, d);
                v.graphInput = !in.initializers.containsKey(n);
            });
            in.initializers.forEach((n, t) -> {
                Value v = value(n);
                v.type = t.type();
                v.shape = t.shape();
                v.constant = t;
            });
            List<Draft> drafts = in.drafts;
            Map<String, Integer> producers = new HashMap<>(drafts.size() * 2);
            for (int i = 0; i < drafts.size(); i++) {
                for (String output : drafts.get(i).outputs()) {
                    if (!output.isEmpty() && (producers.put(output, i) != null || values.containsKey(output))) {
                        throw new InvalidModelException("tensor '" + output + "' is defined twice, the second time by "
                                + describe(drafts.get(i)));
                    }
                }
            }
            List<Node> nodes = new ArrayList<>(drafts.size());
            List<Graph> subgraphs = new ArrayList<>();
            for (int i : order(drafts, producers)) {
                nodes.add(node(drafts.get(i), in, subgraphs));
            }
            List<Value> results = new ArrayList<>();
            in.outputs.forEach((n, d) -> {
                Value v = lookup(n);
                if (v == null) {
                    throw new InvalidModelException("graph output '" + n + "' is produced by no node");
                }
                describe(v, d);
                v.graphOutput = true;
                results.add(v);
            });
            List<Value> feeds =
                    in.inputs.keySet().stream().map(values::get).filter(Value::isGraphInput).toList();
            return new Graph(
                    in.name,
                    Collections.unmodifiableList(nodes),
                    feeds,
                    Collections.unmodifiableList(results),
                    Collections.unmodifiableMap(values),
                    Collections.unmodifiableList(subgraphs));
        }

        private Node node(Draft draft, GraphBuilder in, List<Graph> subgraphs) {
            List<Value> ins = new ArrayList<>(draft.inputs().size());
            for (String input : draft.inputs()) {
                Value v = input.isEmpty() ? null : lookup(input);
                if (v == null && !input.isEmpty()) {
                    throw new InvalidModelException(
                            describe(draft) + " reads the tensor '" + input + "', which nothing in the file defines");
                }
                ins.add(v);
            }
            List<Value> outs = new ArrayList<>(draft.outputs().size());
            for (String output : draft.outputs()) {
                outs.add(output.isEmpty() ? null : define(output, in.declared.get(output)));
            }
            int index = counter.nodes++;
            List<Attribute> attributes = draft.attributes();
            if (attributes.stream().anyMatch(a -> a.value() instanceof GraphBuilder || a.value() instanceof GraphBuilder[])) {
                attributes = attributes.stream().map(a -> linkBody(a, subgraphs)).toList();
            }
            Node node = new Node(
                    index,
                    draft.name(),
                    draft.domain(),
                    draft.opType(),
                    Collections.unmodifiableList(ins),
                    Collections.unmodifiableList(outs),
                    attributes,
                    draft.source());
            for (int slot = 0; slot < ins.size(); slot++) {
                if (ins.get(slot) != null) {
                    use(ins.get(slot), node, slot);
                }
            }
            for (int slot = 0; slot < outs.size(); slot++) {
                if (outs.get(slot) != null) {
                    outs.get(slot).producer = node;
                    outs.get(slot).outputSlot = slot;
                }
            }
            if (node.opType().equals("Constant") && node.domain().isEmpty() && node.output(0) != null) {
                Constants.of(node).ifPresent(t -> {
                    node.output(0).constant = t;
                    node.output(0).type = t.type();
                    node.output(0).shape = t.shape();
                });
            }
            return node;
        }

        private Attribute linkBody(Attribute a, List<Graph> subgraphs) {
            if (a.value() instanceof GraphBuilder body) {
                Graph graph = new Linker(this, counter).link(body);
                subgraphs.add(graph);
                return new Attribute(a.name(), graph);
            }
            if (a.value() instanceof GraphBuilder[] bodies) {
                Graph[] graphs = Arrays.stream(bodies)
                        .map(b -> new Linker(this, counter).link(b))
                        .toArray(Graph[]::new);
                subgraphs.addAll(Arrays.asList(graphs));
                return new Attribute(a.name(), graphs);
            }
            return a;
        }

        private static void use(Value v, Node node, int slot) {
            if (v.uses.isEmpty()) {
                v.uses = List.of(new Value.Use(node, slot));
                return;
            }
            if (v.uses.size() == 1) {
                v.uses = new ArrayList<>(v.uses);
            }
            v.uses.add(new Value.Use(node, slot));
        }

        private Value define(String valueName, Declared d) {
            Value v = value(valueName);
            describe(v, d);
            return v;
        }

        private static void describe(Value v, Declared d) {
            if (d != null) {
                v.type = d.type() == DataType.UNDEFINED ? v.type : d.type();
                v.shape = d.shape() == null ? v.shape : d.shape();
            }
        }

        private Value value(String valueName) {
            return values.computeIfAbsent(valueName, n -> new Value(n, counter.values++));
        }

        private Value lookup(String valueName) {
            for (Linker l = this; l != null; l = l.outer) {
                Value v = l.values.get(valueName);
                if (v != null) {
                    return v;
                }
            }
            return null;
        }

        /**
         * File order when that is topological; otherwise sorted (TensorRT's parser sorts too). Kahn's algorithm over the
         * producers within this graph; a body's captures do not take part.
         */
        private static int[] order(List<Draft> drafts, Map<String, Integer> producers) {
            int n = drafts.size();
            boolean sorted = true;
            for (int i = 0; i < n && sorted; i++) {
                for (String input : drafts.get(i).inputs()) {
                    sorted &= producers.getOrDefault(input, -1) < i;
                }
            }
            int[] order = new int[n];
            if (sorted) {
                Arrays.setAll(order, i -> i);
                return order;
            }
            int[] waiting = new int[n];
            List<List<Integer>> readers = new ArrayList<>(Collections.nCopies(n, List.of()));
            for (int i = 0; i < n; i++) {
                for (String input : drafts.get(i).inputs()) {
                    Integer p = producers.get(input);
                    if (p != null) {
                        waiting[i]++;
                        if (readers.get(p).isEmpty()) {
                            readers.set(p, new ArrayList<>());
                        }
                        readers.get(p).add(i);
                    }
                }
            }
            ArrayDeque<Integer> ready = new ArrayDeque<>();
            for (int i = 0; i < n; i++) {
                if (waiting[i] == 0) {
                    ready.add(i);
                }
            }
            int done = 0;
            while (!ready.isEmpty()) {
                int i = ready.remove();
                order[done++] = i;
                for (int reader : readers.get(i)) {
                    if (--waiting[reader] == 0) {
                        ready.add(reader);
                    }
                }
            }
            if (done < n) {
                int stuck = 0;
                while (waiting[stuck] == 0) {
                    stuck++;
                }
                throw new InvalidModelException(
                        "the graph has a cycle: " + describe(drafts.get(stuck)) + " depends on its own output");
            }
            return order;
        }

        private static String describe(Draft d) {
            return d.name().isEmpty()
                    ? "the unnamed " + d.opType() + " node that makes '"
                            + d.outputs().stream().findFirst().orElse("") + "'"
                    : d.opType() + " node '" + d.name() + "'";
        }
    }
}
