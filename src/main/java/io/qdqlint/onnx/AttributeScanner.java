package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;
import static io.qdqlint.onnx.WireInput.FIXED32;
import static io.qdqlint.onnx.WireInput.LEN;
import static io.qdqlint.onnx.WireInput.VARINT;

import io.qdqlint.ir.Attribute;
import java.io.IOException;

/** Reads AttributeProto. */
final class AttributeScanner {
    /** Longest string value kept; longer ones are engines and other blobs in custom operators. */
    private static final int MAX_STRING = 1 << 20;

    private final WireInput in;
    private final TensorScanner tensors;
    private final GraphScanner graphs;
    private boolean inFunction;

    AttributeScanner(WireInput in, TensorScanner tensors, GraphScanner graphs) {
        this.in = in;
        this.tensors = tensors;
        this.graphs = graphs;
    }

    /** Whether values may refer to a function's attributes; elsewhere such a value counts as unread. */
    void inFunction(boolean now) {
        inFunction = now;
    }

    /** The attribute of the LEN field at the stream's position. */
    Attribute read() throws IOException {
        AttributeDraft draft = new AttributeDraft();
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case ATTRIBUTE_NAME << 3 | LEN -> draft.name = in.name();
                case ATTRIBUTE_REF_NAME << 3 | LEN -> draft.reference = in.name();
                case ATTRIBUTE_TYPE << 3 | VARINT -> draft.type = (int) in.varint();
                case ATTRIBUTE_F << 3 | FIXED32 -> draft.f = Float.intBitsToFloat(in.fixed32());
                case ATTRIBUTE_I << 3 | VARINT -> draft.i = in.varint();
                case ATTRIBUTE_S << 3 | LEN -> draft.string(in.text(MAX_STRING));
                case ATTRIBUTE_T << 3 | LEN -> draft.tensor = tensors.read();
                case ATTRIBUTE_G << 3 | LEN -> draft.graph = graphs.read();
                case ATTRIBUTE_FLOATS << 3 | FIXED32 -> draft.floats().add(in.fixed32());
                case ATTRIBUTE_FLOATS << 3 | LEN -> draft.floats().addFixed32(in);
                case ATTRIBUTE_INTS << 3 | VARINT -> draft.ints().add(in.varint());
                case ATTRIBUTE_INTS << 3 | LEN -> draft.ints().addVarints(in);
                case ATTRIBUTE_STRINGS << 3 | LEN -> draft.strings().add(in.text(MAX_STRING));
                case ATTRIBUTE_GRAPHS << 3 | LEN -> draft.graphs().add(graphs.read());
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return in.pool().attribute(draft.attribute(inFunction));
    }
}
