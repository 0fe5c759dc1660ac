package io.qdqlint.report.html;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A kernel that only converts.
 *
 * @param more nodes beyond those listed
 * @param size bytes, for sorting
 * @param micros for sorting; 0 where it is not known
 * @param share its time in percent of the costliest kernel's
 * @param rule the rule of the finding that removes it; empty where none does
 * @param anchor where that finding is in the page; empty where it is not there
 */
public record KernelView(
        String kind,
        List<String> nodes,
        int more,
        String tensor,
        String scales,
        String bytes,
        long size,
        String time,
        double micros,
        double share,
        boolean avoidable,
        String rule,
        String anchor,
        List<String> why) {
    /** The most kernels that a page lists. */
    static final int MOST = 2000;

    private static final int NAME = 160;
    private static final int SENTENCE = 1000;
    private static final int NODES = 4;

    /**
     * The costliest first, at most {@link #MOST}.
     *
     * @param anchors findings by their ids in the page
     */
    static List<KernelView> of(Diagnosis diagnosis, Map<String, Finding> anchors) {
        Map<Finding, String> ids = new IdentityHashMap<>();
        anchors.forEach((id, finding) -> ids.put(finding, id));
        List<Forecast.Kernel> kernels = new ArrayList<>(diagnosis.forecast().kernels());
        kernels.sort(Comparator.comparingDouble(k -> -known(k.micros())));
        double costliest = kernels.isEmpty() ? 0 : known(kernels.get(0).micros());
        List<KernelView> out = new ArrayList<>();
        for (Forecast.Kernel kernel : kernels.subList(0, Math.min(MOST, kernels.size()))) {
            Finding finding = kernel.avoidable() ? removing(kernel, diagnosis.findings()) : null;
            out.add(of(
                    kernel,
                    costliest,
                    finding == null ? "" : finding.ruleId(),
                    finding == null ? "" : ids.getOrDefault(finding, "")));
        }
        return out;
    }

    private static Finding removing(Forecast.Kernel kernel, List<Finding> findings) {
        String kind = kernel.kind().name().toLowerCase(Locale.ROOT);
        for (Finding finding : findings) {
            if (finding.kernels().stream()
                    .anyMatch(k -> k.tensor() == kernel.value() && k.kind().equals(kind))) {
                return finding;
            }
        }
        return null;
    }

    private static KernelView of(Forecast.Kernel k, double costliest, String rule, String anchor) {
        List<String> names = k.nodes().stream()
                .limit(NODES)
                .map(n -> Printable.line(n.name(), NAME))
                .toList();
        List<String> all = k.nodes().stream()
                .filter(QuantizerText::isQuantizer)
                .map(QuantizerText::scale)
                .distinct()
                .toList();
        String scales = all.stream().limit(NODES).collect(Collectors.joining(", "))
                + (all.size() > NODES ? " and " + (all.size() - NODES) + " more" : "");
        return new KernelView(
                k.kind().name().toLowerCase(Locale.ROOT),
                names,
                k.nodes().size() - names.size(),
                k.value() == null ? "" : Printable.line(k.value().name(), NAME),
                scales.isEmpty() ? "" : "scale " + scales,
                Amounts.bytes(k.bytes()),
                k.bytes(),
                Amounts.micros(k.micros()),
                known(k.micros()),
                costliest > 0 ? 100 * known(k.micros()) / costliest : 0,
                k.avoidable(),
                rule,
                anchor,
                k.why().stream().map(w -> Printable.line(w, SENTENCE)).toList());
    }

    private static double known(double micros) {
        return Double.isNaN(micros) ? 0 : micros;
    }
}
