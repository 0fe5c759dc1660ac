package io.qdqlint.trt;

import java.util.List;

/**
 * An engine as TensorRT's inspector describes it.
 *
 * @param label what people call it: the file's name without its endings
 * @param detailed false for a file that holds layer names only, because the engine was built without
 *     {@code --profilingVerbosity=detailed}
 * @param layers in execution order, of optimization profile 0, without the signal and wait layers of several streams
 * @param ioTensors names of the network's inputs and outputs
 */
public record Engine(String label, boolean detailed, List<EngineLayer> layers, List<String> ioTensors) {
    /** What to tell a user whose file holds layer names only. */
    public static final String NAMES_ONLY_HINT =
            "holds layer names only: build the engine again with --profilingVerbosity=detailed";

    public List<EngineLayer> standAloneQuantizers() {
        return layers.stream().filter(EngineLayer::isStandAloneQuantizer).toList();
    }
}
