package io.qdqlint.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output, which remembers that it could not be written: the disk is full, or the reader has gone. Whoever writes
 * text through a {@link java.io.PrintStream} does not see it.
 */
final class Output extends FilterOutputStream {
    private OutputException failure;

    Output(OutputStream out) {
        super(out);
    }

    private interface Write {
        void run() throws IOException;
    }

    @Override
    public void write(int b) throws IOException {
        attempt(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        attempt(out::flush);
    }

    /** What kept the output from being written whole; null where nothing did. */
    OutputException failure() {
        return failure;
    }

    private void attempt(Write write) throws IOException {
        if (failure != null) {
            // A new one: try-with-resources adds the one of close to the one of write.
            throw new OutputException(failure.getCause());
        }
        try {
            write.run();
        } catch (IOException e) {
            failure = new OutputException(e);
            throw failure;
        }
    }

    /** Standard output cannot be written. */
    static final class OutputException extends IOException {
        private static final long serialVersionUID = 1L;

        OutputException(Throwable cause) {
            super("standard output cannot be written: " + cause.getMessage(), cause);
        }

        /** Whether the reader has gone, as {@code head} does when it has seen enough: it does not want a message. */
        boolean readerHasGone() {
            return String.valueOf(getCause().getMessage())
                    .toLowerCase(Locale.ROOT)
                    .contains("broken pipe");
        }
    }
}
