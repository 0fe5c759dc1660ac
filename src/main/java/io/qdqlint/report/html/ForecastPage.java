package io.qdqlint.report.html;

import freemarker.core.TemplateHTMLOutputModel;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.forecast.Explanation;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Node;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.report.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The contents of the template of the forecast; as {@link CheckPage}, all text is printable. */
public record ForecastPage(
        String version, String device, List<ModelView> models, List<Run.Unreadable> unreadable, boolean filter) {
    private static final int NAME = 160;
    private static final int SENTENCE = 1000;
    private static final int ROWS = 2000;

    /**
     * @param kernels the costliest first
     * @param layers those with the most multiply-accumulates first
     * @param hiddenKernels kernels beyond those listed
     * @param hiddenLayers layers beyond those listed
     * @param graph the graph as data; null for one that is too large
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
            int hiddenLayers,
            TemplateHTMLOutputModel graph) {}

    public record ExplanationView(String node, String opType, List<StepView> steps, String outcome) {}

    /** @param because the statements it follows from, each with versions and source */
    public record StepView(String text, List<String> because) {}

    /**
     * @param macs its share of the model's multiply-accumulates, in words; empty where it is not known
     * @param size multiply-accumulates, for sorting
     * @param share in percent of the layer that has the most
     */
    public record LayerView(
            String precision, String node, String opType, String macs, double size, double share, String fused) {}

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
                    KernelView.of(d, Map.of()),
                    layers(d.forecast().layers()),
                    Math.max(0, d.forecast().kernels().size() - KernelView.MOST),
                    Math.max(0, d.forecast().layers().size() - ROWS),
                    GraphJson.of(d, Map.of())));
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

    private static List<LayerView> layers(List<Forecast.Layer> layers) {
        List<Forecast.Layer> sorted = new ArrayList<>(layers);
        sorted.sort(Comparator.comparingLong(l -> -l.macs()));
        double all = sorted.stream().mapToDouble(l -> Math.max(0, l.macs())).sum();
        double most = sorted.isEmpty() ? 0 : sorted.get(0).macs();
        return sorted.stream().limit(ROWS).map(l -> layer(l, all, most)).toList();
    }

    private static LayerView layer(Forecast.Layer l, double all, double most) {
        String fused = l.fused().stream().map(Node::opType).collect(Collectors.joining(" + "));
        boolean known = l.macs() > 0;
        return new LayerView(
                l.precision().toLowerCase(Locale.ROOT),
                Printable.line(l.node().name(), NAME),
                Printable.line(l.node().opType(), NAME),
                known ? Amounts.percent(l.macs() / all) : "",
                l.macs(),
                known ? 100 * l.macs() / most : 0,
                Printable.line(fused, NAME));
    }
}
