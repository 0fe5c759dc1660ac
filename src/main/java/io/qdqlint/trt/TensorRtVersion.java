package io.qdqlint.trt;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of TensorRT. */
public record TensorRtVersion(int major, int minor, int patch) implements Comparable<TensorRtVersion> {
    /** The mark trtexec prints first and last. */
    private static final Pattern MARK = Pattern.compile("&&&& \\w+ TensorRT\\.trtexec \\[TensorRT v(\\d+)]");

    private static final Comparator<TensorRtVersion> ORDER = Comparator.comparingInt(TensorRtVersion::major)
            .thenComparingInt(TensorRtVersion::minor)
            .thenComparingInt(TensorRtVersion::patch);

    /** The version in a line of trtexec's output such as {@code &&&& RUNNING TensorRT.trtexec [TensorRT v100600]}. */
    public static Optional<TensorRtVersion> inLine(String line) {
        Matcher m = MARK.matcher(line);
        return m.find() && m.group(1).length() <= 8
                ? Optional.of(ofNumber(Integer.parseInt(m.group(1))))
                : Optional.empty();
    }

    /** From NV_TENSORRT_VERSION: {@code 8401} is 8.4.1, and since TensorRT 10 {@code 100600} is 10.6.0. */
    static TensorRtVersion ofNumber(int number) {
        int unit = number >= 100_000 ? 10_000 : 1000;
        return new TensorRtVersion(number / unit, number % unit / 100, number % 100);
    }

    /** Whether it is {@code major.minor} or newer. */
    public boolean atLeast(int otherMajor, int otherMinor) {
        return compareTo(new TensorRtVersion(otherMajor, otherMinor, 0)) >= 0;
    }

    @Override
    public int compareTo(TensorRtVersion o) {
        return ORDER.compare(this, o);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
