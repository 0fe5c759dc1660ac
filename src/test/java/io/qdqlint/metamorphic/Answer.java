package io.qdqlint.metamorphic;

import io.qdqlint.fact.Scale;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.UnifyScales;
import io.qdqlint.rules.run.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What qdqlint says of a model, in lines: findings, forecast and rewrites, without the numbers of scale groups.
 *
 * @param derived all that follows from the model
 */
record Answer(Diagnosis diagnosis, Result derived) {
    /** What names the first of several. */
    private static final Pattern FIRST = Pattern.compile("(quantizers that meet|the parts of) (?:at )?'[^']*'");

    /** As findings are reported. */
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Comparator.comparingDouble(Answer::micros).reversed())
            .thenComparingInt(f -> f.node().index())
            .thenComparing(Finding::ruleId)
            .thenComparing(Finding::message);

    static Answer of(Linter linter, Model model) {
        return new Answer(linter.lint(model), linter.derive(model));
    }

    private static double micros(Finding f) {
        return Double.isNaN(f.cost().micros()) ? 0 : f.cost().micros();
    }

    List<String> lines() {
        return lines(true);
    }

    /** The lines without what depends on which node or tensor stands first. */
    List<String> inNoOrder() {
        return lines(false).stream()
                .map(line -> FIRST.matcher(line).replaceAll("$1"))
                .sorted()
                .toList();
    }

    private List<String> lines(boolean ordered) {
        List<String> lines = new ArrayList<>();
        // Several of one cause are one finding, where they are many: not of a model by its parts.
        derived.all(Finding.class).stream().sorted(ORDER).forEach(f -> lines.add(finding(f, ordered)));
        Forecast forecast = diagnosis.forecast();
        forecast.blockers().forEach(b -> lines.add("stops at " + b.node() + ": " + b.message()));
        forecast.layers()
                .forEach(l -> lines.add("layer " + l.node() + " " + l.precision() + " " + l.macs() + " macs with "
                        + names(l.fused(), ordered)));
        forecast.kernels()
                .forEach(k -> lines.add(String.format(
                        Locale.ROOT,
                        "kernel %s of %s for %s, %d bytes, %.6g us, %s: %s",
                        k.kind(),
                        k.value(),
                        names(k.nodes(), ordered),
                        k.bytes(),
                        k.micros(),
                        k.avoidable(),
                        k.why())));
        forecast.lostFusions()
                .forEach(l -> lines.add(
                        "lost " + l.kind() + " " + l.before() + " and " + l.after() + ", " + l.micros() + " us"));
        derived.all(Rewrite.class).stream()
                .sorted(Comparator.comparing((Rewrite r) -> r.at().index()))
                .forEach(r -> lines.add(rewrite(r, ordered)));
        return lines;
    }

    /** Of several nodes of one kind a finding is at the first, and speaks of the others as places. */
    private static String finding(Finding f, boolean ordered) {
        Cost c = f.cost();
        return String.format(
                Locale.ROOT,
                "%s %s%s: %s; %s; %s; %d kernels, %d bytes, %.6g us; %s",
                f.ruleId(),
                f.severity(),
                ordered ? " at " + f.node() : "",
                f.message(),
                f.remedy(),
                names(
                        f.places().stream()
                                .map(p -> (p.value() != null && p.value().isConstant() ? "" : p.node() + "/")
                                        + p.value() + " " + p.scale() + " " + p.note())
                                .toList(),
                        ordered),
                c.kernels(),
                c.bytes(),
                c.micros(),
                names(f.kernels().stream().map(k -> k.tensor()).toList(), ordered));
    }

    private static String rewrite(Rewrite rewrite, boolean ordered) {
        if (rewrite instanceof UnifyScales unify) {
            return "UnifyScales " + unify.rule() + (ordered ? " at " + unify.at() : "")
                    + names(unify.members(), ordered);
        }
        if (rewrite instanceof QuantizeInput input && !ordered) {
            // Of several quantizers of one scale it is the first.
            String scale = input.like() == null
                    ? "none"
                    : Scale.number(input.like().input(1).constant().doubles().orElseThrow()[0]);
            return "QuantizeInput " + input.rule() + " " + input.node() + " " + input.slot() + " like " + scale;
        }
        return ordered ? rewrite.toString() : rewrite.toString().replaceAll("at=[^,]*, ", "");
    }

    private static List<String> names(List<?> all, boolean ordered) {
        return ordered
                ? all.stream().map(String::valueOf).toList()
                : all.stream().map(String::valueOf).sorted().toList();
    }
}
