package io.qdqlint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever keeps the elements of a tensor, they are loaded and written. */
class StorageTest {
    private static final byte[] TWO = {3, 4};

    @TempDir
    private Path folder;

    @Test
    void eachKindIsLoadedAndWritten() throws IOException {
        Path file = Files.write(folder.resolve("w.bin"), TWO);
        Map<Class<?>, Storage> kinds = Map.of(
                Storage.Inline.class, new Storage.Inline(TWO),
                Storage.InFile.class, new Storage.InFile(file, 0, 2, false),
                Storage.External.class, new Storage.External("w.bin", 0, 2),
                Storage.Absent.class, new Storage.Absent());
        assertEquals(Set.of(Storage.class.getPermittedSubclasses()), kinds.keySet());
        TensorLoader loader = new TensorLoader(folder.resolve("model.onnx"));
        for (Storage storage : kinds.values()) {
            Tensor tensor = new Tensor("w", DataType.INT8, Shape.of(2), storage);
            Optional<Tensor> loaded = loader.load(tensor);
            assertEquals(!(storage instanceof Storage.Absent), loaded.isPresent(), storage.toString());
            loaded.ifPresent(t -> assertArrayEquals(TWO, ((Storage.Inline) t.storage()).bytes()));
            assertTrue(OnnxEncoder.tensor(tensor).length() > 0);
        }
    }
}
