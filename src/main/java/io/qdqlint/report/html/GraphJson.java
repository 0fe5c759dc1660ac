package io.qdqlint.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.ConstantText;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import io.qdqlint.report.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A model's graph as data for the script that draws it, safe between script tags. Constants and what is computed from them alone
 * belong to the node that reads them and are left out, but for nodes that have a finding.
 */
final class GraphJson {
    /** A larger graph is not drawn. */
    static final int MOST = 20_000;

    private static final int NAME = 160;
    private static final int SHORT = 60;

    private final Diagnosis diagnosis;
    private final Map<Node, String> states = new HashMap<>();
    private final Map<Node, String> remarks = new HashMap<>();
    private final Set<Node> found = new HashSet<>();
    private final Set<Value> folded = new HashSet<>();
    private final Map<Value, Integer> producers = new HashMap<>();
    private final List<Item> items = new ArrayList<>();
    private final Map<Node, Integer> places = new HashMap<>();
    private final Map<String, Integer> words = new LinkedHashMap<>();

    /** @param from places of what it reads in the list of items */
    private record Item(String op, String name, String state, String shape, Set<Integer> from, String remark) {}

    private GraphJson(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    /**
     * {@code {"nodes": [[op, name, state, shape, [places of producers], remark]...], "findings": {anchor: [place, severity, rule]},
     * "words": [...]}}; op, state and shape are places in {@code words}.
     *
     * @param anchors findings by their ids in the page
     * @return null for a graph that is too large, or empty
     */
    static TemplateHTMLOutputModel of(Diagnosis diagnosis, Map<String, Finding> anchors) {
        int size = diagnosis.model().graph().nodes().size();
        if (size == 0 || size > MOST) {
            return null;
        }
        return markup(new GraphJson(diagnosis).write(anchors));
    }

    private String write(Map<String, Finding> anchors) {
        states();
        anchors.values().forEach(f -> found.add(f.node()));
        diagnosis.model().graph().inputs().forEach(this::input);
        diagnosis.model().graph().nodes().forEach(this::node);
        diagnosis.model().graph().outputs().forEach(this::output);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.lines(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("nodes");
            for (Item item : items) {
                write(json, item);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("findings");
            for (Map.Entry<String, Finding> e : anchors.entrySet()) {
                Finding finding = e.getValue();
                if (places.containsKey(finding.node())) {
                    json.writeArrayFieldStart(e.getKey());
                    json.writeNumber(places.get(finding.node()));
                    json.writeString(finding.severity().word());
                    json.writeString(finding.ruleId());
                    json.writeEndArray();
                }
            }
            json.writeEndObject();
            json.writeArrayFieldStart("words");
            for (String word : words.keySet()) {
                json.writeString(word);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.US_ASCII).replace("<", "\\u003c");
    }

    private void write(JsonGenerator json, Item item) throws IOException {
        json.writeStartArray();
        json.writeNumber(word(item.op()));
        json.writeString(item.name());
        json.writeNumber(word(item.state()));
        json.writeNumber(word(item.shape()));
        json.writeStartArray();
        for (int from : item.from()) {
            json.writeNumber(from);
        }
        json.writeEndArray();
        if (!item.remark().isEmpty()) {
            json.writeString(item.remark());
        }
        json.writeEndArray();
    }

    private int word(String word) {
        return words.computeIfAbsent(word, w -> words.size());
    }

    /** What TensorRT makes of each node: a precision, {@code kernel}, {@code stays} (a kernel no finding removes) or {@code gone}. */
    private void states() {
        for (Forecast.Layer layer : diagnosis.forecast().layers()) {
            layer.fused().forEach(n -> states.put(n, layer.precision()));
            states.put(layer.node(), layer.precision());
        }
        for (Node node : diagnosis.model().graph().nodes()) {
            if (QuantizerText.isQuantizer(node)) {
                states.put(node, "gone");
            }
        }
        for (Forecast.Kernel kernel : diagnosis.forecast().kernels()) {
            String words =
                    kernel.kind().name().toLowerCase(Locale.ROOT) + " kernel, " + Amounts.micros(kernel.micros());
            for (Node node : kernel.nodes()) {
                states.put(node, kernel.avoidable() ? "kernel" : "stays");
                remarks.put(node, words);
            }
        }
    }

    private void input(Value value) {
        producers.put(value, items.size());
        items.add(new Item("input", Printable.line(value.name(), NAME), "io", type(value), Set.of(), ""));
    }

    private void output(Value value) {
        Set<Integer> from = producers.containsKey(value) ? Set.of(producers.get(value)) : Set.of();
        items.add(new Item("output", Printable.line(value.name(), NAME), "io", type(value), from, ""));
    }

    private void node(Node node) {
        if (node.inputs().stream().allMatch(this::isFolded) && !found.contains(node)) {
            folded.addAll(node.outputs());
            return;
        }
        Set<Integer> from = new LinkedHashSet<>();
        for (Value value : node.inputs()) {
            if (value != null && producers.containsKey(value)) {
                from.add(producers.get(value));
            }
        }
        places.put(node, items.size());
        node.outputs().forEach(v -> producers.put(v, items.size()));
        String scale = QuantizerText.isQuantizer(node) ? QuantizerText.scaleInWords(node) : "";
        String remark = remarks.getOrDefault(node, "");
        items.add(new Item(
                Printable.line(node.opType(), SHORT),
                Printable.line(node.name(), NAME),
                states.getOrDefault(node, ""),
                node.output(0) == null ? "" : type(node.output(0)),
                from,
                scale.isEmpty() || remark.isEmpty() ? scale + remark : scale + "; " + remark));
    }

    /** Whether it is a constant or computed from constants alone by nodes that are left out. */
    private boolean isFolded(Value value) {
        return value == null
                || value.isConstant()
                || folded.contains(value)
                || value.producer() == null && !value.isGraphInput();
    }

    /** {@code float 1x64x56x56}. */
    static String type(Value value) {
        String type = value.type() == DataType.UNDEFINED ? "" : value.type().onnxName();
        String shape = value.shape() == null
                ? ""
                : ConstantText.shape(value.shape()).replaceAll("[\\[\\]]", "").replace(",", "x");
        return Printable.line((type + " " + shape).strip(), SHORT);
    }

    static TemplateHTMLOutputModel markup(String html) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(html);
        } catch (TemplateModelException e) {
            throw new IllegalStateException("HTML needs no parsing", e);
        }
    }
}
