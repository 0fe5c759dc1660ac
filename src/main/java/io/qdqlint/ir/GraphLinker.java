package io.qdqlint.ir;

import static io.qdqlint.ir.InvalidModelException.quote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns names into links, from the inside out: a body sees what the graphs around it define. */
final class GraphLinker {
    /** Numbers given out so far, over all graphs of the model. */
    private static final class Counter {
        private int nodes;
        private int values;
    }

    private final GraphBuilder in;
    private final GraphLinker outer;
    private final Counter counter;
    private final Map<String, Value> values;
    /** Number of this graph's first value; the others follow without gaps. */
    private final int firstId;

    /** For each value of this graph, the number in file order of the node that computes it; -1 for inputs. */
    private int[] drafts = new int[0];

    private final List<Graph> subgraphs = new ArrayList<>();

    GraphLinker(GraphBuilder in) {
        this(in, null, new Counter());
    }

    private GraphLinker(GraphBuilder in, GraphLinker outer, Counter counter) {
        this.in = in;
        this.outer = outer;
        this.counter = counter;
        firstId = counter.values;
        values = new LinkedHashMap<>(2 * (in.nodes().size() + in.initializers.size()) + 16);
    }

    Graph link() {
        defineInputs();
        Value[][] made = defineOutputs();
        List<NodeDraft> all = in.nodes();
        Value[][] reads = new Value[all.size()][];
        int[][] dependencies = new int[all.size()][];
        boolean sorted = true;
        for (int i = 0; i < reads.length; i++) {
            reads[i] = resolve(all.get(i));
            sorted &= before(reads[i], i);
            if (all.get(i).hasBodies()) {
                Value[] captured = captured(all.get(i));
                sorted &= before(captured, i);
                dependencies[i] = producers(captured);
            }
        }
        List<Node> nodes = new ArrayList<>(all.size());
        if (sorted) {
            for (int i = 0; i < reads.length; i++) {
                nodes.add(node(all.get(i), reads[i], made[i]));
            }
        } else {
            for (int i = 0; i < reads.length; i++) {
                dependencies[i] = join(producers(reads[i]), dependencies[i]);
            }
            for (int i : TopologicalOrder.of(dependencies, all)) {
                nodes.add(node(all.get(i), reads[i], made[i]));
            }
        }
        List<Value> results = results();
        List<Value> feeds = in.inputs.keySet().stream()
                .map(values::get)
                .filter(Value::isGraphInput)
                .toList();
        return new Graph(
                in.name(),
                Collections.unmodifiableList(nodes),
                feeds,
                Collections.unmodifiableList(results),
                Collections.unmodifiableMap(values),
                Collections.unmodifiableList(subgraphs));
    }

    private void defineInputs() {
        in.inputs.forEach((n, d) -> {
            Value v = new Value(n, counter.values++);
            describe(v, d);
            v.defaulted = in.initializers.containsKey(n);
            v.graphInput = !v.defaulted;
            values.put(n, v);
        });
        in.initializers.forEach((n, t) -> {
            Value v = values.computeIfAbsent(n, name -> new Value(name, counter.values++));
            hold(v, t);
        });
    }

    private static void hold(Value v, Tensor t) {
        v.type = t.type();
        v.shape = t.shape();
        v.constant = t;
    }

    /** Defines what nodes compute; for each node, its outputs with null where an optional one is left out. */
    private Value[][] defineOutputs() {
        List<NodeDraft> nodes = in.nodes();
        drafts = new int[values.size() + nodes.size()];
        Arrays.fill(drafts, -1);
        Value[][] made = new Value[nodes.size()][];
        for (int i = 0; i < nodes.size(); i++) {
            List<String> names = nodes.get(i).outputs();
            made[i] = new Value[names.size()];
            for (int slot = 0; slot < made[i].length; slot++) {
                String output = names.get(slot);
                if (output.isEmpty()) {
                    continue;
                }
                Value v = new Value(output, counter.values++);
                int at = v.id() - firstId;
                drafts = at < drafts.length ? drafts : Arrays.copyOf(drafts, 2 * at);
                drafts[at] = i;
                if (values.put(output, v) != null) {
                    throw new InvalidModelException("tensor " + quote(output) + " is defined twice, the second time by "
                            + nodes.get(i).describe() + "; tensor names must be unique");
                }
                describe(v, in.declared.get(output));
                made[i][slot] = v;
            }
        }
        return made;
    }

