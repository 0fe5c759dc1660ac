package io.qdqlint.report.html;

import freemarker.core.TemplateHTMLOutputModel;
import io.qdqlint.report.Run.Unreadable;
import java.util.List;

/**
 * The contents of the template of the check report. All text is printable (no control characters) and of bounded length; the
 * template escapes it.
 *
 * @param device empty when none was named
 */
public record CheckPage(
        String version,
        String device,
        Counts counts,
        List<ModelView> models,
        List<Unreadable> unreadable,
        boolean filter) {

    /**
     * Findings counted; {@code kernels}, {@code bytes} and {@code time} are their cost in words.
     *
     * @param micros for sorting; 0 where it is not known
     * @param measured whether the time is
     */
    public record Counts(
            int errors,
            int warnings,
            int notes,
            int kernels,
            String bytes,
            String time,
            double micros,
            boolean measured) {
        public int total() {
            return errors + warnings + notes;
        }
    }

    /**
     * @param findings as {@link io.qdqlint.finding.Diagnosis#findings} orders them
     * @param hidden findings beyond those listed
     * @param strip where in the model the findings are, SVG
     * @param gate what exceeds a budget or does not count, a sentence each
     * @param kernels the costliest first
     * @param hiddenKernels kernels beyond those listed
     * @param graph the graph as data; null for one that is too large
     */
    public record ModelView(
            String id,
            String file,
            String tensorrt,
            String facts,
            Counts counts,
            VerdictView verdict,
            TodoView todo,
            List<RuleView> rules,
            List<ScopeView> scopes,
            List<FindingView> findings,
            TemplateHTMLOutputModel strip,
            int hidden,
            List<String> gate,
            List<KernelView> kernels,
            int hiddenKernels,
            TemplateHTMLOutputModel graph) {}

    /** @param page the rule's page; null where an earlier model shows it or there is none */
    public record RuleView(
            String id, String slug, String severity, Counts counts, String pageAnchor, TemplateHTMLOutputModel page) {}

    /**
     * @param picture SVG; null where the report has enough pictures, then {@code excerpt} is there
     * @param pageAnchor where the rule's page is; empty where there is none
     * @param share its time in percent of the costliest finding's; 0 where it is not known
     * @param open whether it is shown in full from the beginning
     */
    public record FindingView(
            String anchor,
            String rule,
            String slug,
            String pageAnchor,
            String severity,
            int index,
            String node,
            String opType,
            String message,
            String remedy,
            String cost,
            int kernels,
            String time,
            double share,
            TemplateHTMLOutputModel picture,
            String excerpt,
            List<PlaceView> places,
            int morePlaces,
            boolean open) {}

    public record PlaceView(String kind, String name, String tensor, String note) {}

    /** The findings at nodes whose names begin alike. */
    public record ScopeView(String name, Counts counts, List<FindingView> findings) {}
}
