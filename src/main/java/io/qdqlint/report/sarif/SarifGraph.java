package io.qdqlint.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdqlint.ir.Node;
import io.qdqlint.report.Neighbourhood;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import java.io.IOException;

/** The graph around a finding, for viewers that draw {@code graphs}. */
final class SarifGraph {
    /** The most nodes of one graph. */
    static final int NODES = 12;

    /** Without this limit a file with thousands of findings would consist mostly of graphs. */
    private static final int GRAPHS = 200;

    private static final int NAME = 120;

    private final JsonGenerator json;
    private int written;

    SarifGraph(JsonGenerator json) {
        this.json = json;
    }

    void write(Neighbourhood around) throws IOException {
        if (written++ >= GRAPHS) {
            return;
        }
        json.writeArrayFieldStart("graphs");
        json.writeStartObject();
        json.writeArrayFieldStart("nodes");
        for (Node node : around.nodes()) {
            json.writeStartObject();
            json.writeStringField("id", Integer.toString(node.index()));
            SarifRules.message(json, "label", label(node));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("edges");
        int id = 0;
        for (Neighbourhood.Edge edge : around.edges()) {
            if (edge.from() != null && edge.to() != null) {
                json.writeStartObject();
                json.writeStringField("id", Integer.toString(id++));
                json.writeStringField(
                        "sourceNodeId", Integer.toString(edge.from().index()));
                json.writeStringField("targetNodeId", Integer.toString(edge.to().index()));
                SarifRules.message(json, "label", Printable.line(edge.value().name(), NAME));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static String label(Node node) {
        String label = Printable.line(node.opType(), NAME) + " '" + Printable.line(node.name(), NAME) + "'";
        return QuantizerText.isQuantizer(node) ? label + ", " + QuantizerText.scaleInWords(node) : label;
    }
}
