package io.qdqlint.trt;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The short names of TensorRT's memory layouts, as trt-engine-explorer writes them ({@code NC/32HW32}). */
final class TensorFormat {
    private static final List<String> WIDTHS = List.of("two", "four", "eight", "sixteen", "thirty-two");
    private static final Pattern VECTORIZED =
            Pattern.compile("(two|four|eight|sixteen|thirty-two) wide channel vectorized", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHANNEL_MODULO = Pattern.compile("channel (?:%|==) ?(\\d+)");
    private static final Pattern API_NAME = Pattern.compile("k?(CHW|HWC|DHWC|CDHW)(\\d*)", Pattern.CASE_INSENSITIVE);

    private TensorFormat() {}

    /** The short name; the phrase itself, without the type, where it is a layout this version does not know. */
    static String shortName(String phrase) {
        String text = phrase.strip();
        Matcher m = VECTORIZED.matcher(text);
        if (m.find()) {
            int width = 2 << WIDTHS.indexOf(m.group(1).toLowerCase(Locale.ROOT));
            return "NC/" + width + "HW" + width;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("channel major")) {
            Matcher modulo = CHANNEL_MODULO.matcher(lower);
            return modulo.find() ? "NHWC" + modulo.group(1) : "NHWC";
        }
        if (lower.startsWith("row major") || lower.contains("linear")) {
            return "linear";
        }
        m = API_NAME.matcher(text);
        if (m.matches()) {
            boolean channelsLast = m.group(1).toUpperCase(Locale.ROOT).endsWith("C");
            return channelsLast ? "NHWC" + m.group(2) : "NC/" + m.group(2) + "HW" + m.group(2);
        }
        return Precision.of(text) == Precision.UNKNOWN ? text : "";
    }
}
