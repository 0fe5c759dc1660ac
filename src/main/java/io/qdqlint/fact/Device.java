package io.qdqlint.fact;

/**
 * A GPU as the cost estimate sees it.
 *
 * @param bandwidth memory bandwidth in GB/s (10^9 bytes)
 * @param launchMicros microseconds that the smallest kernel takes in a CUDA graph
 */
public record Device(String name, double bandwidth, double launchMicros) {}
