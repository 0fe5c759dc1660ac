package io.qdqlint.verify;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * ONNX Runtime's native libraries on their way out of the jar. Its own way leaves an empty folder with each process: it has
 * the folder deleted before the files in it.
 */
final class OrtLibraries {
    /** Where ONNX Runtime looks for its libraries before it unpacks them. */
    private static final String PLACE = "onnxruntime.native.path";

    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private OrtLibraries() {}

    /** Unpacks them, once, into a folder that goes with the process. A platform that the jar has none for is left alone. */
    static synchronized void unpack() throws IOException {
        if (System.getProperty(PLACE) != null || resource(NAMES.get(0)) == null) {
            return;
        }
        Path folder = Files.createTempDirectory("qdqlint-onnxruntime");
        // Java deletes in reverse order: the folder last.
        folder.toFile().deleteOnExit();
        for (String name : NAMES) {
            Path file = folder.resolve(System.mapLibraryName(name));
            file.toFile().deleteOnExit();
            try (InputStream in = resource(name).openStream()) {
                Files.copy(in, file);
            }
        }
        System.setProperty(PLACE, folder.toString());
    }

    private static URL resource(String name) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String folder = (system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux") + "-"
                + (machine.equals("aarch64") ? "aarch64" : "x64");
        return OrtLibraries.class.getResource("/ai/onnxruntime/native/" + folder + "/" + System.mapLibraryName(name));
    }
}
