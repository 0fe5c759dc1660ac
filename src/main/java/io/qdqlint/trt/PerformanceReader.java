package io.qdqlint.trt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads trtexec's performance summary, from its log or computed from {@code --exportTimes}. */
public final class PerformanceReader {
    private static final Pattern THROUGHPUT = Pattern.compile("^Throughput:\\s*(\\S+)\\s*qps");
    private static final Pattern TIMING = Pattern.compile(
            "^(Latency|Enqueue Time|H2D Latency|GPU Compute Time|D2H Latency|End-to-End Host Latency): min = (\\S+) ms, "
                    + "max = (\\S+) ms, mean = (\\S+) ms, median = (\\S+) ms((?:, percentile\\([\\d.]+%\\) = \\S+ ms)*)");
    private static final Pattern PERCENTILE = Pattern.compile("percentile\\(([\\d.]+)%\\) = (\\S+) ms");

    private double throughput = Double.NaN;
    private final Map<String, Performance.Timing> timings = new LinkedHashMap<>();

    PerformanceReader() {}

    /** Takes one line of a log, without time and level; others than those of the summary are passed over. */
    void line(String text) {
        Matcher m = THROUGHPUT.matcher(text);
        if (m.find()) {
            throughput = number(m.group(1));
            return;
        }
        m = TIMING.matcher(text);
        if (m.find()) {
            Map<Double, Double> percentiles = new TreeMap<>();
            Matcher p = PERCENTILE.matcher(m.group(6));
            while (p.find()) {
                percentiles.put(number(p.group(1)), number(p.group(2)));
            }
            timings.put(
                    m.group(1),
                    new Performance.Timing(
                            number(m.group(2)),
                            number(m.group(3)),
                            number(m.group(4)),
                            number(m.group(5)),
                            percentiles));
        }
    }

    /** The summary read so far, or null if there was none. */
    Performance performance() {
        return timings.isEmpty() && Double.isNaN(throughput) ? null : new Performance(throughput, Map.copyOf(timings));
    }

    /**
     * Reads {@code --exportTimes}.
     *
     * @throws UnreadableEngineException where it is not such a file
     */
    public static Performance readTimes(Path file) throws IOException {
        JsonNode root = LooseJson.read(file);
        if (!root.isArray() || root.isEmpty() || !root.get(0).has("latencyMs")) {
            throw new UnreadableEngineException(file + " is not a file of --exportTimes");
        }
        double first = root.get(0).path("startH2dMs").asDouble();
        double last = root.get(root.size() - 1).path("endD2hMs").asDouble();
        Map<String, Performance.Timing> timings = new LinkedHashMap<>();
        timings.put(Performance.LATENCY, timing(root, "latencyMs"));
        timings.put(Performance.GPU_TIME, timing(root, "computeMs"));
        return new Performance(last > first ? root.size() * 1000 / (last - first) : Double.NaN, timings);
    }

    /** The log; if it has no performance summary, with the one that the single times give, where there is such a file. */
    public static BuildLog completed(BuildLog log, Path times) throws IOException {
        if (log.performance() != null || !Files.isRegularFile(times)) {
            return log;
        }
        return new BuildLog(
                log.version(),
                log.outcome(),
                log.device(),
                log.buildSeconds(),
                log.errors(),
                log.warnings(),
                log.passes(),
                readTimes(times));
    }

    private static Performance.Timing timing(JsonNode root, String field) {
        double[] values = new double[root.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = root.get(i).path(field).asDouble();
        }
        Arrays.sort(values);
        Map<Double, Double> percentiles = new TreeMap<>();
        for (double p : new double[] {90, 95, 99}) {
            percentiles.put(p, percentile(values, p));
        }
        int n = values.length;
        return new Performance.Timing(
                values[0],
                values[n - 1],
                Arrays.stream(values).average().orElse(Double.NaN),
                n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2,
                percentiles);
    }

    /** As findPercentile in trtexec's sampleReporting.cpp counts. */
    private static double percentile(double[] sorted, double percent) {
        int exclude = (int) ((1 - percent / 100) * sorted.length);
        return sorted[Math.max(0, sorted.length - 1 - exclude)];
    }

    private static double number(String text) {
        try {
            return text.endsWith("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
