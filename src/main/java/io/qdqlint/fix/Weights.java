package io.qdqlint.fix;

import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import io.qdqlint.onnx.TensorLoader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Elements of large constants. They come into memory one tensor at a time. Elements that a rewrite makes are in a temporary
 * file until the model is written.
 */
public final class Weights implements Closeable {
    private static final int SMALL = 1 << 16;

    private final TensorLoader loader;
    private Path spill;

    /** The weights of a model file. */
    public Weights(Path model) {
        loader = new TensorLoader(model);
    }

    /** The tensor with its elements in memory. */
    Tensor load(Tensor tensor) {
        return loader.load(tensor)
                .orElseThrow(() -> new RefusedException("the elements of '" + tensor.name() + "' are missing"));
    }

    double[] doubles(Tensor tensor) {
        return load(tensor)
                .doubles()
                .orElseThrow(() -> new RefusedException("the elements of '" + tensor.name() + "' cannot be decoded"));
    }

    /** The tensor, its elements in the temporary file if there are many. */
    Tensor keep(Tensor tensor) {
        if (!(tensor.storage() instanceof Storage.Inline inline) || inline.bytes().length < SMALL) {
            return tensor;
        }
        try {
            if (spill == null) {
                spill = Files.createTempFile("qdqlint", ".weights");
                spill.toFile().deleteOnExit();
            }
            try (FileChannel channel = FileChannel.open(spill, StandardOpenOption.APPEND)) {
                long offset = channel.size();
                ByteBuffer bytes = ByteBuffer.wrap(inline.bytes());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                Storage stored = new Storage.InFile(spill, offset, inline.bytes().length, false);
                return new Tensor(tensor.name(), tensor.type(), tensor.shape(), stored);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("new weights cannot be written to a temporary file", e);
        }
    }

    /** Deletes the temporary file. */
    @Override
    public void close() throws IOException {
        if (spill != null) {
            Files.deleteIfExists(spill);
        }
    }
}
