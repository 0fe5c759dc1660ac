package io.qdqlint.report.text;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Explanation;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Node;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.ForecastSummary;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import io.qdqlint.report.Report;
import io.qdqlint.report.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The engine TensorRT is expected to build, as a table for a terminal. */
public final class ForecastTextReport implements Report {
    private static final int NAME = 60;
    private static final int SENTENCE = 500;

    @Override
    public String name() {
        return "text";
    }

    @Override
    public void write(Run run, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        Ansi ansi = new Ansi(run.options().colour());
        for (Diagnosis diagnosis : run.diagnoses()) {
            model(text, ansi, diagnosis, run.options().device());
        }
        for (Run.Unreadable file : run.unreadable()) {
            text.append(ansi.severity(Severity.ERROR, "unreadable:"))
                    .append(' ')
                    .append(Printable.line(file.file()));
            text.append(": ").append(Printable.line(file.message(), SENTENCE)).append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void model(StringBuilder out, Ansi ansi, Diagnosis diagnosis, String device) {
        Forecast forecast = diagnosis.forecast();
        out.append(
                ansi.bold(Printable.line(diagnosis.model().file().toString()) + ": TensorRT " + diagnosis.tensorrt()));
        if (forecast.builds()) {
            out.append(ansi.good(" builds it")).append('\n');
        } else {
            out.append(ansi.severity(Severity.ERROR, " does not build it")).append('\n');
            forecast.blockers()
                    .forEach(b -> out.append("  ")
                            .append(name(b.node()))
                            .append(" (")
                            .append(Printable.line(b.node().opType(), NAME))
                            .append("): ")
                            .append(Printable.line(b.message(), SENTENCE))
                            .append('\n'));
        }
        forecast.basis()
                .sentences()
                .forEach(sentence -> out.append("  ")
                        .append(Printable.line(sentence, SENTENCE))
                        .append('\n'));
        if (!forecast.explanations().isEmpty()) {
            forecast.explanations().forEach(e -> explanation(out, ansi, e));
            out.append('\n');
            return;
        }
        if (!forecast.builds()) {
            out.append("  layers and kernels are those of the engine after these errors are fixed\n");
        }
        layers(out, ansi, forecast.layers());
        kernels(out, ansi, forecast.kernels());
        out.append('\n').append(ansi.bold("summary")).append('\n');
        for (String line : ForecastSummary.of(forecast).lines(device)) {
            out.append("  ").append(line).append('\n');
        }
        out.append('\n');
    }

    private static void explanation(StringBuilder out, Ansi ansi, Explanation explanation) {
        Node node = explanation.node();
        out.append('\n').append(ansi.bold(Printable.line(node.name(), SENTENCE)));
        out.append(" (").append(Printable.line(node.opType(), NAME)).append(")\n");
        for (Explanation.Step step : explanation.steps()) {
            out.append("  ").append(Printable.line(step.text(), SENTENCE)).append('\n');
            for (Explanation.Statement statement : step.because()) {
                out.append("      ").append(Printable.line(statement.name(), SENTENCE));
                out.append(" (")
                        .append(Printable.line(statement.versions(), NAME))
                        .append("; ");
                out.append(Printable.line(statement.source(), SENTENCE)).append(")\n");
            }
        }
        if (!explanation.outcome().isEmpty()) {
            out.append("  => ").append(explanation.outcome()).append('\n');
        }
    }

    private static void layers(StringBuilder out, Ansi ansi, List<Forecast.Layer> layers) {
        if (layers.isEmpty()) {
            return;
        }
        out.append('\n').append(ansi.bold("layers")).append('\n');
        int widest =
                layers.stream().mapToInt(l -> name(l.node()).length()).max().orElse(0);
        for (Forecast.Layer layer : layers) {
            String fused = layer.fused().stream().map(Node::opType).collect(Collectors.joining(" + "));
            out.append("  ").append(left(layer.precision(), 6)).append(name(layer.node()));
            if (!fused.isEmpty()) {
                out.append(" ".repeat(widest - name(layer.node()).length())).append("  + ");
                out.append(Printable.line(fused, NAME));
            }
            out.append('\n');
        }
    }

    private static void kernels(StringBuilder out, Ansi ansi, List<Forecast.Kernel> kernels) {
        if (kernels.isEmpty()) {
            return;
        }
        out.append('\n').append(ansi.bold("extra kernels")).append('\n');
        for (Forecast.Kernel kernel : kernels) {
            Node first = kernel.nodes().get(0);
            out.append("  ").append(left(kernel.kind().name().toLowerCase(Locale.ROOT), 11));
            out.append(right(Amounts.micros(kernel.micros()), 9)).append(' ');
            out.append(right(Amounts.bytes(kernel.bytes()), 9)).append("  ");
            out.append(name(first)).append(", ").append(QuantizerText.scaleInWords(first));
            int more = kernel.nodes().size() - 1;
            out.append(more > 0 ? ", +" + Amounts.count(more, "node") : "");
            out.append(kernel.avoidable() ? ansi.severity(Severity.WARNING, "  avoidable") : "")
                    .append('\n');
        }
    }

    private static String left(String s, int columns) {
        return s + " ".repeat(Math.max(0, columns - s.length()));
    }

    private static String right(String s, int columns) {
        return " ".repeat(Math.max(0, columns - s.length())) + s;
    }

    private static String name(Node node) {
        return Printable.line(node.name(), NAME);
    }
}
