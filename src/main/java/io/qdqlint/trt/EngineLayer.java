package io.qdqlint.trt;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A layer of an engine: one entry of {@code --exportLayerInfo}.
 *
 * @param name as TensorRT made it up, without the suffix that distinguishes optimization profiles
 * @param type {@code LayerType}, such as {@code CaskConvolution}; empty in a file that holds names only
 * @param origin {@code Origin}: why a Reformat is there ({@code QDQ, REFORMAT, CONCAT, CAST}); empty otherwise
 * @param onnxNodes names of the ONNX nodes it came from, in the order given, each once
 * @param tactic name of the kernel, or the tactic's number; empty where the file gives neither
 */
public record EngineLayer(
        String name,
        String type,
        String origin,
        List<EngineTensor> inputs,
        List<EngineTensor> outputs,
        List<String> onnxNodes,
        String tactic) {
    private static final Pattern QDQ = Pattern.compile("(?:De)?QuantizeLinear", Pattern.CASE_INSENSITIVE);

    /** Whether an ONNX node of that name quantizes or dequantizes; exporters put the operator's type into the name. */
    public static boolean isQuantizer(String onnxNode) {
        return QDQ.matcher(onnxNode).find();
    }

    public LayerKind kind() {
        return isStandAloneQuantizer() ? LayerKind.QUANTIZE : LayerKind.of(type);
    }

    /**
     * Whether this kernel does nothing but quantize or dequantize: a Reformat of origin QDQ, or a layer whose every ONNX
     * node is a QuantizeLinear or DequantizeLinear. Weights quantized at build time are constants, not kernels.
     */
    public boolean isStandAloneQuantizer() {
        if (type.equals("Reformat") && origin.equals("QDQ")) {
            return true;
        }
        return !onnxNodes.isEmpty()
                && !type.equals("Constant")
                && onnxNodes.stream().allMatch(EngineLayer::isQuantizer);
    }

    /** The precision it computes in: that of its first input, {@link Precision#UNKNOWN} without one. */
    public Precision precision() {
        return inputs.isEmpty() ? Precision.UNKNOWN : inputs.get(0).precision();
    }

    /** The precision it writes. */
    public Precision outputPrecision() {
        return outputs.isEmpty() ? Precision.UNKNOWN : outputs.get(0).precision();
    }

    /** The ONNX nodes that compute something, that is all but Q and DQ. */
    public List<String> computeNodes() {
        return onnxNodes.stream().filter(n -> !isQuantizer(n)).toList();
    }

    /** A name short enough for a picture or a table: of what it computes if it computes, else its own. */
    public String shortName() {
        List<String> nodes = isStandAloneQuantizer() ? onnxNodes : computeNodes();
        if (nodes.isEmpty()) {
            return LayerNames.shorten(name);
        }
        return nodes.size() == 1 ? nodes.get(0) : nodes.get(0) + " +" + (nodes.size() - 1);
    }
}
