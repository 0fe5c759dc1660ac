package io.qdqlint.constraints;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Notes about the quantizers that blocks need, one for all blocks of a kind: these share the forward() that has to call the quantizers. */
final class BlockKinds {
    private final Map<TorchModule, Map<String, TreeSet<Integer>>> needed = new LinkedHashMap<>();

    /** @param slot the input of an operator of the module that needs a quantizer; -1 for what it computes */
    void add(TorchModule module, String op, int slot) {
        needed.computeIfAbsent(module, m -> new TreeMap<>())
                .computeIfAbsent(op, o -> new TreeSet<>())
                .add(slot);
    }

    /** A sentence without an end for each kind that several modules are of. */
    List<String> notes() {
        Map<List<Object>, Long> kinds = needed.entrySet().stream()
                .collect(Collectors.groupingBy(
                        e -> List.of(kind(e.getKey()), e.getValue()), LinkedHashMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(e -> "each of " + e.getValue() + " modules " + e.getKey().get(0) + " needs "
                        + quantizers(e.getKey().get(1)))
                .toList();
    }

    private static String kind(TorchModule module) {
        return module.pattern() + (module.type() == null ? "" : " (" + module.type() + ")");
    }

    private static String quantizers(Object operators) {
        return ((Map<?, ?>) operators)
                .entrySet().stream()
                        .map(e -> quantizers((String) e.getKey(), (TreeSet<?>) e.getValue()))
                        .collect(Collectors.joining(", and "));
    }

    private static String quantizers(String op, TreeSet<?> slots) {
        List<String> inputs =
                slots.stream().map(String::valueOf).filter(s -> !s.equals("-1")).toList();
        if (inputs.isEmpty()) {
            return "a quantizer after its " + op;
        }
        return inputs.size() == 1
                ? "a quantizer at input " + inputs.get(0) + " of its " + op
                : "quantizers at inputs " + String.join(" and ", inputs) + " of its " + op;
    }
}
