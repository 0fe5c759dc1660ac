package io.qdqlint.trt;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A tensor as one engine layer sees it.
 *
 * @param name unique among the tensors that are alive at the same time, not in the whole engine
 * @param format short name of the layout ({@code NC/32HW32}); empty where the engine does not say (Myelin)
 * @param dims empty for a scalar; -1 for a size fixed at run time
 */
public record EngineTensor(String name, Precision precision, String format, List<Long> dims) {

    /** Bytes of its elements; 0 when the type or a size is not known. */
    public long bytes() {
        double n = precision.bytes();
        for (long d : dims) {
            n *= Math.max(0, d);
        }
        return (long) n;
    }

    /** {@code 1x64x160x160}. */
    public String shape() {
        return dims.isEmpty() ? "scalar" : dims.stream().map(Object::toString).collect(Collectors.joining("x"));
    }

    /** {@code INT8 NC/32HW32}. */
    public String type() {
        return format.isEmpty() ? precision.name() : precision.name() + " " + format;
    }
}
