package io.qdqlint.constraints;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.Objects;
import java.util.Optional;

/** Names quantizers of a model as {@link Constraints.Quantizer} has them. */
final class QuantizerNames {
    private QuantizerNames() {}

    /** An activation's quantizer. */
    static Constraints.Quantizer describe(Node quantize) {
        Node layer = layer(quantize);
        String own = ModulePath.ofNode(quantize.rawName())
                .filter(ModulePath::isQuantizer)
                .orElse(null);
        String module = layer == null ? null : ModulePath.ofLayer(layer).orElse(null);
        return new Constraints.Quantizer(
                quantize.name(),
                quantize.input(0).name(),
                scale(quantize).filter(QuantizerNames::isUsable).orElse(null),
                layer == null ? null : layer.name(),
                layer == null ? null : ModulePath.weight(layer),
                module,
                own != null ? own : module == null ? null : module + "._input_quantizer");
    }

    /** The scale of the whole tensor; empty if it has several or they are not in the file. */
    static Optional<Double> scale(Node quantize) {
        Tensor scale = quantize.input(1) == null ? null : quantize.input(1).constant();
        return scale == null || scale.elements() != 1
                ? Optional.empty()
                : scale.doubles().map(s -> s[0]);
    }

    static boolean isUsable(double scale) {
        return scale > 0 && scale < Double.POSITIVE_INFINITY;
    }

    /** The quantizer of a layer's weight. */
    static Constraints.Quantizer describeWeight(Node layer, Node dequantize) {
        Node quantize = dequantize.input(0).producer() == null
                ? dequantize
                : dequantize.input(0).producer();
        String module = ModulePath.ofLayer(layer).orElse(null);
        return new Constraints.Quantizer(
                quantize.name(),
                quantize.input(0).name(),
                null,
                layer.name(),
                ModulePath.weight(layer),
                module,
                ModulePath.ofNode(quantize.rawName())
                        .filter(ModulePath::isQuantizer)
                        .orElse(module == null ? null : module + "._weight_quantizer"));
    }

    /** The first layer with a weight that reads what the quantizer gives. */
    private static Node layer(Node quantize) {
        return quantize.output(0).uses().stream()
                .map(use -> use.node().output(0))
                .filter(Objects::nonNull)
                .flatMap(v -> v.uses().stream())
                .filter(use -> use.slot() == 0)
                .map(Value.Use::node)
                .filter(n -> switch (n.opType()) {
                    case "Conv", "ConvTranspose", "Gemm", "MatMul" -> true;
                    default -> false;
                })
                .findFirst()
                .orElse(null);
    }
}
