package io.qdqlint.finding;

import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.KernelKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Costs that can be added up: a kernel that several findings remove costs the first of them only. */
public final class KernelsOnce {
    private KernelsOnce() {}

    /**
     * The findings with such costs.
     *
     * @param findings that are shown together
     * @param forecast of their model
     */
    public static List<Finding> of(List<Finding> findings, Forecast forecast) {
        Map<String, Cost> costs = new HashMap<>();
        for (Forecast.Kernel kernel : forecast.kernels()) {
            costs.put(kernel.name(), new Cost(1, kernel.bytes(), kernel.micros()));
        }
        Set<KernelKey> counted = new HashSet<>();
        List<Finding> out = new ArrayList<>();
        for (Finding finding : findings) {
            Cost cost = finding.cost();
            if (cost.kernels() != finding.kernels().size()) {
                // An advised edit: what other findings remove is not in its cost.
                out.add(finding);
                continue;
            }
            for (KernelKey kernel : finding.kernels()) {
                Cost known = costs.get(kernel.name());
                if (!counted.add(kernel) && known != null) {
                    cost = cost.minus(known);
                }
            }
            out.add(cost.equals(finding.cost()) ? finding : finding.says(finding.message(), cost));
        }
        return out;
    }
}
