package io.qdqlint.report.html;

import io.qdqlint.report.html.CheckPage.FindingView;
import java.util.List;
import java.util.Locale;

/** A model as a strip from its first node to its last, with a mark for each finding that leads to it. */
final class FindingStrip {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 28;

    private FindingStrip() {}

    static String svg(List<FindingView> findings, int nodes) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"strip\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        + "<rect class=\"rail\" y=\"11\" width=\"%d\" height=\"6\"/>",
                WIDTH,
                HEIGHT,
                WIDTH));
        // The gravest last, so that they lie on top.
        for (int i = findings.size() - 1; i >= 0; i--) {
            FindingView f = findings.get(i);
            double x = (WIDTH - 4.0) * f.index() / Math.max(1, nodes - 1);
            out.append(String.format(
                    Locale.ROOT,
                    "<a href=\"#%s\" tabindex=\"-1\"><rect class=\"%s\" x=\"%.1f\" y=\"2\" width=\"4\" height=\"24\"/></a>",
                    f.anchor(),
                    f.severity(),
                    x));
        }
        return out.append("</svg>").toString();
    }
}
