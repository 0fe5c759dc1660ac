package io.qdqlint.constraints;

import java.util.List;
import java.util.stream.Stream;

/**
 * Constraints for the quantizers in training, so that the exported model needs no fix.
 *
 * @param model the file it was found in
 * @param shared groups of quantizers that have one scale
 * @param disabled quantizers that stand in the way of a fusion, or cost more than INT8 gains after them
 * @param added inputs that need a quantizer
 * @param notes what a person should know of it, in sentences without an end: why there is nothing to obey, what else is
 * wrong
 */
public record Constraints(
        String model, List<Group> shared, List<Disabled> disabled, List<Added> added, List<String> notes) {

    /** The same with further notes. */
    public Constraints noting(List<String> further) {
        return new Constraints(
                model,
                shared,
                disabled,
                added,
                Stream.concat(notes.stream(), further.stream()).toList());
    }

    /**
     * A quantizer, by all its names.
     *
     * @param node the QuantizeLinear node
     * @param tensor the tensor that it quantizes
     * @param scale null where it is no positive number, or is not one for the whole tensor
     * @param layer the node that reads it quantized, null where that has no weight
     * @param weight the initializer of that layer's weight, or null
     * @param module path of the PyTorch module of that layer, or null where no name says
     * @param quantizer path of the quantizer module as pytorch-quantization names it, or null
     */
    public record Quantizer(
            String node, String tensor, Double scale, String layer, String weight, String module, String quantizer) {}

    /**
     * Quantizers that have one scale; the largest is what {@code qdqlint fix} gives them.
     *
     * @param rules whose findings that fixes; none where the scales are equal as it is, and have to stay so
     * @param largest null where no member has a scale
     */
    public record Group(List<String> rules, Double largest, List<Quantizer> members) {}

    /** A quantizer that is switched off. */
    public record Disabled(String rule, Quantizer quantizer) {}

    /**
     * An input to quantize.
     *
     * @param node the node, such as the Add of a residual block
     * @param input which of its inputs
     * @param module path of the module that the node is computed in, or null
     * @param shares the quantizer that it takes its scale from, null where it needs its own
     */
    public record Added(String rule, String node, int input, String tensor, String module, Quantizer shares) {}
}
