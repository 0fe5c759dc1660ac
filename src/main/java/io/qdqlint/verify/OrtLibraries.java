package io.qdqlint.verify;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Unpacks ONNX Runtime's native libraries from the jar. ONNX Runtime's own code leaves an empty folder after each process,
 * as it deletes the folder before the files in it.
 */
final class OrtLibraries {
    /** Where ONNX Runtime looks for its libraries before it unpacks them. */
    private static final String PLACE = "onnxruntime.native.path";

    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private OrtLibraries() {}

    /**
     * Unpacks them once, into a folder that is deleted at the end of the process. Does nothing on a platform without
     * libraries in the jar.
     */
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
