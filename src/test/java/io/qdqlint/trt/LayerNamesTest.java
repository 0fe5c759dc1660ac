package io.qdqlint.trt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerNamesTest {
    @Test
    void fusedMergedAndPointwisePartsAreTakenApart() {
        assertEquals(
                List.of("w", "QuantizeLinear_8", "Conv_12", "Clip_16"),
                LayerNames.inName("w + QuantizeLinear_8 + Conv_12 + PWN(Clip_16)"));
        assertEquals(List.of("Gemm_1", "Gemm_2"), LayerNames.inName("Gemm_1 || Gemm_2"));
        assertEquals(List.of("Sigmoid_1", "Mul_2"), LayerNames.inName("PWN(PWN(Sigmoid_1), Mul_2)"));
    }

    @Test
    void copiesScaleNodesAndRegionsAreNamedAfterTheirNodes() {
        assertEquals(List.of("QuantizeLinear_7"), LayerNames.inName("QuantizeLinear_7_clone_2"));
        assertEquals(List.of("QuantizeLinear_7"), LayerNames.inName("QuantizeLinear_7_quantize_scale_node"));
        assertEquals(List.of("a", "b"), LayerNames.inName("{ForeignNode[a...b]}"));
        assertEquals(List.of(), LayerNames.inName("Reformatting CopyNode for Input Tensor 0 to Conv_1 + Relu_2"));
        assertEquals(List.of(), LayerNames.inName("(Unnamed Layer* 32) [Shuffle]"));
    }

    @Test
    void typesAreTakenFromEveryPhrase() {
        assertEquals(Precision.INT8, Precision.of("Thirty-two wide channel vectorized row major Int8 format"));
        assertEquals("NHWC8", TensorFormat.shortName("Channel major FP16 format where channel % 8 == 0"));
        assertEquals("NC/16HW16", TensorFormat.shortName("Sixteen wide channel vectorized row major FP16 format"));
        assertEquals(Precision.FP8, Precision.of("FP8"));
        assertEquals(Precision.FP16, Precision.of("kHALF"));
        assertEquals(Precision.UNKNOWN, Precision.of("N/A due to dynamic shapes"));
    }
}
