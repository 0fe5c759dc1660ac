package io.qdqlint.fact;

/**
 * A GPU as the cost estimate sees it.
 *
 * @param bandwidth memory bandwidth in GB/s (10^9 bytes)
 * @param launchMicros microseconds that the smallest kernel takes in a CUDA graph
 * @param int8Tops INT8 operations of dense matrices, 10^12 a second, of which FP16 reaches half; NaN where it is not known
 */
public record Device(String name, double bandwidth, double launchMicros, double int8Tops) {}
