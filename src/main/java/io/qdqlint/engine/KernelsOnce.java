package io.qdqlint.engine;

import io.qdqlint.concept.StandAlone;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.KernelKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Costs that can be added up: a kernel that several findings remove costs the first of them only. */
final class KernelsOnce {
    private KernelsOnce() {}

    static List<Finding> of(List<Finding> findings, Collection<StandAlone> kernels) {
        Map<KernelKey, Cost> costs = new HashMap<>();
        kernels.forEach(k -> costs.put(new KernelKey(k.kind(), k.tensor(), k.scale()), k.cost()));
        Set<KernelKey> counted = new HashSet<>();
        List<Finding> out = new ArrayList<>();
        for (Finding finding : findings) {
            Cost cost = finding.cost();
            for (KernelKey kernel : finding.kernels()) {
                if (!counted.add(kernel) && costs.containsKey(kernel)) {
                    cost = cost.minus(costs.get(kernel));
                }
            }
            out.add(cost.equals(finding.cost()) ? finding : finding.says(finding.message(), cost));
        }
        return out;
    }
}
