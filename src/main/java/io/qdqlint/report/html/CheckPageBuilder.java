package io.qdqlint.report.html;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.gate.Judgement;
import io.qdqlint.ir.Model;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.GateWords;
import io.qdqlint.report.Neighbourhood;
import io.qdqlint.report.PlaceText;
import io.qdqlint.report.Printable;
import io.qdqlint.report.Run;
import io.qdqlint.report.Tally;
import io.qdqlint.report.html.CheckPage.Counts;
import io.qdqlint.report.html.CheckPage.FindingView;
import io.qdqlint.report.html.CheckPage.ModelView;
import io.qdqlint.report.html.CheckPage.PlaceView;
import io.qdqlint.report.html.CheckPage.RuleView;
import io.qdqlint.report.html.CheckPage.ScopeView;
import io.qdqlint.report.text.GraphExcerpt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a run into the contents of the template. */
final class CheckPageBuilder {
    private static final int PICTURES = 50;
    private static final int PICTURE_NODES = 40;
    private static final int FEW_PLACES = 2;
    private static final int FINDINGS = 1000;
    private static final int PLACES = 50;
    private static final int NAME = 200;
    private static final int SENTENCE = 2000;
    private static final int EXCERPT_COLUMNS = 100;
    /** With more findings, all are folded at first, so that the costliest stand together. */
    private static final int ALL_OPEN = 3;

    private final Run run;
    private final Set<String> pagesShown = new HashSet<>();
    private int pictures;

    CheckPageBuilder(Run run) {
        this.run = run;
    }

    CheckPage build() {
        List<Finding> all = new ArrayList<>();
        List<ModelView> models = new ArrayList<>();
        for (Diagnosis diagnosis : run.diagnoses()) {
            models.add(model(diagnosis, "m" + (models.size() + 1)));
            all.addAll(diagnosis.findings());
        }
        List<Run.Unreadable> unreadable = run.unreadable().stream()
                .map(u -> new Run.Unreadable(Printable.line(u.file(), NAME), Printable.line(u.message(), SENTENCE)))
                .toList();
        String device = Printable.line(run.options().device(), NAME);
        return new CheckPage(run.version(), device, counts(all), models, unreadable, all.size() > 1);
    }

    private ModelView model(Diagnosis diagnosis, String id) {
        List<Finding> shown = diagnosis
                .findings()
                .subList(0, Math.min(FINDINGS, diagnosis.findings().size()));
        double costliest =
                shown.stream().mapToDouble(f -> known(f.cost().micros())).max().orElse(0);
        Map<Finding, FindingView> views = new IdentityHashMap<>();
        Map<String, Finding> anchors = new LinkedHashMap<>();
        for (Finding f : shown) {
            String anchor = id + "-f" + (views.size() + 1);
            anchors.put(anchor, f);
            views.put(f, finding(f, anchor, costliest, shown.size() <= ALL_OPEN));
        }
        List<FindingView> inOrder = shown.stream().map(views::get).toList();
        List<RuleView> rules =
                Tally.byRule(shown).values().stream().map(this::rule).toList();
        List<ScopeView> scopes = new ArrayList<>();
        Scopes.of(shown).forEach((name, indexes) -> {
            List<Finding> findings = indexes.stream().map(shown::get).toList();
            scopes.add(new ScopeView(
                    name, counts(findings), findings.stream().map(views::get).toList()));
        });
        Model model = diagnosis.model();
        return new ModelView(
                id,
                Printable.line(model.file().toString(), NAME),
                diagnosis.tensorrt(),
                ModelFacts.of(model),
                counts(diagnosis.findings()),
                VerdictView.of(diagnosis),
                TodoView.of(diagnosis, run.fixes(diagnosis), inOrder),
                rules,
                scopes,
                inOrder,
                GraphJson.markup(FindingStrip.svg(inOrder, model.graph().nodes().size())),
                diagnosis.findings().size() - shown.size(),
                gate(run.judgement(diagnosis)),
                KernelView.of(diagnosis, anchors),
                Math.max(0, diagnosis.forecast().kernels().size() - KernelView.MOST),
                GraphJson.of(diagnosis, anchors));
    }

    private static double known(double micros) {
        return Double.isNaN(micros) ? 0 : micros;
    }

    private static List<String> gate(Judgement gate) {
        List<String> out = new ArrayList<>();
        gate.breaches().forEach(b -> out.add("Over budget: " + Printable.line(b, NAME)));
        String uncounted = GateWords.uncounted(gate);
        if (!uncounted.isEmpty()) {
            out.add(uncounted);
        }
        return out;
    }

    private RuleView rule(List<Finding> findings) {
        Finding first = findings.get(0);
        String page = page(first);
        boolean show = !page.isBlank() && pagesShown.add(first.ruleId());
        return new RuleView(
                first.ruleId(),
                first.slug(),
                first.severity().word(),
                counts(findings),
                page.isBlank() ? "" : "rule-" + first.ruleId(),
                show ? GraphJson.markup(Markdown.html(page)) : null);
    }

    private String page(Finding f) {
        return run.catalogue().get().rule(f.ruleId()).map(RuleInfo::page).orElse("");
    }

    private FindingView finding(Finding f, String anchor, double costliest, boolean open) {
        boolean draw = pictures < PICTURES;
        pictures += draw ? 1 : 0;
        double micros = known(f.cost().micros());
        return new FindingView(
                anchor,
                f.ruleId(),
                f.slug(),
                page(f).isBlank() ? "" : "rule-" + f.ruleId(),
                f.severity().word(),
                f.node().index(),
                Printable.line(f.node().name(), NAME),
                Printable.line(f.node().opType(), NAME),
                Printable.line(f.message(), SENTENCE),
                Printable.line(f.remedy(), SENTENCE),
                Amounts.cost(f.cost(), run.options().device()),
                f.cost().kernels(),
                micros > 0 ? Amounts.micros(micros) : "",
                costliest > 0 ? 100 * micros / costliest : 0,
                draw ? GraphJson.markup(PictureSvg.of(around(f), anchor)) : null,
                draw ? "" : GraphExcerpt.plain(f, EXCERPT_COLUMNS),
                f.places().stream().limit(PLACES).map(CheckPageBuilder::place).toList(),
                Math.max(0, f.places().size() - PLACES),
                open);
    }

    /** In a finding with many places, the nodes between them would hide how the places belong together. */
    private static Neighbourhood around(Finding f) {
        return Neighbourhood.of(f, f.places().size() > FEW_PLACES ? 1 : 2, PICTURE_NODES);
    }

    private static PlaceView place(Place p) {
        String tensor = p.value() == null ? "" : Printable.line(p.value().name(), NAME);
        return p.node() == null
                ? new PlaceView("tensor", tensor, "", PlaceText.of(p))
                : new PlaceView(
                        Printable.line(p.node().opType(), NAME),
                        Printable.line(p.node().name(), NAME),
                        tensor,
                        PlaceText.of(p));
    }

    private static Counts counts(List<Finding> findings) {
        Tally tally = Tally.of(findings);
        boolean costs = tally.cost().kernels() > 0;
        return new Counts(
                tally.errors(),
                tally.warnings(),
                tally.notes(),
                tally.cost().kernels(),
                costs && tally.cost().bytes() > 0 ? Amounts.bytes(tally.cost().bytes()) : "",
                costs && tally.cost().micros() > 0 ? Amounts.micros(tally.cost().micros()) : "",
                known(tally.cost().micros()),
                tally.cost().measured());
    }
}
