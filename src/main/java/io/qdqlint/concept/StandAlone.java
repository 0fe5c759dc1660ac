package io.qdqlint.concept;

import io.qdqlint.finding.Cost;
import io.qdqlint.ir.Value;

/**
 * A kernel that does nothing but convert: a Q, a DQ or both that TensorRT could neither fuse, merge nor cancel.
 *
 * @param kind {@code quantize}, {@code dequantize} or {@code requantize}
 * @param tensor the tensor it reads
 * @param scale the scale group it writes or, for a dequantize, reads
 * @param reason why it stays, one sentence
 */
public record StandAlone(String kind, Value tensor, int scale, String reason, Cost cost) {}
