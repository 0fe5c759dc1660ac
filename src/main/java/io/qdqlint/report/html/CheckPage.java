package io.qdqlint.report.html;

import freemarker.core.TemplateHTMLOutputModel;
import io.qdqlint.report.Run.Unreadable;
import java.util.List;

/**
 * What the template of the check report is filled with. All text is printable (no control characters) and of bounded
 * length; the template escapes it.
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
     * @param measured whether the time is
     */
    public record Counts(
            int errors, int warnings, int notes, int kernels, String bytes, String time, boolean measured) {
        public int total() {
            return errors + warnings + notes;
        }
    }

    /**
     * @param hidden findings beyond those listed
     * @param strip where in the model the findings are, SVG
     * @param gate what exceeds a budget or does not count, a sentence each
     * @param fixes what can be fixed of the model; empty where nothing can
     * @param command the command that does it
     */
    public record ModelView(
            String id,
            String file,
            String tensorrt,
            String facts,
            Counts counts,
            VerdictView verdict,
            List<RuleView> rules,
            List<ScopeView> scopes,
            TemplateHTMLOutputModel strip,
            int hidden,
            List<String> gate,
            String fixes,
            String command) {}

    /** @param page the rule's page; null where an earlier model shows it or there is none */
    public record RuleView(
            String id,
            String slug,
            String severity,
            Counts counts,
            String anchor,
            String pageAnchor,
            TemplateHTMLOutputModel page,
            List<FindingView> findings) {}

    /**
     * @param picture SVG; null where the report has enough pictures, then {@code excerpt} is there
     * @param open whether it is shown in full from the beginning
     */
    public record FindingView(
            String anchor,
            String rule,
            String severity,
            int index,
            String node,
            String opType,
            String message,
            String remedy,
            String cost,
            TemplateHTMLOutputModel picture,
            String excerpt,
            List<PlaceView> places,
            int morePlaces,
            boolean open) {}

    public record PlaceView(String kind, String name, String tensor, String note) {}

    /** The findings at nodes whose names begin alike. */
    public record ScopeView(String name, Counts counts, List<FindingView> findings) {}
}
