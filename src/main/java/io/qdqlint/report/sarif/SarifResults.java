package io.qdqlint.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.gate.Fingerprints;
import io.qdqlint.ir.Node;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Neighbourhood;
import io.qdqlint.report.PlaceText;
import io.qdqlint.report.Printable;
import io.qdqlint.report.ReportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The {@code results} of one model. */
final class SarifResults {
    private static final int NAME = 300;
    private static final int SENTENCE = 1500;
    /** GitHub keeps no more related locations than a page can show; the rest is in the JSON report. */
    private static final int PLACES = 20;

    private final JsonGenerator json;
    private final SarifRules rules;
    private final ReportOptions options;
    private final SarifGraph graph;
    private final SourceLines sources = new SourceLines(Path.of(""));

    SarifResults(JsonGenerator json, SarifRules rules, ReportOptions options) {
        this.json = json;
        this.rules = rules;
        this.options = options;
        this.graph = new SarifGraph(json);
    }

    /**
     * Writes the results of all models, the worst and costliest first, as GitHub shows the first ones only.
     *
     * @param most how many at most
     */
    void write(List<Diagnosis> diagnoses, int most) throws IOException {
        List<Result> all = new ArrayList<>();
        for (int i = 0; i < diagnoses.size(); i++) {
            Path path = diagnoses.get(i).model().file();
            Artifact file = new Artifact(path.toString(), ArtifactUri.of(path), i, diagnoses.get(i));
            List<String> fingerprints = Fingerprints.of(diagnoses.get(i));
            for (int k = 0; k < fingerprints.size(); k++) {
                all.add(new Result(diagnoses.get(i).findings().get(k), fingerprints.get(k), file));
            }
        }
        if (diagnoses.size() > 1) {
            all.sort(Comparator.comparing((Result r) -> r.finding().severity()).thenComparingDouble(Result::saved));
        }
        for (Result r : all.subList(0, Math.min(most, all.size()))) {
            result(r.finding(), r.fingerprint(), r.file());
        }
    }

    private record Artifact(String path, String uri, int index, Diagnosis diagnosis) {}

    private record Result(Finding finding, String fingerprint, Artifact file) {
        /** Less for more microseconds. */
        double saved() {
            return Double.isNaN(finding.cost().micros()) ? 0 : -finding.cost().micros();
        }
    }

    private void result(Finding f, String fingerprint, Artifact file) throws IOException {
        List<Place> places = f.places().subList(0, Math.min(PLACES, f.places().size()));
        json.writeStartObject();
        json.writeStringField("ruleId", f.ruleId());
        json.writeNumberField("ruleIndex", rules.index(f.ruleId()));
        json.writeStringField("level", f.severity().word());
        Optional<SourceLines.Line> line = sources.of(Path.of(file.path()), f.node());
        SarifRules.message(json, "message", message(f, places, line.isPresent()));
        json.writeArrayFieldStart("locations");
        location(-1, f.node(), null, file, line);
        json.writeEndArray();
        if (!places.isEmpty() || line.isPresent()) {
            json.writeArrayFieldStart("relatedLocations");
            for (int i = 0; i < places.size(); i++) {
                location(i + 1, places.get(i).node(), places.get(i), file, Optional.empty());
            }
            if (line.isPresent()) {
                location(places.size() + 1, f.node(), null, file, Optional.empty());
            }
            json.writeEndArray();
        }
        json.writeObjectFieldStart("partialFingerprints");
        // GitHub's upload makes one of its own of a line, and warns where there is another.
        json.writeStringField(line.isPresent() ? "qdqlint/v1" : "primaryLocationLineHash", fingerprint);
        json.writeEndObject();
        graph.write(Neighbourhood.of(f, 1, SarifGraph.NODES));
        json.writeObjectFieldStart("properties");
        json.writeStringField("tensorrt", file.diagnosis().tensorrt());
        json.writeBooleanField(
                "stronglyTyped", file.diagnosis().forecast().basis().stronglyTyped());
        json.writeNumberField("kernels", f.cost().kernels());
        if (f.cost().bytes() >= 0) {
            json.writeNumberField("bytes", f.cost().bytes());
        }
        if (!Double.isNaN(f.cost().micros())) {
            json.writeNumberField("micros", Math.round(f.cost().micros() * 1000) / 1000.0);
            json.writeBooleanField("measured", f.cost().measured());
        }
        List<String> fix = rules.fix(f.ruleId(), file.path());
        if (!fix.isEmpty()) {
            json.writeArrayFieldStart("fixArguments");
            for (String argument : fix) {
                json.writeString(argument);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private String message(Finding f, List<Place> places, boolean modelToo) {
        String time = f.cost().micros() > 0 ? ", " + Amounts.micros(f.cost().micros()) : "";
        String place = "'" + Printable.line(f.node().name(), NAME) + "'" + time + ": ";
        StringBuilder out = new StringBuilder(Sentences.literal(place)).append(sentence(f.message()));
        String cost = Amounts.cost(f.cost(), options.device());
        if (!cost.isEmpty()) {
            out.append(" Cost: ").append(Sentences.literal(cost)).append('.');
        }
        if (!f.remedy().isBlank()) {
            out.append(" Fix: ").append(sentence(f.remedy()));
        }
        for (int i = 0; i < places.size(); i++) {
            out.append(i == 0 ? " See " : ", ")
                    .append('[')
                    .append(label(places.get(i)))
                    .append("](");
            out.append(i + 1).append(')');
        }
        int left = f.places().size() - places.size();
        out.append(left > 0 ? " and " + left + " more, listed in the JSON report" : "");
        out.append(places.isEmpty() ? "" : ".");
        return out.append(modelToo ? " It is in [the model](" + (places.size() + 1) + ")." : "")
                .toString();
    }

    private static String sentence(String s) {
        return Sentences.literal(Sentences.ended(Printable.line(s, SENTENCE)));
    }

    private static String label(Place place) {
        return Sentences.literal("'" + name(place) + "'");
    }

    private static String name(Place place) {
        String name = place.node() != null
                ? place.node().name()
                : place.value() == null ? "" : place.value().name();
        return Printable.line(name, NAME);
    }

    private void location(int id, Node node, Place place, Artifact file, Optional<SourceLines.Line> line)
            throws IOException {
        json.writeStartObject();
        if (id >= 0) {
            json.writeNumberField("id", id);
        }
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField(
                "uri", line.isPresent() ? ArtifactUri.of(line.get().file()) : file.uri());
        if (line.isEmpty()) {
            json.writeNumberField("index", file.index());
        }
        json.writeEndObject();
        if (line.isPresent()) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", line.get().number());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        String name = place == null ? Printable.line(node.name(), NAME) : name(place);
        json.writeStringField("fullyQualifiedName", name);
        json.writeStringField("kind", node == null ? "tensor" : "node");
        json.writeEndObject();
        json.writeEndArray();
        if (place != null && !PlaceText.of(place).isEmpty()) {
            String text = Sentences.ended(Sentences.capitalized(PlaceText.of(place)));
            SarifRules.message(json, "message", Sentences.literal(text));
        }
        json.writeEndObject();
    }
}
