package io.qdqlint.ir;

/** A stretch of the model file, in bytes. */
public record ByteRange(long offset, long length) {
    public static final ByteRange NONE = new ByteRange(-1, 0);

    public boolean isKnown() {
        return offset >= 0;
    }
}
