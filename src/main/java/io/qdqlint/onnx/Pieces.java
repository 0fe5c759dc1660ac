package io.qdqlint.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bytes to be written: new ones, and stretches of files that are copied without coming into memory. */
final class Pieces {
    private interface Piece {
        void addTo(Pieces pieces);

        /** @param sources the files that are open already, to which others are added */
        void writeTo(FileChannel target, Map<Path, FileChannel> sources) throws IOException;
    }

    private record New(byte[] bytes) implements Piece {
        @Override
        public void addTo(Pieces pieces) {
            pieces.add(bytes);
        }

        @Override
        public void writeTo(FileChannel target, Map<Path, FileChannel> sources) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        }
    }

    private record Stretch(Path file, long from, long to) implements Piece {
        @Override
        public void addTo(Pieces pieces) {
            pieces.add(file, from, to);
        }

        @Override
        public void writeTo(FileChannel target, Map<Path, FileChannel> sources) throws IOException {
            FileChannel source = sources.get(file);
            if (source == null) {
                source = FileChannel.open(file, StandardOpenOption.READ);
                sources.put(file, source);
            }
            for (long at = from; at < to; ) {
                long n = source.transferTo(at, to - at, target);
                if (n <= 0) {
                    throw new EOFException(file + " has changed since it was read");
                }
                at += n;
            }
        }
    }

    private final List<Piece> pieces = new ArrayList<>();
    private long length;

    long length() {
        return length;
    }

    Pieces add(byte[] bytes) {
        if (bytes.length > 0) {
            pieces.add(new New(bytes));
            length += bytes.length;
        }
        return this;
    }

    /** The file's bytes {@code from} up to {@code to}. Neighbouring stretches become one. */
    Pieces add(Path file, long from, long to) {
        if (from == to) {
            return this;
        }
        length += to - from;
        int last = pieces.size() - 1;
        if (last >= 0
                && pieces.get(last) instanceof Stretch s
                && s.to() == from
                && s.file().equals(file)) {
            pieces.set(last, new Stretch(file, s.from(), to));
        } else {
            pieces.add(new Stretch(file, from, to));
        }
        return this;
    }

    Pieces add(Pieces others) {
        for (Piece piece : others.pieces) {
            piece.addTo(this);
        }
        return this;
    }

    /** A length-delimited field. */
    Pieces message(int field, Pieces body) {
        return add(header(field, body.length)).add(body);
    }

    /** A length-delimited field holding a text. */
    Pieces text(int field, String text) {
        return add(bytesOf(out -> out.writeString(field, text)));
    }

    Pieces varint(int field, long value) {
        return add(bytesOf(out -> out.writeInt64(field, value)));
    }

    /** Tag and length of a length-delimited field. */
    static byte[] header(int field, long length) {
        return bytesOf(out -> {
            out.writeTag(field, WireInput.LEN);
            out.writeUInt64NoTag(length);
        });
    }

    /** What protobuf's encoder has to write. */
    interface Encoding {
        void to(CodedOutputStream out) throws IOException;
    }

    static byte[] bytesOf(Encoding encoding) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            encoding.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array can't fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes everything to {@code target} at its position.
     *
     * @throws EOFException if a file has become shorter than when it was read
     */
    void writeTo(FileChannel target) throws IOException {
        Map<Path, FileChannel> sources = new HashMap<>();
        try {
            for (Piece piece : pieces) {
                piece.writeTo(target, sources);
            }
        } finally {
            for (FileChannel source : sources.values()) {
                source.close();
            }
        }
    }
}
