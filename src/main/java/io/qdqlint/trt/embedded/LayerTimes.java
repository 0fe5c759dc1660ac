package io.qdqlint.trt.embedded;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What TensorRT's profiler reports, query after query. Layers are identified by their place in the query, as two may have one
 * name.
 */
final class LayerTimes {
    private static final class Layer {
        private final String name;
        private final List<Double> millis = new ArrayList<>();

        Layer(String name) {
            this.name = name;
        }

        double total() {
            return millis.stream().mapToDouble(Double::doubleValue).sum();
        }

        double median() {
            double[] sorted =
                    millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int n = sorted.length;
            return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        }
    }

    private final List<Layer> layers = new ArrayList<>();
    private int next;
    private int queries;

    /** The next layer of a query took so long. The first layer's name begins a new query. */
    synchronized void add(String name, double millis) {
        boolean begins =
                layers.isEmpty() || next == layers.size() && layers.get(0).name.equals(name);
        if (begins) {
            queries++;
            next = 0;
        }
        if (next == layers.size()) {
            layers.add(new Layer(name));
        }
        layers.get(next++).millis.add(millis);
    }

    /** Forgets all queries so far. */
    synchronized void clear() {
        layers.clear();
        next = 0;
        queries = 0;
    }

    synchronized int queries() {
        return queries;
    }

    /** Writes the file of {@code --exportProfile}. */
    synchronized void write(Path file) throws IOException {
        double total = layers.stream().mapToDouble(Layer::total).sum();
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            json.writeStartObject();
            json.writeNumberField("count", queries);
            json.writeEndObject();
            for (Layer layer : layers) {
                json.writeStartObject();
                json.writeStringField("name", layer.name);
                json.writeNumberField("timeMs", layer.total());
                json.writeNumberField("averageMs", layer.total() / layer.millis.size());
                json.writeNumberField("medianMs", layer.median());
                json.writeNumberField("percentage", total == 0 ? 0 : layer.total() / total * 100);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
