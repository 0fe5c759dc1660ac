package io.qdqlint.trt.verdict;

import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Node;
import io.qdqlint.trt.EngineLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Pairs forecast kernels with the engine's stand-alone quantizers. A pair shares an ONNX node and each is in one pair at
 * most; as many pairs are made as can be (augmenting paths).
 */
final class KernelMatcher {
    private static final Pattern CLONE = Pattern.compile("_clone_\\d+$");

    private final List<Set<String>> forecast;
    private final List<Set<String>> real;
    private final int[] owner;

    private KernelMatcher(List<Set<String>> forecast, List<Set<String>> real) {
        this.forecast = forecast;
        this.real = real;
        this.owner = new int[real.size()];
        Arrays.fill(owner, -1);
    }

    /** For each forecast kernel, the place of its partner in {@code real}; -1 without one. */
    static int[] match(List<Forecast.Kernel> kernels, List<EngineLayer> real) {
        KernelMatcher matcher = new KernelMatcher(
                kernels.stream().map(k -> names(k.nodes())).toList(),
                real.stream().map(KernelMatcher::names).toList());
        for (int i = 0; i < kernels.size(); i++) {
            matcher.place(i, new HashSet<>());
        }
        int[] partners = new int[kernels.size()];
        Arrays.fill(partners, -1);
        for (int k = 0; k < matcher.owner.length; k++) {
            if (matcher.owner[k] >= 0) {
                partners[matcher.owner[k]] = k;
            }
        }
        return partners;
    }

    /** Names of the ONNX nodes a quantizer came from: from its own name where the engine gives none. */
    static Set<String> names(EngineLayer layer) {
        return layer.onnxNodes().isEmpty()
                ? Set.of(CLONE.matcher(layer.name()).replaceFirst(""))
                : Set.copyOf(layer.onnxNodes());
    }

    private static Set<String> names(List<Node> nodes) {
        Set<String> out = new HashSet<>();
        nodes.forEach(n -> out.add(n.name()));
        return out;
    }

    private boolean place(int kernel, Set<Integer> seen) {
        List<Integer> candidates = new ArrayList<>();
        for (int k = 0; k < real.size(); k++) {
            if (real.get(k).stream().anyMatch(forecast.get(kernel)::contains)) {
                candidates.add(k);
            }
        }
        for (int k : candidates) {
            if (seen.add(k) && (owner[k] < 0 || place(owner[k], seen))) {
                owner[k] = kernel;
                return true;
            }
        }
        return false;
    }
}
