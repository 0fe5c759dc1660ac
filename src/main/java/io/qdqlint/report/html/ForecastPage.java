package io.qdqlint.report.html;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Explanation;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Node;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import io.qdqlint.report.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the template of the forecast is filled with; as {@link CheckPage}, all text is printable. */
public record ForecastPage(
        String version, String device, List<ModelView> models, List<Run.Unreadable> unreadable, boolean filter) {
    private static final int NAME = 160;
    private static final int SENTENCE = 1000;
    private static final int NODES = 4;
    private static final int ROWS = 2000;

    /**
     * @param hiddenKernels kernels beyond those listed
     * @param hiddenLayers layers beyond those listed
     */
    public record ModelView(
            String id,
            String file,
            String tensorrt,
            String facts,
            VerdictView verdict,
            List<ExplanationView> explanations,
            List<KernelView> kernels,
            List<LayerView> layers,
            int hiddenKernels,
            int hiddenLayers) {}

    public record ExplanationView(String node, String opType, List<StepView> steps, String outcome) {}

    /** @param because the statements it follows from, each with versions and source */
    public record StepView(String text, List<String> because) {}

    /** @param more nodes beyond those listed */
    public record KernelView(
            String kind,
            List<String> nodes,
            int more,
            String tensor,
            String scales,
            String bytes,
            String time,
            boolean avoidable,
            List<String> why) {}

    public record LayerView(String precision, String node, String opType, String fused) {}

    static ForecastPage of(Run run) {
        List<ModelView> models = new ArrayList<>();
        for (Diagnosis d : run.diagnoses()) {
            models.add(new ModelView(
                    "m" + (models.size() + 1),
                    Printable.line(d.model().file().toString(), NAME),
                    d.tensorrt(),
                    ModelFacts.of(d.model()),
                    VerdictView.of(d),
                    d.forecast().explanations().stream()
                            .map(ForecastPage::explanation)
                            .toList(),
                    d.forecast().kernels().stream()
                            .limit(ROWS)
                            .map(ForecastPage::kernel)
                            .toList(),
                    d.forecast().layers().stream()
                            .limit(ROWS)
                            .map(ForecastPage::layer)
                            .toList(),
                    Math.max(0, d.forecast().kernels().size() - ROWS),
                    Math.max(0, d.forecast().layers().size() - ROWS)));
        }
        boolean rows =
                models.stream().anyMatch(m -> m.kernels().size() + m.layers().size() > 1);
        return new ForecastPage(
                run.version(),
                Printable.line(run.options().device(), NAME),
                models,
                run.unreadable().stream()
                        .map(u -> new Run.Unreadable(
                                Printable.line(u.file(), NAME), Printable.line(u.message(), SENTENCE)))
                        .toList(),
                rows);
    }

    private static ExplanationView explanation(Explanation e) {
        return new ExplanationView(
                Printable.line(e.node().name(), NAME),
                Printable.line(e.node().opType(), NAME),
                e.steps().stream()
                        .map(step -> new StepView(
                                Printable.line(step.text(), SENTENCE),
                                step.because().stream()
                                        .map(b -> Printable.line(
                                                b.name() + " (" + b.versions() + "; " + b.source() + ")", SENTENCE))
                                        .toList()))
                        .toList(),
                e.outcome());
    }

    private static KernelView kernel(Forecast.Kernel k) {
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
                Amounts.micros(k.micros()),
                k.avoidable(),
                k.why().stream().map(w -> Printable.line(w, SENTENCE)).toList());
    }

    private static LayerView layer(Forecast.Layer l) {
        String fused = l.fused().stream().map(Node::opType).collect(Collectors.joining(" + "));
        return new LayerView(
                l.precision().toLowerCase(Locale.ROOT),
                Printable.line(l.node().name(), NAME),
                Printable.line(l.node().opType(), NAME),
                Printable.line(fused, NAME));
    }
}
