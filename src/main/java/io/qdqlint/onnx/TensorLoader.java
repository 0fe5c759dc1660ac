package io.qdqlint.onnx;

import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings the elements of a tensor into memory. External data is read from the model's folder and the folders below only:
 * an absolute location, {@code ..}, or a symbolic link that leads out of the folder counts as absent data.
 */
public final class TensorLoader {
    private final Path folder;

    /** @param model the model file whose tensors are to be loaded */
    public TensorLoader(Path model) {
        folder = model.toAbsolutePath().getParent();
    }

    /** The tensor with its elements inline; empty when they are not there, or are more than 2 GiB. */
    public Optional<Tensor> load(Tensor tensor) {
        try {
            return bytes(tensor)
                    .map(b -> new Tensor(tensor.name(), tensor.type(), tensor.shape(), new Storage.Inline(b)));
        } catch (IOException e) {
            // A linter needs no weights: data that cannot be read is data that is not there.
            return Optional.empty();
        }
    }

    private Optional<byte[]> bytes(Tensor tensor) throws IOException {
        Shape shape = tensor.shape();
        long size = tensor.type().bytes(shape.elements());
        if (tensor.storage() instanceof Storage.Inline inline) {
            return Optional.of(inline.bytes());
        }
        if (tensor.storage() instanceof Storage.InFile in && in.varint()) {
            return read(in.file(), in.offset(), in.length())
                    .flatMap(wire -> TensorData.fromVarints(wire, tensor.type(), shape.elements()));
        }
        if (tensor.storage() instanceof Storage.InFile in) {
            return read(in.file(), in.offset(), in.length());
        }
        if (tensor.storage() instanceof Storage.External external) {
            if (tensor.type().bits() <= 0) {
                return Optional.empty();
            }
            Optional<Path> file = resolve(external.location());
            boolean whole = external.length() < 0 || external.length() == size;
            return whole && file.isPresent() ? read(file.get(), external.offset(), size) : Optional.empty();
        }
        if (tensor.storage() instanceof Storage.Absent) {
            return Optional.empty();
        }
        throw new IllegalArgumentException("tensor '" + tensor.name() + "' can't be loaded: " + tensor.storage());
    }

    /** The file at this location, if it is a regular file in the model's folder or below. */
    private Optional<Path> resolve(String location) throws IOException {
        try {
            Path relative = Path.of(location);
            if (relative.isAbsolute()) {
                return Optional.empty();
            }
            for (Path part : relative) {
                if (part.toString().equals("..")) {
                    return Optional.empty();
                }
            }
            Path file = folder.resolve(relative);
            if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder.toRealPath())) {
                return Optional.empty();
            }
            return Optional.of(file.toRealPath());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> read(Path file, long offset, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (length > Integer.MAX_VALUE - 8 || offset > channel.size() - length) {
                return Optional.empty();
            }
            ByteBuffer into = ByteBuffer.allocate((int) length);
            while (into.hasRemaining()) {
                if (channel.read(into, offset + into.position()) < 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(into.array());
        }
    }
}
