package io.qdqlint.fact;

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
 * The scales that quantizers had before a fix gave them one scale, so that a second fix does not lose bits little by little. They
 * are the model's metadata entry {@code qdqlint.scales}: a line for each group of quantizers, and in it for each quantizer, after
 * tabs, its original scale, a space, and the tensor that it writes.
 *
 * @param groups the quantizers that share a scale, each as the tensor that it writes
 * @param scales the scale that each had before, by that tensor
 */
public record OriginalScales(List<Set<String>> groups, Map<String, Double> scales) {
    public static final String METADATA = "qdqlint.scales";

    public OriginalScales {
        groups = List.copyOf(groups);
        scales = Map.copyOf(scales);
    }

    /** The entry of the model; empty where no fix has changed a scale. */
    public static OriginalScales of(Model model) {
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
        return new OriginalScales(groups, scales);
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
