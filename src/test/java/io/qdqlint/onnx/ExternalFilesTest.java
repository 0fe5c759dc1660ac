package io.qdqlint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.Model;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalFilesTest {
    @TempDir
    private Path folder;

    private Model model;
    private Path target;

    @BeforeEach
    void model() throws IOException {
        Path from = Files.createDirectories(folder.resolve("from"));
        Files.write(from.resolve("a.bin"), new byte[] {1, 2, 3, 4});
        Files.write(from.resolve("b.bin"), new byte[] {5, 6, 7, 8});
        Path file = Files.writeString(from.resolve("m.onnxtxt"), """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[1] x) => (float[1] y)
                <float[1] a = ["location": "a.bin", "length": "4"], float[1] b = ["location": "b.bin", "length": "4"]>
                { c = Add (x, a)  y = Add (c, b) }
                """);
        model = OnnxReader.read(file);
        target = Files.createDirectories(folder.resolve("to")).resolve("m.onnx");
    }

    @Test
    void aFileOfTheSameSizeWithOtherContentIsNotTakenForTheSame() throws IOException {
        Files.write(target.resolveSibling("b.bin"), new byte[] {5, 6, 7, 9});
        FileAlreadyExistsException e = assertThrows(
                FileAlreadyExistsException.class,
                () -> ExternalFiles.transfer(model, target, ExternalFiles.Transfer.COPY));
        assertTrue(e.getMessage().contains("exists with other content"), e.getMessage());
        assertFalse(Files.exists(target.resolveSibling("a.bin")), "nothing is brought then");
        Files.write(target.resolveSibling("b.bin"), new byte[] {5, 6, 7, 8});
        assertEquals(List.of(), ExternalFiles.transfer(model, target, ExternalFiles.Transfer.COPY));
        assertEquals(-1, Files.mismatch(folder.resolve("from/a.bin"), target.resolveSibling("a.bin")));
    }

    @Test
    void ofASymbolicLinkTheFileIsLinked() throws IOException {
        Path data = Files.move(folder.resolve("from/a.bin"), folder.resolve("data"));
        Files.createSymbolicLink(folder.resolve("from/a.bin"), Path.of("../data"));
        ExternalFiles.transfer(model, target, ExternalFiles.Transfer.LINK);
        assertFalse(Files.isSymbolicLink(target.resolveSibling("a.bin")));
        assertTrue(Files.isSameFile(data, target.resolveSibling("a.bin")));
    }
}
