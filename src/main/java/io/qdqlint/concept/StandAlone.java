package io.qdqlint.concept;

import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.Comparator;

/**
 * A kernel that does nothing but convert: a Q, a DQ or both that TensorRT could neither fuse, merge nor cancel.
 *
 * @param kind {@code quantize}, {@code dequantize} or {@code requantize}
 * @param tensor the tensor it reads
 * @param scale the scale group it writes or, for a dequantize, reads
 * @param reader for a requantize: the Q or Concat it stands before; otherwise the only reader it serves, null for all
 * @param reason why it stays, one sentence
 */
public record StandAlone(String kind, Value tensor, int scale, Node reader, String reason, Cost cost) {

    /** By tensor, then by scale and kind. */
    public static final Comparator<StandAlone> ORDER = (a, b) -> {
        int order = Integer.compare(a.tensor.id(), b.tensor.id());
        order = order != 0 ? order : Integer.compare(a.scale, b.scale);
        return order != 0 ? order : a.kind.compareTo(b.kind);
    };
}
