package io.qdqlint.verify;

import ai.onnxruntime.OrtException;
import io.qdqlint.fix.Edit;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads tensors inside of models, a few at a time, as all of them may need too much memory. */
final class Probe {
    /** Elements fetched at a time: 128 MB of FP32. */
    private static final long BATCH = 1L << 25;

    /** The number of elements that a tensor of unknown size counts as. */
    private static final long UNKNOWN = BATCH / 16;

    private Probe() {}

    /** The edits that make tensors outputs, for those that are none yet. */
    static List<Edit> edits(Graph graph, Collection<String> tensors) {
        Set<String> outputs = new Outputs(graph).names();
        List<Edit> edits = new ArrayList<>();
        for (String tensor : tensors) {
            if (outputs.add(tensor)) {
                edits.add(new Edit.AddOutput(tensor));
            }
        }
        return edits;
    }

    /** The tensors that some claims are about, without the inputs of the model. */
    static Set<String> tensors(List<Claim> claims, Set<String> inputs) {
        Set<String> names = new LinkedHashSet<>();
        for (Claim claim : claims) {
            names.add(claim.original());
            names.add(claim.quantized());
        }
        names.removeAll(inputs);
        return names;
    }

    /** Checks claims on every input. */
    static List<Held> claims(List<Claim> claims, Graph graph, OrtModel model, List<Map<String, Feed>> feeds)
            throws OrtException {
        Map<Claim, Held> held = new LinkedHashMap<>();
        List<Value> quantized =
                claims.stream().map(c -> graph.value(c.quantized())).toList();
        for (List<Value> batch : batches(quantized)) {
            List<Claim> some = claims.stream()
                    .filter(c -> batch.contains(graph.value(c.quantized())))
                    .toList();
            for (Map<String, Feed> feed : feeds) {
                Map<String, Feed> values = model.run(feed, tensors(some, feed.keySet()));
                for (Claim claim : some) {
                    Feed original = values.getOrDefault(claim.original(), feed.get(claim.original()));
                    held.put(claim, Held.check(claim, original, values.get(claim.quantized()), held.get(claim)));
                }
            }
        }
        return List.copyOf(held.values());
    }

    /** Compares tensors that both models have, on one input. */
    static Map<String, DriftSum> compare(List<Value> tensors, OrtModel before, OrtModel after, Map<String, Feed> feed)
            throws OrtException {
        Map<String, DriftSum> sums = new LinkedHashMap<>();
        for (List<Value> batch : batches(tensors)) {
            Set<String> names = new LinkedHashSet<>();
            batch.forEach(v -> names.add(v.name()));
            Map<String, Feed> was = before.run(feed, names);
            Map<String, Feed> is = after.run(feed, names);
            was.values().removeIf(f -> !f.type().isFloat());
            for (Map.Entry<String, Feed> tensor : was.entrySet()) {
                DriftSum sum = new DriftSum(tensor.getKey(), Drift.Means.NUMBERS, 0);
                sum.add(tensor.getValue(), is.get(tensor.getKey()));
                sums.put(tensor.getKey(), sum);
            }
        }
        return sums;
    }

    /** The tensors in groups that fit into memory. */
    static List<List<Value>> batches(List<Value> tensors) {
        List<List<Value>> batches = new ArrayList<>();
        long room = 0;
        for (Value tensor : tensors) {
            long known = tensor.shape() == null ? -1 : tensor.shape().elements();
            long elements = known < 0 ? UNKNOWN : known;
            if (batches.isEmpty() || room < elements) {
                batches.add(new ArrayList<>());
                room = BATCH;
            }
            batches.get(batches.size() - 1).add(tensor);
            room -= elements;
        }
        return batches;
    }
}
