package io.qdqlint.trt.embedded;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs queries as trtexec does: two in flight, so that the GPU never waits, the first ones not counted. */
final class Stopwatch {
    private static final int IN_FLIGHT = 2;

    private Stopwatch() {}

    /** The queries after the warm-up, in order. */
    static List<TensorRt.Query> run(TensorRt.Inference inference, BuildOptions options) throws TensorRtFailure {
        List<TensorRt.Query> counted = new ArrayList<>();
        int atLeast = Math.max(1, options.iterations());
        double warm = options.warmUpMillis();
        double until = warm + options.durationMillis();
        double first = -1;
        double ran = 0;
        inference.enqueue(0);
        int slot = 0;
        while (counted.size() < atLeast || ran < until) {
            int next = (slot + 1) % IN_FLIGHT;
            inference.enqueue(next);
            TensorRt.Query query = inference.finish(slot);
            slot = next;
            first = first < 0 ? query.computeStart() : first;
            ran = query.computeEnd() - first;
            if (query.computeStart() >= first + warm) {
                counted.add(query);
            }
        }
        inference.finish(slot);
        return counted;
    }

    /** Writes the file of {@code --exportTimes}; nothing is copied to or from the GPU. */
    static void write(List<TensorRt.Query> queries, Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.writeStartArray();
            for (TensorRt.Query q : queries) {
                double compute = q.computeEnd() - q.computeStart();
                json.writeStartObject();
                json.writeNumberField("startEnqMs", q.enqueueStart());
                json.writeNumberField("endEnqMs", q.enqueueEnd());
                json.writeNumberField("startH2dMs", q.computeStart());
                json.writeNumberField("endH2dMs", q.computeStart());
                json.writeNumberField("startComputeMs", q.computeStart());
                json.writeNumberField("endComputeMs", q.computeEnd());
                json.writeNumberField("startD2hMs", q.computeEnd());
                json.writeNumberField("endD2hMs", q.computeEnd());
                json.writeNumberField("h2dMs", 0);
                json.writeNumberField("computeMs", compute);
                json.writeNumberField("d2hMs", 0);
                json.writeNumberField("latencyMs", compute);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
