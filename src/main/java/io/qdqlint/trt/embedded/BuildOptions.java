package io.qdqlint.trt.embedded;

import io.qdqlint.fact.InputShapes;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of trtexec that the embedded TensorRT takes, with trtexec's meaning and defaults. */
final class BuildOptions {
    /** Measuring is always so; trtexec needs an option. */
    private static final Set<String> IMPLIED = Set.of("--noDataTransfers", "--separateProfileRun");

    private static final Set<String> SWITCHES = Set.of(
            "--help",
            "--verbose",
            "--fp16",
            "--bf16",
            "--int8",
            "--fp8",
            "--stronglyTyped",
            "--noTF32",
            "--useCudaGraph",
            "--useSpinWait");
    private static final Set<String> VALUES = Set.of(
            "--onnx",
            "--device",
            "--shapes",
            "--minShapes",
            "--optShapes",
            "--maxShapes",
            "--builderOptimizationLevel",
            "--avgTiming",
            "--maxAuxStreams",
            "--memPoolSize",
            "--timingCacheFile",
            "--profilingVerbosity",
            "--warmUp",
            "--duration",
            "--iterations",
            "--exportLayerInfo",
            "--exportProfile",
            "--exportTimes");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(?:\\.\\d{1,9})?");
    private static final Pattern WORKSPACE = Pattern.compile("workspace:(\\d{1,9}(?:\\.\\d{1,9})?)([BKMG]?)");

    private final Set<String> given = new HashSet<>();
    private final Map<String, String> values = new TreeMap<>();

    private BuildOptions() {}

    /**
     * Reads a command line.
     *
     * @throws TensorRtFailure where an option is not known here, or cannot be
     */
    static BuildOptions parse(String... arguments) throws TensorRtFailure {
        BuildOptions out = new BuildOptions();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 && (SWITCHES.contains(name) || IMPLIED.contains(name))) {
                out.given.add(name);
            } else if (equals > 0 && VALUES.contains(name)) {
                out.values.put(name, argument.substring(equals + 1));
            } else {
                throw new TensorRtFailure("Unknown option: " + argument + "; the embedded TensorRT knows " + known());
            }
        }
        out.check();
        return out;
    }

    private static String known() {
        Set<String> all = new TreeSet<>(SWITCHES);
        VALUES.forEach(v -> all.add(v + "="));
        return String.join(" ", all);
    }

    private void check() throws TensorRtFailure {
        if (has("--int8") && has("--fp8")) {
            throw new TensorRtFailure("FP8 and INT8 precisions have been specified");
        }
        for (String name : List.of("--shapes", "--minShapes", "--optShapes", "--maxShapes")) {
            shapes(name);
        }
        for (String name : List.of("--device", "--builderOptimizationLevel", "--avgTiming", "--maxAuxStreams")) {
            number(name);
        }
        for (String name : List.of("--warmUp", "--duration", "--iterations")) {
            number(name);
        }
        verbosity();
        workspace();
    }

    boolean has(String option) {
        return given.contains(option);
    }

    /** The file that an option names. */
    Optional<Path> file(String option) {
        return Optional.ofNullable(values.get(option)).map(Path::of);
    }

    /** An option's number; empty if it was not given. */
    Optional<Double> number(String option) throws TensorRtFailure {
        String text = values.get(option);
        if (text == null) {
            return Optional.empty();
        }
        // Not all that Java takes for a number: with NaN a measurement would never end.
        if (!NUMBER.matcher(text).matches()) {
            throw new TensorRtFailure(option + " must be a number, not " + text);
        }
        return Optional.of(Double.valueOf(text));
    }

    int device() throws TensorRtFailure {
        return number("--device").orElse(0.0).intValue();
    }

    double warmUpMillis() throws TensorRtFailure {
        return number("--warmUp").orElse(200.0);
    }

    double durationMillis() throws TensorRtFailure {
        return number("--duration").orElse(3.0) * 1000;
    }

    int iterations() throws TensorRtFailure {
        return number("--iterations").orElse(10.0).intValue();
    }

    /** How much the engine records of its layers. */
    enum Verbosity {
        LAYER_NAMES_ONLY,
        DETAILED,
        NONE
    }

    Verbosity verbosity() throws TensorRtFailure {
        return switch (values.getOrDefault("--profilingVerbosity", "layer_names_only")) {
            case "layer_names_only" -> Verbosity.LAYER_NAMES_ONLY;
            case "detailed" -> Verbosity.DETAILED;
            case "none" -> Verbosity.NONE;
            default ->
                throw new TensorRtFailure("--profilingVerbosity must be layer_names_only, detailed or none, not "
                        + values.get("--profilingVerbosity"));
        };
    }

    /** Bytes of workspace; empty for all that the GPU has. Without a unit, MiB are meant. */
    Optional<Long> workspace() throws TensorRtFailure {
        String text = values.get("--memPoolSize");
        if (text == null) {
            return Optional.empty();
        }
        Matcher m = WORKSPACE.matcher(text);
        if (!m.matches()) {
            throw new TensorRtFailure("--memPoolSize must be workspace:SIZE here, not " + text);
        }
        int shift = m.group(2).isEmpty() ? 20 : 10 * "BKMG".indexOf(m.group(2));
        return Optional.of((long) (Double.parseDouble(m.group(1)) * (1L << shift)));
    }

    /** The smallest, the usual or the largest shape of an input. */
    enum Extent {
        MIN("--minShapes"),
        OPT("--optShapes"),
        MAX("--maxShapes");

        private final String option;

        Extent(String option) {
            this.option = option;
        }
    }

    /** The shape given for an input to be built with: that of the extent, the usual one, or the one of inference. */
    Optional<long[]> shape(String input, Extent extent) throws TensorRtFailure {
        for (String option : List.of(extent.option, Extent.OPT.option, "--shapes")) {
            long[] shape = shapes(option).get(input);
            if (shape != null) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    /** The shape given for an input to run with. */
    Optional<long[]> shape(String input) throws TensorRtFailure {
        long[] shape = shapes("--shapes").get(input);
        return shape == null ? shape(input, Extent.OPT) : Optional.of(shape);
    }

    /** The inputs that shapes are given for. */
    Set<String> shaped() throws TensorRtFailure {
        Set<String> out = new TreeSet<>(shapes("--shapes").keySet());
        for (Extent extent : Extent.values()) {
            out.addAll(shapes(extent.option).keySet());
        }
        return out;
    }

    private Map<String, long[]> shapes(String option) throws TensorRtFailure {
        try {
            Map<String, long[]> out = new TreeMap<>();
            InputShapes.parse(values.getOrDefault(option, "")).given().forEach((name, s) -> out.put(name, s.sizes()));
            return out;
        } catch (IllegalArgumentException e) {
            throw new TensorRtFailure(option + ": " + e.getMessage());
        }
    }
}
