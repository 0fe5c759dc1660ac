package io.qdqlint.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrtLibrariesTest {
    /** Loads the model named as its argument. */
    static final class Load {
        private Load() {}

        public static void main(String[] args) throws Exception {
            new OrtModel(Path.of(args[0])).close();
        }
    }

    @Test
    void nothingIsLeftInTheTemporaryFolder(@TempDir Path folder) throws IOException, InterruptedException {
        Path text = Files.writeString(
                folder.resolve("m.onnxtxt"),
                "<ir_version: 8, opset_import: [\"\" : 13]> g (float[1] x) => (float[1] y) { y = Abs (x) }");
        Path model = folder.resolve("m.onnx");
        OnnxWriter.encode(OnnxReader.read(text), model);
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                Load.class.getName(),
                model.toString());
        java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        assertEquals(0, java.inheritIO().start().waitFor());
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
