package io.qdqlint.forecast;

import io.qdqlint.ir.Value;

/**
 * Names a forecast kernel: what it does, the tensor it reads and the scale group it converts to or from.
 *
 * @param kind {@code quantize}, {@code dequantize} or {@code requantize}
 */
public record KernelKey(String kind, Value tensor, int scale) {
    /** The same for a kernel at the same tensor of an edited model, in which scales have other numbers. */
    public String name() {
        return kind + ' ' + tensor.name();
    }
}
