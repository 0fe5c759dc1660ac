package io.qdqlint.report.html;

import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.io.OutputStream;

/** The engine TensorRT is expected to build, as one HTML file that needs nothing else. */
public final class ForecastHtmlReport implements Report {
    @Override
    public String name() {
        return "html";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        HtmlTemplate.write("forecast.ftlh", ForecastPage.of(run), out);
    }
}
