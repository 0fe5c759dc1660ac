package io.qdqlint.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a file from its start; skipping moves the file position and touches no data. */
final class SeekableInput extends InputStream {
    private final FileChannel channel;
    private final long size;

    SeekableInput(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(into, offset, length));
    }

    @Override
    public long skip(long n) throws IOException {
        long from = channel.position();
        long to = Math.min(size, from + Math.max(0, n));
        channel.position(to);
        return to - from;
    }
}
