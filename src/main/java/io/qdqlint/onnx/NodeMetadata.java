package io.qdqlint.onnx;

import com.google.protobuf.CodedInputStream;
import io.qdqlint.ir.Node;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The notes of an exporter about a node ({@code metadata_props}). They are read on demand, as few reports need them, and for few nodes. */
public final class NodeMetadata {
    private static final int NODE_METADATA = 9 << 3 | 2;
    private static final int ENTRY_KEY = 1 << 3 | 2;
    private static final int ENTRY_VALUE = 2 << 3 | 2;

    private NodeMetadata() {}

    /**
     * The notes by their keys; none for a node that does not stand in the file.
     *
     * @throws IOException if the file cannot be read, or is no longer the one that the node was read from
     */
    public static Map<String, String> of(Path file, Node node) throws IOException {
        Map<String, String> notes = new HashMap<>();
        if (!node.source().isKnown()) {
            return notes;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(node.source().offset());
            CodedInputStream in = CodedInputStream.newInstance(Channels.newInputStream(channel));
            in.pushLimit(Math.toIntExact(node.source().length()));
            for (int tag; (tag = in.readTag()) != 0; ) {
                if (tag == NODE_METADATA) {
                    entry(in, notes);
                } else {
                    in.skipField(tag);
                }
            }
        }
        return notes;
    }

    private static void entry(CodedInputStream in, Map<String, String> notes) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        String key = "";
        String value = "";
        for (int tag; (tag = in.readTag()) != 0; ) {
            switch (tag) {
                case ENTRY_KEY -> key = in.readString();
                case ENTRY_VALUE -> value = in.readString();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        notes.put(key, value);
    }
}
