package io.qdqlint.trt.run;

import io.qdqlint.trt.TensorRtVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The options that trtexec of one version takes. What each version knows was read in samples/common/sampleOptions.cpp of
 * its branch.
 */
public final class TrtexecFlags {
    /** Names of the files trtexec reads and writes; they never come from a model. */
    static final String MODEL = "model.onnx";

    static final String LAYERS = "layer.json";
    static final String PROFILE = "profile.json";
    static final String TIMES = "times.json";
    static final String CACHE = "timing.cache";

    /** What comes back from a build. */
    static final List<String> RESULTS = List.of(LAYERS, PROFILE, TIMES, CACHE);

    private static final Set<String> GONE_IN_10 = Set.of(
            "--workspace",
            "--buildOnly",
            "--explicitBatch",
            "--explicitPrecision",
            "--batch",
            "--maxBatch",
            "--deploy",
            "--model",
            "--output",
            "--minTiming",
            "--heuristic",
            "--nvtxMode");
    private static final Set<String> GONE_IN_11 = Set.of(
            "--fp16",
            "--bf16",
            "--int8",
            "--fp8",
            "--int4",
            "--best",
            "--calib",
            "--calibProfile",
            "--minShapesCalib",
            "--optShapesCalib",
            "--maxShapesCalib",
            "--layerPrecisions",
            "--layerOutputTypes",
            "--precisionConstraints");

    private TrtexecFlags() {}

    /**
     * The options for one build with all exports.
     *
     * @param folder where the files lie as trtexec sees it, with a separator at its end; empty for the current one
     * @param extra the user's own options, put last
     */
    static List<String> of(TensorRtVersion version, BuildMode mode, String folder, List<String> extra)
            throws MachineException {
        check(version, mode, extra);
        List<String> out = new ArrayList<>();
        out.add("--onnx=" + folder + MODEL);
        if (!version.atLeast(11, 0)) {
            out.addAll(precision(mode));
        }
        out.add("--profilingVerbosity=detailed");
        out.add("--exportLayerInfo=" + folder + LAYERS);
        out.add("--exportProfile=" + folder + PROFILE);
        out.add("--exportTimes=" + folder + TIMES);
        if (!version.atLeast(11, 0)) {
            // These are the default since 11, where the options do nothing but warn.
            out.addAll(List.of("--separateProfileRun", "--useCudaGraph", "--useSpinWait", "--noDataTransfers"));
        }
        out.addAll(extra);
        return out;
    }

    private static List<String> precision(BuildMode mode) {
        return switch (mode) {
            case FP16 -> List.of("--fp16");
            case INT8 -> List.of("--fp16", "--int8");
            case FP8 -> List.of("--fp16", "--fp8");
            case STRONGLY_TYPED -> List.of("--stronglyTyped");
        };
    }

    private static void check(TensorRtVersion version, BuildMode mode, List<String> extra) throws MachineException {
        if (!version.atLeast(8, 4)) {
            throw new MachineException(
                    "TensorRT " + version + " cannot export layers (--exportLayerInfo came with 8.4); use a newer one");
        }
        if (!version.atLeast(10, 0) && mode == BuildMode.STRONGLY_TYPED) {
            throw new MachineException("TensorRT " + version + " has no strongly typed networks; they came with 10.0");
        }
        for (String flag : extra) {
            String name = flag.replaceFirst("=.*", "");
            if (version.atLeast(10, 0) && GONE_IN_10.contains(name)) {
                throw new MachineException("TensorRT " + version + " has no " + name
                        + (name.equals("--workspace") ? "; write --memPoolSize=workspace:MIB" : "; leave it out"));
            }
            if (version.atLeast(11, 0) && GONE_IN_11.contains(name)) {
                throw new MachineException(
                        "TensorRT " + version + " has no " + name + "; it takes all types from the model");
            }
        }
    }
}
