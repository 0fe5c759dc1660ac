package io.qdqlint;

import io.qdqlint.fact.Device;
import io.qdqlint.fact.Devices;
import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;

/**
 * What a model is meant for. Immutable; each method returns options that differ in one thing.
 *
 * @param target the TensorRT version to forecast for
 * @param gpu the GPU that times are estimated for
 * @param inputs the shapes of inputs that the model leaves open; an open dimension of another input counts as 1 in sizes and times
 * @param tolerance what one scale for several quantizers may cost
 */
public record Options(Target target, Device gpu, InputShapes inputs, Tolerance tolerance) {
    /** As {@code qdqlint check} without options: TensorRT 10, an H100, the shapes of the file. */
    public static final Options DEFAULT =
            new Options(Target.DEFAULT, named("H100"), InputShapes.NONE, Tolerance.DEFAULT);

    /**
     * The same for a TensorRT version, weakly typed before 11.
     *
     * @param version {@code 8.6}, {@code 10.3}, {@code 10.x}, {@code 11.x}
     * @throws IllegalArgumentException that says which versions there are
     */
    public Options tensorrt(String version) {
        return new Options(Target.parse(version), gpu, inputs, tolerance);
    }

    /**
     * The same for a strongly typed build, as {@code trtexec --stronglyTyped} makes it; always so from TensorRT 11 on.
     *
     * @throws IllegalArgumentException where the version that is set has no strong typing
     */
    public Options stronglyTyped() {
        return new Options(target.strong(), gpu, inputs, tolerance);
    }

    /**
     * The same for a GPU.
     *
     * @param name {@code H100}, {@code AGX Orin}, ...; case, blanks and dashes do not matter
     * @throws IllegalArgumentException that lists those there are; {@link #device(Device)} takes any other
     */
    public Options device(String name) {
        return device(named(name));
    }

    /** The same for a GPU with its bandwidth in GB/s and the microseconds that its smallest kernel takes. */
    public Options device(Device other) {
        return new Options(target, other, inputs, tolerance);
    }

    /**
     * The same for these shapes of inputs.
     *
     * @param text as trtexec takes them: {@code images:8x3x640x640,mask:8x128}
     * @throws IllegalArgumentException that shows the entry which is none
     */
    public Options shapes(String text) {
        return new Options(target, gpu, InputShapes.parse(text), tolerance);
    }

    /**
     * The same with another limit for scales that are made one.
     *
     * @param ratio the largest of a scale to another, 1 or more; 4 costs the finer tensor 2 bits of 8
     * @throws IllegalArgumentException if it is less than 1 or not finite
     */
    public Options largestScaleRatio(double ratio) {
        if (!(ratio >= 1 && ratio < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a ratio of scales is 1 or more, not " + ratio);
        }
        return new Options(target, gpu, inputs, new Tolerance(ratio));
    }

    private static Device named(String name) {
        Devices known = Devices.load(null);
        return known.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is not known; there are " + String.join(", ", known.names())));
    }
}
