package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;
import static io.qdqlint.onnx.WireInput.LEN;
import static io.qdqlint.onnx.WireInput.VARINT;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Shape;
import java.io.IOException;
import java.util.Arrays;

/** Reads ValueInfoProto. Sequences, maps and optionals have no type and shape for us. */
final class ValueInfoScanner {
    private static final int MAX_RANK = 64;

    /** Takes a name with its type and shape (null when unknown). */
    interface Target {
        void declare(String value, DataType type, Shape shape);
    }

    private final WireInput in;
    private final long[] sizes = new long[MAX_RANK];
    private final String[] symbols = new String[MAX_RANK];
    private DataType type;
    private Shape shape;

    ValueInfoScanner(WireInput in) {
        this.in = in;
    }

    /** The value info of the LEN field at the stream's position. */
    void read(Target target) throws IOException {
        String name = "";
        type = DataType.UNDEFINED;
        shape = null;
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case VALUE_INFO_NAME << 3 | LEN -> name = in.name();
                case VALUE_INFO_TYPE << 3 | LEN -> type();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        target.declare(name, type, shape);
    }

    private void type() throws IOException {
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            if (tag == (TYPE_PROTO_TENSOR << 3 | LEN)) {
                tensorType();
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
    }

    private void tensorType() throws IOException {
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case TENSOR_TYPE_ELEMENT << 3 | VARINT -> type = DataType.ofCode((int) in.varint());
                case TENSOR_TYPE_SHAPE << 3 | LEN -> shape();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
    }

    private void shape() throws IOException {
        int rank = 0;
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            if (tag != (SHAPE_DIM << 3 | LEN)) {
                in.skip(tag);
                continue;
            }
            if (rank == MAX_RANK) {
                throw new InvalidModelException(
                        "a tensor type has more than " + MAX_RANK + " dimensions; export the model again");
            }
            dimension(rank++);
        }
        in.leave(outer);
        shape = in.pool().shape(Shape.of(Arrays.copyOf(sizes, rank), Arrays.copyOf(symbols, rank)));
    }

    private void dimension(int at) throws IOException {
        sizes[at] = Shape.UNKNOWN;
        symbols[at] = null;
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                // Exporters write -1 for an open dimension.
                case DIM_VALUE << 3 | VARINT -> sizes[at] = Math.max(Shape.UNKNOWN, in.varint());
                case DIM_PARAM << 3 | LEN -> symbols[at] = in.name();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
    }
}
