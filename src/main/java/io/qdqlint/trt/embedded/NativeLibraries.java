package io.qdqlint.trt.embedded;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * Loads JavaCPP's libraries for TensorRT. The system's loader finds TensorRT's own libraries by LD_LIBRARY_PATH. JavaCPP's
 * own loading would need the whole CUDA toolkit with cuDNN, which TensorRT does not need.
 */
final class NativeLibraries {
    private static final List<String> BRIDGES = List.of(
            "javacpp/%s/libjnijavacpp.so",
            "tensorrt/%s/libjninvinfer.so", "tensorrt/%s/libjninvinfer_plugin.so", "tensorrt/%s/libjninvonnxparser.so");

    private NativeLibraries() {}

    /**
     * Loads them.
     *
     * @throws TensorRtFailure where one is missing or does not fit this machine
     */
    static void load() throws TensorRtFailure {
        System.setProperty("org.bytedeco.javacpp.loadlibraries", "false");
        for (String bridge : BRIDGES) {
            String resource = "/org/bytedeco/" + String.format(bridge, Loader.getPlatform());
            try {
                File unpacked = Loader.cacheResource(resource);
                if (unpacked == null) {
                    throw new TensorRtFailure("error while loading shared libraries: no jar has " + resource);
                }
                System.load(unpacked.getPath());
            } catch (UnsatisfiedLinkError e) {
                String message = e.getMessage().lines().findFirst().orElse("");
                throw new TensorRtFailure(
                        "error while loading shared libraries: " + message.replaceFirst("^\\S+/[^/]+: (?=lib)", ""));
            } catch (IOException e) {
                throw new TensorRtFailure(resource + " cannot be unpacked: " + e.getMessage());
            }
        }
    }
}
