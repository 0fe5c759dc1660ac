package io.qdqlint.report.engine;

import io.qdqlint.report.Printable;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.compare.ComparisonStory;
import io.qdqlint.trt.compare.EngineComparison;
import io.qdqlint.trt.compare.LayerGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A comparison of two engines as a page: the story, the tables, and both graphs side by side. */
public final class ComparisonHtmlReport {
    private ComparisonHtmlReport() {}

    /** Writes the page, and flushes. */
    public static void write(EngineComparison comparison, OutputStream out) throws IOException {
        Map<EngineLayer, EngineSvg.Mark> marks = new IdentityHashMap<>();
        List<Map<String, Object>> groups = new ArrayList<>();
        for (int i = 0; i < comparison.groups().size(); i++) {
            LayerGroup group = comparison.groups().get(i);
            EngineSvg.Mark mark = new EngineSvg.Mark(i, !group.differences().isEmpty());
            group.a().forEach(l -> marks.put(l, mark));
            group.b().forEach(l -> marks.put(l, mark));
            if (mark.differs() || Math.abs(group.delta()) >= 0.05) {
                groups.add(row(i, group));
            }
        }
        Map<String, Object> model = Map.of(
                "a", EnginePage.engine(comparison.a(), l -> marks.getOrDefault(l, EngineSvg.Mark.NONE)),
                "b", EnginePage.engine(comparison.b(), l -> marks.getOrDefault(l, EngineSvg.Mark.NONE)),
                "story",
                        ComparisonStory.of(comparison).stream()
                                .map(Printable::line)
                                .toList(),
                "timed", comparison.isTimed(),
                "kinds",
                        comparison.kinds().stream()
                                .map(ComparisonHtmlReport::row)
                                .toList(),
                "groups", groups,
                "same", comparison.groups().size() - groups.size());
        EnginePage.write("compare.ftlh", model, List.of(comparison.a(), comparison.b()), out);
    }

    private static Map<String, Object> row(EngineComparison.KindTime kind) {
        return Map.of(
                "kind", kind.kind().word(),
                "countA", kind.countA(),
                "countB", kind.countB(),
                "microsA", kind.microsA(),
                "microsB", kind.microsB(),
                "delta", kind.delta());
    }

    private static Map<String, Object> row(int index, LayerGroup group) {
        return Map.of(
                "index", index,
                "title", Printable.line(group.title(), 160),
                "explanation", Printable.line(group.explanation()),
                "countA", group.a().size(),
                "countB", group.b().size(),
                "microsA", group.microsA(),
                "microsB", group.microsB(),
                "delta", group.delta());
    }
}
