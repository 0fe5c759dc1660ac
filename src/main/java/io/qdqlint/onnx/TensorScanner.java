package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;
import static io.qdqlint.onnx.WireInput.FIXED32;
import static io.qdqlint.onnx.WireInput.FIXED64;
import static io.qdqlint.onnx.WireInput.LEN;
import static io.qdqlint.onnx.WireInput.VARINT;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads TensorProto. What rules look at comes into memory, weights stay in the file. */
final class TensorScanner {
    /** Always kept. */
    private static final int SMALL = 1 << 10;

    /** Kept of integer tensors: shapes, axes, sizes, indices. */
    private static final int SHAPE_LIKE = 1 << 16;

    /** Kept of vectors: scales and zero points per channel. A channel count of 262144 is beyond any real model. */
    private static final int VECTOR = 1 << 20;

    /** Kept of a whole model beyond {@link #SMALL}; more of it stays in the file. */
    private static final long BUDGET = 1L << 26;

    private static final int MAX_RANK = 64;

    private final WireInput in;
    private final Path file;
    private final long[] dims = new long[MAX_RANK];
    private final TensorPayload payload;
    private long budget = BUDGET;
    private int rank;

    TensorScanner(WireInput in, Path file) {
        this.in = in;
        this.file = file;
        payload = new TensorPayload(in, SMALL);
    }

    /** The tensor of the LEN field at the stream's position. */
    Tensor read() throws IOException {
        rank = 0;
        payload.clear();
        String name = "";
        DataType type = DataType.UNDEFINED;
        ExternalEntries external = null;
        boolean elsewhere = false;
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case TENSOR_DIMS << 3 | VARINT -> dim(in.varint());
                case TENSOR_DIMS << 3 | LEN -> dims();
                case TENSOR_DATA_TYPE << 3 | VARINT -> type = DataType.ofCode((int) in.varint());
                case TENSOR_NAME << 3 | LEN -> name = in.name();
                case TENSOR_RAW_DATA << 3 | LEN -> payload.raw();
                case TENSOR_FLOAT_DATA << 3 | LEN, TENSOR_DOUBLE_DATA << 3 | LEN -> payload.packed(false);
                case TENSOR_FLOAT_DATA << 3 | FIXED32 -> payload.fixed(in.fixed32(), Integer.BYTES);
                case TENSOR_DOUBLE_DATA << 3 | FIXED64 -> payload.fixed(in.fixed64(), Long.BYTES);
                case TENSOR_INT32_DATA << 3 | LEN, TENSOR_INT64_DATA << 3 | LEN, TENSOR_UINT64_DATA << 3 | LEN ->
                    payload.packed(true);
                case TENSOR_INT32_DATA << 3 | VARINT,
                        TENSOR_INT64_DATA << 3 | VARINT,
                        TENSOR_UINT64_DATA << 3 | VARINT -> payload.varint(in.varint());
                case TENSOR_DATA_LOCATION << 3 | VARINT -> elsewhere = in.varint() == LOCATION_EXTERNAL;
                case TENSOR_EXTERNAL_DATA << 3 | LEN -> {
                    external = external == null ? new ExternalEntries() : external;
                    Entry entry = Entry.read(in);
                    external.put(name, entry.key(), entry.value());
                }
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        Shape shape = shape(name, type);
        Storage storage = elsewhere
                ? (external == null ? new ExternalEntries() : external).storage(name)
                : stored(name, type, shape);
        return new Tensor(name, type, shape, storage);
    }

    /** Skips a SparseTensorProto's elements: its name, type and shape are kept. */
    Tensor readSparse() throws IOException {
        Tensor values = new Tensor("", DataType.UNDEFINED, Shape.of(), new Storage.Absent());
        long[] sizes = {};
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case SPARSE_VALUES << 3 | LEN -> values = read();
                case SPARSE_DIMS << 3 | VARINT, SPARSE_DIMS << 3 | LEN -> {
                    rank = sizes.length;
                    System.arraycopy(sizes, 0, dims, 0, rank);
                    if ((tag & 7) == LEN) {
                        dims();
                    } else {
                        dim(in.varint());
                    }
                    sizes = Arrays.copyOf(dims, rank);
                }
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        rank = sizes.length;
        System.arraycopy(sizes, 0, dims, 0, rank);
        return new Tensor(values.name(), values.type(), shape(values.name(), values.type()), new Storage.Absent());
    }

    private void dims() throws IOException {
        int outer = in.enter();
        while (in.remaining() > 0) {
            dim(in.varint());
        }
        in.leave(outer);
    }

    private void dim(long size) {
        if (rank == MAX_RANK) {
            throw new InvalidModelException(
                    "a tensor has more than " + MAX_RANK + " dimensions; export the model again");
        }
        dims[rank++] = size;
    }

    private Shape shape(String name, DataType type) {
        long[] sizes = Arrays.copyOf(dims, rank);
        return in.pool().shape(Tensors.shape(name, type, sizes));
    }

    private Storage stored(String name, DataType type, Shape shape) throws IOException {
        long elements = shape.elements();
        if (payload.isEmpty()) {
            return elements == 0 ? new Storage.Inline(new byte[0]) : new Storage.Absent();
        }
        if (type == DataType.UNDEFINED) {
            return new Storage.Absent();
        }
        int length = payload.length();
        boolean fits = payload.isVarint()
                ? length >= Math.min(elements, type.bytes(elements))
                : length == type.bytes(elements);
        if (!fits) {
            throw Tensors.wrongLength(name, type, shape, length);
        }
        if (payload.isSkipped() && !keep(type, shape, length)) {
            return new Storage.InFile(file, payload.offset(), length, payload.isVarint());
        }
        byte[] wire = payload.bytes();
        return new Storage.Inline(
                payload.isVarint()
                        ? TensorData.fromVarints(wire, type, elements)
                                .orElseThrow(() -> Tensors.wrongLength(name, type, shape, length))
                        : wire);
    }

    private boolean keep(DataType type, Shape shape, int length) {
        boolean keep = length <= SMALL
                || length <= SHAPE_LIKE && (type == DataType.INT64 || type == DataType.INT32)
                || length <= VECTOR && shape.rank() <= 1;
        if (keep && length > SMALL) {
            budget -= length;
        }
        return keep && budget >= 0;
    }
}
