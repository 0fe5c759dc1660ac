package io.qdqlint.trt.embedded;

import org.bytedeco.tensorrt.global.nvinfer.LayerType;
import org.bytedeco.tensorrt.nvinfer.ILayer;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;

/**
 * Ranges for implicit INT8. They are those that trtexec makes up when it is given no calibration; kernels are chosen by
 * speed, which does not depend on them.
 */
final class DynamicRanges {
    private static final float IN = 2;
    private static final float OUT = 4;

    private DynamicRanges() {}

    /** Whether the model has its scales from Q/DQ. */
    static boolean explicit(INetworkDefinition network) {
        for (int i = 0; i < network.getNbLayers(); i++) {
            int type = network.getLayer(i).getType().value;
            if (type == LayerType.kQUANTIZE.value || type == LayerType.kDEQUANTIZE.value) {
                return true;
            }
        }
        return false;
    }

    /** Gives each tensor a range. Tensors on both sides of a pooling or concatenation get the same one. */
    static void set(INetworkDefinition network) throws TensorRtFailure {
        for (int i = 0; i < network.getNbLayers(); i++) {
            ILayer layer = network.getLayer(i);
            int type = layer.getType().value;
            for (int j = 0; j < layer.getNbInputs(); j++) {
                set(layer.getInput(j), type == LayerType.kCONCATENATION.value ? OUT : IN);
            }
            for (int j = 0; j < layer.getNbOutputs(); j++) {
                set(layer.getOutput(j), type == LayerType.kPOOLING.value ? IN : OUT);
            }
        }
    }

    private static void set(ITensor tensor, float range) throws TensorRtFailure {
        if (tensor != null
                && !tensor.isNull()
                && !tensor.dynamicRangeIsSet()
                && !tensor.setDynamicRange(-range, range)) {
            throw new TensorRtFailure("Error in set tensor dynamic range.");
        }
    }
}
