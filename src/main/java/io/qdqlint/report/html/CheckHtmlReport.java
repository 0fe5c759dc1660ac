package io.qdqlint.report.html;

import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.io.OutputStream;

/** Findings as one HTML file that needs nothing else, with a picture of the graph around each. */
public final class CheckHtmlReport implements Report {
    @Override
    public String name() {
        return "html";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        HtmlTemplate.write("check.ftlh", new CheckPageBuilder(run).build(), out);
    }
}
