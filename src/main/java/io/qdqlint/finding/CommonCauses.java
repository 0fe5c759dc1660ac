package io.qdqlint.finding;

import io.qdqlint.forecast.KernelKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Joins the findings that one setting of an exporter causes into one finding, which names the setting. */
public final class CommonCauses {
    /** Up to this many findings of a cause are shown one by one: the user can fix them by hand. */
    private static final int FEW = 3;

    private CommonCauses() {}

    /**
     * The findings. More than {@link #FEW} of one rule and cause become one.
     *
     * @param setting the setting that a cause comes from, as the exporter's user writes it
     */
    public static List<Finding> group(List<Finding> findings, Function<Cause, Optional<String>> setting) {
        Map<Object, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding f : findings) {
            Object key = f.cause().isKnown() ? List.of(f.ruleId(), f.cause()) : f;
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(f);
        }
        List<Finding> out = new ArrayList<>();
        for (List<Finding> group : groups.values()) {
            if (group.size() > FEW) {
                out.add(withSetting(together(group), setting));
            } else {
                group.forEach(f -> out.add(withSetting(f, setting)));
            }
        }
        return out;
    }

    private static Finding withSetting(Finding f, Function<Cause, Optional<String>> setting) {
        return f.cause().isKnown()
                ? setting.apply(f.cause())
                        .map(s -> f.remedy(f.remedy() + "; " + s))
                        .orElse(f)
                : f;
    }

    private static Finding together(List<Finding> group) {
        List<Finding> members = group.stream()
                .sorted(Comparator.comparingInt(f -> f.node().index()))
                .toList();
        List<Place> places = new ArrayList<>();
        Set<KernelKey> kernels = new LinkedHashSet<>();
        Cost cost = Cost.NONE;
        for (Finding f : members) {
            String note = f.places().isEmpty() ? "" : f.places().get(0).note();
            places.add(new Place(f.node(), null, null, note));
            kernels.addAll(f.kernels());
            cost = cost.plus(f.cost());
        }
        Finding first = members.get(0);
        return new Finding(
                first.ruleId(),
                first.slug(),
                first.severity(),
                first.node(),
                members.size() + " " + first.cause().says(),
                first.cause().remedy(),
                List.copyOf(places),
                cost,
                List.copyOf(kernels),
                first.cause(),
                members.size());
    }
}
