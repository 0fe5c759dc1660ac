package io.qdqlint.trt.embedded;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * Loads TensorRT's libraries and those that lead to it from Java. JavaCPP's own loading would ask for the whole CUDA
 * toolkit, cuDNN included, of which TensorRT needs nothing.
 */
final class NativeLibraries {
    /** In the order in which they need each other; those of a distribution are taken where the jars have none. */
    private static final List<String> ORDER = List.of(
            "libjnijavacpp.so",
            "libnvinfer.so",
            "libnvinfer_builder_resource.so",
            "libnvinfer_plugin.so",
            "libnvonnxparser.so",
            "libjninvinfer.so",
            "libjninvinfer_plugin.so",
            "libjninvonnxparser.so");

    private NativeLibraries() {}

    /**
     * Loads them.
     *
     * @throws TensorRtFailure where one is missing or does not fit this machine
     */
    static void load() throws TensorRtFailure {
        System.setProperty("org.bytedeco.javacpp.loadlibraries", "false");
        try {
            List<File> found = new ArrayList<>();
            for (String library : List.of("javacpp", "tensorrt")) {
                String folder = "/org/bytedeco/" + library + "/" + Loader.getPlatform() + "/";
                for (File unpacked : Loader.cacheResources(folder)) {
                    File[] files = unpacked.listFiles();
                    found.addAll(files == null ? List.of() : List.of(files));
                }
            }
            for (String name : ORDER) {
                for (File file : found) {
                    if (file.getName().startsWith(name)) {
                        System.load(file.getPath());
                    }
                }
            }
            if (found.stream().noneMatch(f -> f.getName().startsWith("libjninvinfer"))) {
                throw new TensorRtFailure("error while loading shared libraries: the jars have no libjninvinfer.so for "
                        + Loader.getPlatform());
            }
        } catch (UnsatisfiedLinkError e) {
            String message = e.getMessage().lines().findFirst().orElse("");
            throw new TensorRtFailure(
                    "error while loading shared libraries: " + message.replaceFirst("^\\S+/[^/]+: (?=lib)", ""));
        } catch (IOException e) {
            throw new TensorRtFailure("TensorRT's libraries cannot be unpacked: " + e.getMessage());
        }
    }
}
