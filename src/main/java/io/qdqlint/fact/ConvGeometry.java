package io.qdqlint.fact;

import io.qdqlint.ir.Node;

/**
 * How a Conv or ConvTranspose is laid out, by its attributes and the shape of its weight.
 *
 * @param depthwise one channel a group
 * @param grouped more than one group, and more than one channel in each
 * @param channels input channels a group; -1 when the weight's shape is unknown
 * @param groups number of groups
 * @param outputs output channels; -1 when the weight's shape is unknown
 * @param axes spatial axes: 2 for images; -1 when the weight's shape is unknown
 * @param dilated whether some axis is dilated
 * @param kernel spatial size, such as {@code 3x3}
 * @param key equal for two convolutions of equal kernel, stride, padding, dilation and group
 */
public record ConvGeometry(
        Node node,
        boolean depthwise,
        boolean grouped,
        long channels,
        long groups,
        long outputs,
        int axes,
        boolean dilated,
        String kernel,
        String key) {}
