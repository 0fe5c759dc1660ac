package io.qdqlint.report;

import io.qdqlint.forecast.Forecast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A forecast in numbers.
 *
 * @param precisions weighted layers by precision, in the order they first occur
 * @param int8Share share of the multiply-accumulates that run in INT8, 0 to 1; NaN when it is not known
 * @param kernels extra kernels
 * @param avoidable those of them that a fix of some finding removes
 * @param atInputs those of them that quantize an input of the graph
 * @param bytes what the extra kernels move; -1 when one is unknown
 * @param micros what they take; NaN when one is unknown
 * @param avoidableMicros what the avoidable ones take; NaN when one is unknown
 * @param lostFusions pairs that keep two nodes from becoming one kernel
 * @param tried how many edits were tried that could have removed others
 * @param savedMicros what fixing all of that saves: the avoidable kernels, and a kernel for each lost fusion; NaN when one is
 *     unknown
 */
public record ForecastSummary(
        Map<String, Integer> precisions,
        double int8Share,
        int kernels,
        int avoidable,
        int atInputs,
        long bytes,
        double micros,
        double avoidableMicros,
        int lostFusions,
        double savedMicros,
        int tried) {
    private static final String NOT_ESTIMATED =
            "the speed-up is not estimated: that needs the time of the whole engine, which qdqlint validate measures";

    public static ForecastSummary of(Forecast forecast) {
        Map<String, Integer> precisions = new LinkedHashMap<>();
        forecast.layers().forEach(l -> precisions.merge(l.precision(), 1, Integer::sum));
        int avoidable = 0;
        int atInputs = 0;
        long bytes = 0;
        double micros = 0;
        double avoidableMicros = 0;
        for (Forecast.Kernel k : forecast.kernels()) {
            avoidable += k.avoidable() ? 1 : 0;
            atInputs += !k.avoidable()
                            && k.kind() == Forecast.Kind.QUANTIZE
                            && k.value().isGraphInput()
                    ? 1
                    : 0;
            avoidableMicros += k.avoidable() ? k.micros() : 0;
            bytes = bytes < 0 || k.bytes() < 0 ? -1 : bytes + k.bytes();
            micros += k.micros();
        }
        double savedMicros = avoidableMicros;
        for (Forecast.LostFusion f : forecast.lostFusions()) {
            savedMicros += f.micros();
        }
        return new ForecastSummary(
                precisions,
                forecast.int8Share(),
                forecast.kernels().size(),
                avoidable,
                atInputs,
                bytes,
                micros,
                avoidableMicros,
                forecast.lostFusions().size(),
                savedMicros,
                forecast.tried());
    }

    /** The number of weighted layers. */
    public int layers() {
        return precisions.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many extra kernels there are, and of how many a fix is known: {@code 2 extra kernels, 1 avoidable}. */
    public String extraKernels() {
        String count = Amounts.count(kernels, "extra kernel");
        if (kernels == 0) {
            return count;
        }
        String found = avoidable == 0 ? count : count + ", " + avoidable + " avoidable";
        return avoidable == kernels ? found : found + "; " + rest();
    }

    /** What is known of the kernels that no finding removes. */
    private String rest() {
        int rest = kernels - avoidable;
        if (atInputs == rest) {
            String subject = avoidable > 0 ? rest == 1 ? "the other" : "the others" : rest == 1 ? "it" : "they";
            return subject + (rest == 1 ? " quantizes" : " quantize") + " what enters the graph and cannot be avoided";
        }
        String them = avoidable > 0 ? rest == 1 ? "the other" : "the others" : rest == 1 ? "it" : "them";
        if (tried == Forecast.NOT_ALL) {
            return "not all edits that could remove " + them + " were tried";
        }
        return tried == 0
                ? "qdqlint knows no edit that could remove " + them
                : "none of the " + Amounts.count(tried, "edit") + " that were tried removes " + them;
    }

    /** As sentences, one a line. */
    public List<String> lines(String device) {
        List<String> out = new ArrayList<>();
        if (layers() > 0) {
            List<String> each = new ArrayList<>();
            precisions.forEach((p, n) -> each.add(n + " " + p));
            String share = Double.isNaN(int8Share)
                    ? ""
                    : "; " + Amounts.percent(int8Share) + " of the multiply-accumulates in INT8";
            out.add(Amounts.count(layers(), "weighted layer") + ": " + String.join(", ", each) + share);
        }
        if (kernels == 0) {
            out.add("no extra quantize or dequantize kernels");
        } else {
            out.add(extraKernels());
            out.add((kernels == 1 ? "it moves " : "they move ") + Amounts.bytes(bytes) + " and take"
                    + (kernels == 1 ? "s" : "")
                    + " an estimated " + Amounts.micros(micros) + Amounts.on(device)
                    + (avoidable == 0 ? "" : ", " + Amounts.micros(avoidableMicros) + " of it avoidable"));
        }
        if (lostFusions > 0) {
            out.add(Amounts.count(lostFusions, "fusion") + " lost to a Q/DQ pair");
        }
        if (avoidable + lostFusions > 0) {
            out.add("fixing all of that saves an estimated " + Amounts.micros(savedMicros) + Amounts.on(device) + "; "
                    + NOT_ESTIMATED);
        }
        return out;
    }
}
