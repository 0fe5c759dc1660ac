package io.qdqlint.rules;

import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.onnx.OnnxTextReader;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.PlaceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A fixture with its findings in full: the comment lines directly below each {@code # finding:}. */
final class FixtureText {
    private static final String EXPECTATION = "# finding:";
    private static final String INDENT = "    # ";

    private FixtureText() {}

    /**
     * The text of the fixture, with these findings in place of those that stand in it.
     *
     * @param findings by the name of their node's first output
     */
    static String of(Path fixture, Map<String, List<Finding>> findings) {
        List<String> out = new ArrayList<>();
        Iterator<String> nodes = OnnxTextReader.expectations(fixture).keySet().iterator();
        boolean below = false;
        for (String line : RuleFolder.read(fixture).lines().toList()) {
            boolean expects = line.contains(EXPECTATION);
            below = expects || below && line.strip().startsWith("#");
            if (expects || !below) {
                out.add(line);
            }
            if (expects) {
                findings.getOrDefault(nodes.next(), List.of()).forEach(f -> write(f, out));
            }
        }
        return String.join("\n", out) + "\n";
    }

    private static void write(Finding f, List<String> out) {
        out.add(INDENT + f.ruleId() + " " + f.severity().word() + ": " + f.message());
        out.add(INDENT + "  remedy: " + f.remedy());
        for (Place place : f.places()) {
            String name =
                    place.value() == null ? place.node().name() : place.value().name();
            out.add(INDENT + "  at " + name + ": " + PlaceText.of(place));
        }
        String cost = Amounts.cost(f.cost(), "");
        if (!cost.isEmpty()) {
            String kernels = f.kernels().stream().map(KernelKey::name).collect(Collectors.joining(", "));
            out.add(INDENT + "  cost: " + cost + (kernels.isEmpty() ? "" : ": " + kernels));
        }
        if (f.cause().isKnown()) {
            out.add(INDENT + "  many: " + f.cause().says());
            out.add(INDENT + "  remedy of many: " + f.cause().remedy());
        }
    }
}
