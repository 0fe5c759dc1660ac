package io.qdqlint.fact;

/**
 * The TensorRT version that the model is meant for, and how it is built. Rules guard statements with {@code Target( stronglyTyped )}.
 *
 * @param major 8, 10 or 11
 * @param minor 0 where the user named the major version only
 * @param dla whether the model is to run on a DLA, not on the GPU
 * @param stronglyTyped whether the engine's types are those of the file, and no others; always so from 11.0 on
 */
public record Target(int major, int minor, boolean stronglyTyped, boolean dla) {

    /** The version that concepts were checked against with real engines. */
    public static final Target DEFAULT = new Target(10, 6);

    /** Built for a GPU, in the version's default typing: weak before 11.0. */
    public Target(int major, int minor) {
        this(major, minor, major >= 11, false);
    }

    /**
     * The same version, building strongly typed engines.
     *
     * @throws IllegalArgumentException with a sentence for the user, where the version cannot
     */
    public Target strong() {
        if (before(10, 0)) {
            throw new IllegalArgumentException(
                    "TensorRT " + major + " has no strong typing; it came with TensorRT 10.0");
        }
        return new Target(major, minor, true, dla);
    }

    /** The same for a DLA. */
    public Target onDla() {
        return new Target(major, minor, stronglyTyped, true);
    }

    public boolean atLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || major == otherMajor && minor >= otherMinor;
    }

    public boolean before(int otherMajor, int otherMinor) {
        return !atLeast(otherMajor, otherMinor);
    }

    /**
     * Reads {@code 10}, {@code 10.6} or {@code 10.x}; {@code 10} and {@code 10.x} mean {@link #DEFAULT}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Target parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            boolean open = parts.length == 1 || parts[1].equals("x");
            int minor = open ? major == DEFAULT.major ? DEFAULT.minor : major == 8 ? 6 : 0 : Integer.parseInt(parts[1]);
            if (major < 8 || major == 9 || major > 11) {
                throw new IllegalArgumentException("TensorRT " + text
                        + " is not supported; use 8.x (8 means 8.6), 10.x or 11.x;" + " --tensorrt help lists them");
            }
            return new Target(major, minor);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a TensorRT version; write 8.6, 10.x or 11.x", e);
        }
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
