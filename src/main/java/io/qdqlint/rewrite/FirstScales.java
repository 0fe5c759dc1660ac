package io.qdqlint.rewrite;

import io.qdqlint.ir.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a fix writes into a model about the scales that it made one, so that later ones do not lose bits little by little:
 * the metadata entry {@code qdqlint.scales}. It has a line for each group of quantizers, and in it for each, after tabs,
 * its first scale, a space, and the tensor that it writes.
 *
 * @param groups the quantizers that share a scale, by the tensor that each writes
 * @param scales the scale that each had before
 */
public record FirstScales(List<Set<String>> groups, Map<String, Double> scales) {
    public static final String METADATA = "qdqlint.scales";

    public FirstScales {
        groups = List.copyOf(groups);
        scales = Map.copyOf(scales);
    }

    /** What the model's metadata say; nothing where no fix has made scales one. */
    public static FirstScales of(Model model) {
        List<Set<String>> groups = new ArrayList<>();
        Map<String, Double> scales = new HashMap<>();
        for (String line : model.metadata().getOrDefault(METADATA, "").split("\n")) {
            Set<String> group = new TreeSet<>();
            for (String entry : line.split("\t")) {
                int space = entry.indexOf(' ');
                double scale = space > 0 ? number(entry.substring(0, space)) : Double.NaN;
                if (scale > 0) {
                    group.add(entry.substring(space + 1));
                    scales.put(entry.substring(space + 1), scale);
                }
            }
            if (!group.isEmpty()) {
                groups.add(Collections.unmodifiableSet(group));
            }
        }
        return new FirstScales(groups, scales);
    }

    /** NaN for what no fix has written: other tools may write into the metadata too. */
    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** The value of the metadata entry. */
    public String text() {
        return groups.stream()
                .map(group -> group.stream()
                        .map(name -> scales.get(name) + " " + name)
                        .collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
    }
}
