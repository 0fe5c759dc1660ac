package io.qdqlint.forecast;

import io.qdqlint.ir.Value;

/**
 * Names a forecast kernel: the tensor it reads and the scale group it converts to or from.
 */
public record KernelKey(Value tensor, int scale) {}