    /** The values a node reads, null where an optional one is left out. */
    private Value[] resolve(NodeDraft draft) {
        List<String> names = draft.inputs();
        Value[] out = new Value[names.size()];
        for (int slot = 0; slot < out.length; slot++) {
            String name = names.get(slot);
            if (name.isEmpty()) {
                continue;
            }
            out[slot] = lookup(name);
            if (out[slot] == null) {
                throw new InvalidModelException(draft.describe() + " reads the tensor " + quote(name)
                        + ", which nothing in the file defines; export the model again");
            }
        }
        return out;
    }

    /** The values of this graph that the node's bodies read. */
    private Value[] captured(NodeDraft draft) {
        Set<String> free = new HashSet<>();
        draft.bodies().forEach(b -> free.addAll(freeNames(b)));
        return free.stream().map(values::get).filter(v -> v != null).toArray(Value[]::new);
    }

    private static Set<String> freeNames(GraphBuilder body) {
        Set<String> free = new HashSet<>(body.outputs.keySet());
        for (NodeDraft n : body.nodes()) {
            free.addAll(n.inputs());
            n.bodies().forEach(b -> free.addAll(freeNames(b)));
        }
        body.definitions().forEach(free::remove);
        return free;
    }

    private boolean before(Value[] read, int draft) {
        for (Value v : read) {
            if (v != null && draftOf(v) >= draft) {
                return false;
            }
        }
        return true;
    }

    /** Number of the node of this graph that computes the value; -1 if none does. */
    private int draftOf(Value v) {
        int at = v.id() - firstId;
        return at >= 0 && at < drafts.length ? drafts[at] : -1;
    }

    /** The drafts of this graph that compute these values. */
    private int[] producers(Value[] read) {
        return Arrays.stream(read)
                .filter(v -> v != null && draftOf(v) >= 0)
                .mapToInt(this::draftOf)
                .distinct()
                .toArray();
    }

    private static int[] join(int[] a, int[] b) {
        if (b == null) {
            return a;
        }
        int[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    private Node node(NodeDraft draft, Value[] read, Value[] made) {
        int index = counter.nodes++;
        Node node = new Node(
                index,
                draft.name(),
                draft.domain(),
                draft.opType(),
                Slots.of(read),
                Slots.of(made),
                draft.hasBodies()
                        ? draft.attributes().stream().map(this::linkBody).toList()
                        : draft.attributes(),
                draft.source());
        for (int slot = 0; slot < read.length; slot++) {
            if (read[slot] != null) {
                use(read[slot], node, slot);
            }
        }
        for (int slot = 0; slot < made.length; slot++) {
            if (made[slot] != null) {
                made[slot].producer = node;
                made[slot].outputSlot = slot;
            }
        }
        if (node.domain().isEmpty() && node.output(0) != null) {
            Constants.of(node).ifPresent(t -> hold(node.output(0), t));
        }
        return node;
    }

    private Attribute linkBody(Attribute a) {
        if (a.value() instanceof GraphBuilder body) {
            return new Attribute(a.name(), linked(body));
        }
        if (a.value() instanceof GraphBuilder[] bodies) {
            return new Attribute(
                    a.name(), Arrays.stream(bodies).map(this::linked).toArray(Graph[]::new));
        }
        return a;
    }

    private Graph linked(GraphBuilder body) {
        Graph graph = new GraphLinker(body, this, counter).link();
        subgraphs.add(graph);
        return graph;
    }

    private static void use(Value v, Node node, int slot) {
        Value.Use use = new Value.Use(node, slot);
        switch (v.uses.size()) {
            case 0 -> v.uses = List.of(use);
            case 1 -> v.uses = List.of(v.uses.get(0), use);
            case 2 -> {
                v.uses = new ArrayList<>(v.uses);
                v.uses.add(use);
            }
            default -> v.uses.add(use);
        }
    }

    private List<Value> results() {
        List<Value> results = new ArrayList<>();
        in.outputs.forEach((n, d) -> {
            Value v = lookup(n);
            if (v == null) {
                throw new InvalidModelException("graph output " + quote(n)
                        + " is produced by no node; the file may be cut short, download or export it again");
            }
            describe(v, d);
            v.graphOutput = true;
            results.add(v);
        });
        return results;
    }

    private static void describe(Value v, GraphBuilder.Declared d) {
        if (d != null) {
            v.type = d.type() == DataType.UNDEFINED ? v.type : d.type();
            v.shape = d.shape() == null ? v.shape : d.shape();
        }
    }

    private Value lookup(String valueName) {
        for (GraphLinker l = this; l != null; l = l.outer) {
            Value v = l.values.get(valueName);
            if (v != null) {
                return v;
            }
        }
        return null;
    }
}
