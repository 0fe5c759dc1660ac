package io.qdqlint.trt.run;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where TensorRT from Maven Central lies, if it was fetched (Maven profile tensorrt): its jars, and its libraries in lib.
 * Only the process that builds engines has them on its class path; it takes trtexec's options and is run as trtexec is.
 */
final class EmbeddedTensorRt {
    /** The folder {@code tensorrt} beside qdqlint's jar. */
    static final Path HOME = home();

    private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";
    private static final String PROGRAM = "io.qdqlint.trt.embedded.EmbeddedTrtexec";

    private EmbeddedTensorRt() {}

    /** What runs it; empty if its jars are not in {@code folder}. */
    static Optional<List<String>> command(Path folder) {
        if (!hasTensorRt(folder)) {
            return Optional.empty();
        }
        return Optional.of(List.of(
                "env",
                LIBRARY_PATH + "=" + libraryPath(folder),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                // A crash in TensorRT is reported in the log.
                "-XX:ErrorFile=/dev/null",
                "-XX:-CreateCoredumpOnCrash",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath() + File.pathSeparator + folder.toAbsolutePath() + File.separator + "*",
                PROGRAM));
    }

    /** TensorRT opens one of its libraries by name in the middle of its work, so the system's loader has to know where. */
    private static String libraryPath(Path folder) {
        String given = System.getenv(LIBRARY_PATH);
        Path own = folder.resolve("lib").toAbsolutePath();
        return given == null || given.isEmpty() ? own.toString() : own + File.pathSeparator + given;
    }

    /** This process's, for one that runs in another folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean hasTensorRt(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "tensorrt-*.jar")) {
            return jars.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path home() {
        try {
            return Path.of(EmbeddedTensorRt.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("tensorrt");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
