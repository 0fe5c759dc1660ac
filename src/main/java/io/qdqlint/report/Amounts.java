package io.qdqlint.report;

import io.qdqlint.finding.Cost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Numbers in words and units. */
public final class Amounts {
    private Amounts() {}

    /** {@code 1 kernel}, {@code 2 kernels}. */
    public static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    /** {@code 'a', 'b', 'c' and 9 more}: names from a model, at most {@code limit} of them. */
    public static String names(List<String> names, int limit) {
        String shown = names.stream()
                .limit(limit)
                .map(n -> "'" + Printable.line(n, 100) + "'")
                .collect(Collectors.joining(", "));
        return names.size() <= limit ? shown : shown + " and " + (names.size() - limit) + " more";
    }

    /** Three significant digits and a decimal unit; {@code unknown size} for a negative number. */
    public static String bytes(long n) {
        if (n < 0) {
            return "unknown size";
        }
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double v = n;
        int u = 0;
        while (v >= 999.5 && u < units.length - 1) {
            v /= 1000;
            u++;
        }
        return (u == 0 ? Long.toString(n) : significant(v)) + " " + units[u];
    }

    /** Microseconds below a millisecond, milliseconds from there; {@code unknown time} for NaN. */
    public static String micros(double us) {
        if (Double.isNaN(us)) {
            return "unknown time";
        }
        return us < 1000 ? significant(us) + " µs" : significant(us / 1000) + " ms";
    }

    /** A share of 1 in whole percent, never rounded to 0 or 100 unless it is that. */
    public static String percent(double share) {
        long p = Math.round(share * 100);
        if (p == 100 && share < 1) {
            return "99 %";
        }
        return (p == 0 && share > 0 ? 1 : p) + " %";
    }

    /**
     * What a finding costs: {@code 2 avoidable kernels, 1.2 MB moved, est. 11 µs on H100}, or {@code 11 µs measured}; empty
     * for {@link Cost#NONE}.
     *
     * @param device the GPU of estimates; empty to leave it out
     */
    public static String cost(Cost cost, String device) {
        if (cost.kernels() == 0 && cost.bytes() == 0 && !(cost.micros() > 0)) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (cost.kernels() > 0 || !(cost.micros() > 0)) {
            parts.add(count(cost.kernels(), "avoidable kernel"));
        }
        if (cost.bytes() > 0) {
            parts.add(bytes(cost.bytes()) + " moved");
        }
        if (cost.micros() > 0) {
            parts.add(
                    cost.measured()
                            ? micros(cost.micros()) + " measured"
                            : "est. " + micros(cost.micros()) + on(device));
        }
        return String.join(", ", parts);
    }

    /** {@code " on H100"}, or nothing where no device is named. */
    public static String on(String device) {
        return device.isEmpty() ? "" : " on " + Printable.line(device, 60);
    }

    /** Three digits or so. Not by {@code String.format}, whose first call costs 20 ms of a half-second run. */
    private static String significant(double v) {
        int decimals = v >= 99.95 || v == 0 ? 0 : v >= 9.995 ? 1 : 2;
        return BigDecimal.valueOf(v).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }
}
