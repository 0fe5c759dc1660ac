package io.qdqlint.ir;

import java.nio.file.Path;

/** Where the elements of a {@link Tensor} are. Weights stay on disk; what rules look at (scales, shapes) is inline. */
public sealed interface Storage {

    /** Elements kept in memory, little endian and packed as in {@code TensorProto.raw_data}. */
    record Inline(byte[] bytes) implements Storage {}

    /**
     * Elements in a file, not read. {@code varint} says that they are a packed protobuf varint field (int32_data,
     * int64_data) rather than raw little-endian bytes.
     */
    record InFile(Path file, long offset, long length, boolean varint) implements Storage {}

    /** External data ({@code data_location = EXTERNAL}); the file need not exist. {@code length} is -1 if not given. */
    record External(String location, long offset, long length) implements Storage {}

    /** Nothing stored: the file declares the tensor and holds no elements for it. */
    record Absent() implements Storage {}
}
