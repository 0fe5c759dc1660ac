package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.ENTRY_KEY;
import static io.qdqlint.onnx.OnnxFields.ENTRY_VALUE;
import static io.qdqlint.onnx.WireInput.LEN;

import java.io.IOException;

/** StringStringEntryProto. {@code value} is null where it is longer than anything qdqlint reads. */
record Entry(String key, String value) {
    private static final int MAX_VALUE = 1 << 16;

    static Entry read(WireInput in) throws IOException {
        String key = "";
        String value = "";
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case ENTRY_KEY << 3 | LEN -> key = in.name();
                case ENTRY_VALUE << 3 | LEN -> value = in.text(MAX_VALUE);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return new Entry(key, value);
    }
}
