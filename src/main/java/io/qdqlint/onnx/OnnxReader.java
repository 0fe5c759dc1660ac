package io.qdqlint.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads ONNX models. Weights stay in the file; see {@link io.qdqlint.ir.Storage}. */
public final class OnnxReader {
    private OnnxReader() {}

    /**
     * Reads a model: ONNX's textual syntax if the name ends in {@code .onnxtxt}, a ModelProto otherwise.
     *
     * @throws InvalidModelException for everything that is wrong with the file; the message does not name the file
     */
    public static Model read(Path file) {
        try {
            check(file);
            return file.toString().endsWith(".onnxtxt") ? OnnxTextReader.read(file) : readProto(file);
        } catch (NoSuchFileException e) {
            throw new InvalidModelException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new InvalidModelException("permission to read the file is denied", e);
        } catch (IOException e) {
            throw new InvalidModelException("the file cannot be read: " + e.getMessage(), e);
        }
    }

    private static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InvalidModelException("this is a directory; pass the .onnx file in it");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidModelException("this is not a regular file; save the model to one first");
        }
        if (Files.size(file) == 0) {
            throw new InvalidModelException("the file is empty; download or export the model again");
        }
    }

    private static Model readProto(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new InvalidModelException("the file is larger than 2 GiB, more than an ONNX file can be; "
                        + "save the model with its weights as external data");
            }
            WireInput in = new WireInput(channel);
            ModelDraft draft = null;
            try {
                draft = new ModelScanner(in, file).read();
            } catch (InvalidProtocolBufferException e) {
                throw notOnnx(
                        channel,
                        new InvalidModelException(
                                "the file is cut short or damaged at byte " + in.position() + " of " + channel.size()
                                        + "; download or export the model again",
                                e));
            } catch (InvalidModelException e) {
                throw notOnnx(channel, e);
            }
            if (!draft.isModel()) {
                throw notOnnx(
                        channel,
                        new InvalidModelException(
                                "the file is not an ONNX model: it holds no graph; download or export the model again"));
            }
            return draft.build(file);
        }
    }

    /** The same, or what the file is if it is recognised as something else. */
    private static InvalidModelException notOnnx(FileChannel channel, InvalidModelException e) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(FileKind.HEAD);
        int n = Math.max(0, channel.read(head, 0));
        return FileKind.of(Arrays.copyOf(head.array(), n))
                .map(said -> new InvalidModelException(said, e))
                .orElse(e);
    }
}
