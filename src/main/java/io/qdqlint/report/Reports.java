package io.qdqlint.report;

import io.qdqlint.report.ci.GithubReport;
import io.qdqlint.report.ci.GitlabReport;
import io.qdqlint.report.ci.JunitReport;
import io.qdqlint.report.ci.MarkdownReport;
import io.qdqlint.report.html.CheckHtmlReport;
import io.qdqlint.report.html.ForecastHtmlReport;
import io.qdqlint.report.json.CheckJsonReport;
import io.qdqlint.report.json.ForecastJsonReport;
import io.qdqlint.report.sarif.SarifReport;
import io.qdqlint.report.text.ForecastTextReport;
import io.qdqlint.report.text.TextReport;
import java.util.List;

/** The formats of each command. A format's classes, and the libraries it needs, are loaded when it is requested. */
public enum Reports {
    /** What {@code qdqlint check} can print. */
    CHECK(List.of("text", "json", "sarif", "html", "markdown", "github", "junit", "gitlab")),
    /** What {@code qdqlint forecast} can print. */
    FORECAST(List.of("text", "json", "html"));

    private final List<String> names;

    Reports(List<String> names) {
        this.names = names;
    }

    /** Names of the formats, the default first. */
    public List<String> names() {
        return names;
    }

    /** The format of that name, which is one of {@link #names()}. */
    public Report named(String name) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(name);
        }
        return this == CHECK ? check(name) : forecast(name);
    }

    private static Report check(String name) {
        return switch (name) {
            case "json" -> new CheckJsonReport();
            case "html" -> new CheckHtmlReport();
            case "markdown" -> new MarkdownReport();
            case "github" -> new GithubReport();
            case "gitlab" -> new GitlabReport();
            case "junit" -> new JunitReport();
            case "sarif" -> new SarifReport();
            default -> new TextReport();
        };
    }

    private static Report forecast(String name) {
        return switch (name) {
            case "html" -> new ForecastHtmlReport();
            case "json" -> new ForecastJsonReport();
            default -> new ForecastTextReport();
        };
    }
}
