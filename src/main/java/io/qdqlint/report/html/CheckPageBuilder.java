package io.qdqlint.report.html;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.gate.Judgement;
import io.qdqlint.ir.Model;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.FixOffer;
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
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a run into what the template shows. */
final class CheckPageBuilder {
    private static final int PICTURES = 50;
    private static final int PICTURE_NODES = 40;
    private static final int FEW_PLACES = 2;
    private static final int FINDINGS = 1000;
    private static final int PLACES = 50;
    private static final int NAME = 200;
    private static final int SENTENCE = 2000;
    private static final int EXCERPT_COLUMNS = 100;
    /** With more findings in all, only the first of each rule is shown unfolded. */
    private static final int ALL_OPEN = 5;

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
        Map<Finding, FindingView> views = new IdentityHashMap<>();
        Map<String, List<Finding>> byRule = Tally.byRule(shown);
        for (Finding f : shown) {
            boolean open = shown.size() <= ALL_OPEN || byRule.get(f.ruleId()).get(0) == f;
            views.put(f, finding(f, id + "-f" + (views.size() + 1), open));
        }
        List<RuleView> rules = new ArrayList<>();
        byRule.forEach((rule, findings) ->
                rules.add(rule(id, findings, findings.stream().map(views::get).toList())));
        List<ScopeView> scopes = new ArrayList<>();
        Scopes.of(shown).forEach((name, indexes) -> {
            List<Finding> findings = indexes.stream().map(shown::get).toList();
            scopes.add(new ScopeView(
                    name, counts(findings), findings.stream().map(views::get).toList()));
        });
        Model model = diagnosis.model();
        FixOffer offer = run.fixes(diagnosis);
        return new ModelView(
                id,
                Printable.line(model.file().toString(), NAME),
                diagnosis.tensorrt(),
                ModelFacts.of(model),
                counts(diagnosis.findings()),
                VerdictView.of(diagnosis),
                rules,
                scopes,
                markup(FindingStrip.svg(
                        shown.stream().map(views::get).toList(),
                        model.graph().nodes().size())),
                diagnosis.findings().size() - shown.size(),
                gate(run.judgement(diagnosis)),
                offer.isEmpty() ? "" : offer.sentence(),
                offer.isEmpty() ? "" : offer.command());
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

    private RuleView rule(String modelId, List<Finding> findings, List<FindingView> views) {
        Finding first = findings.get(0);
        String page =
                run.catalogue().get().rule(first.ruleId()).map(RuleInfo::page).orElse("");
        boolean show = !page.isBlank() && pagesShown.add(first.ruleId());
        return new RuleView(
                first.ruleId(),
                first.slug(),
                first.severity().word(),
                counts(findings),
                modelId + "-" + first.ruleId(),
                page.isBlank() ? "" : "rule-" + first.ruleId(),
                show ? markup(Markdown.html(page)) : null,
                views);
    }

    private FindingView finding(Finding f, String anchor, boolean open) {
        boolean draw = pictures < PICTURES;
        pictures += draw ? 1 : 0;
        return new FindingView(
                anchor,
                f.ruleId(),
                f.severity().word(),
                f.node().index(),
                Printable.line(f.node().name(), NAME),
                Printable.line(f.node().opType(), NAME),
                Printable.line(f.message(), SENTENCE),
                Printable.line(f.remedy(), SENTENCE),
                Amounts.cost(f.cost(), run.options().device()),
                draw ? markup(PictureSvg.of(around(f), anchor)) : null,
                draw ? "" : GraphExcerpt.plain(f, EXCERPT_COLUMNS),
                f.places().stream().limit(PLACES).map(CheckPageBuilder::place).toList(),
                Math.max(0, f.places().size() - PLACES),
                open);
    }

    /** Of a finding with many places, what lies between them would hide how they belong together. */
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
                tally.cost().measured());
    }

    static TemplateHTMLOutputModel markup(String html) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(html);
        } catch (TemplateModelException e) {
            throw new IllegalStateException("HTML needs no parsing", e);
        }
    }
}
