package io.qdqlint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real models of other projects (src/test/resources/corpus/SOURCES.md). */
class CorpusTest {
    private static Model read(String name) {
        return OnnxReader.read(Models.CORPUS.resolve(name + ".onnx"));
    }

    private static List<Node> nodes(Graph graph) {
        List<Node> all = new ArrayList<>(graph.nodes());
        graph.subgraphs().forEach(g -> all.addAll(nodes(g)));
        return all;
    }

    /** Node counts as SOURCES.md gives them, but for the functions that are inlined in custom_ops. */
    @ParameterizedTest
    @CsvSource({
        "qrelu_1, 5, 10, 9, 2, 2",
        "qlstm_3-2-3_T3_S1, 5, 10, 76, 17, 27",
        "test_dynamicquantizelinear_zeropoint_0_expanded_opset11, 5, 11, 16, 1, 0",
        "test_quantizelinear_channels_opset13, 7, 13, 1, 1, 0",
        "constant_folding_dequantizelinear.qdq_contrib, 7, 13, 5, 1, 3",
        "conv_qdq_external_ini, 7, 13, 7, 2, 4",
        "weightless.qdq_conv, 9, 13, 3, 1, 1",
        "custom_ops_type_inference_fails_0, 9, 19, 31, 1, 0",
        "dup_qdq_bfloat16, 8, 19, 11, 4, 5",
        "test_dequantizelinear_e4m3_opset19, 9, 19, 1, 0, 1",
        "test_dynamicquantizelinear_float8e4m3fn_expanded_opset20, 9, 20, 11, 1, 0",
        "conv.int4_weights.qdq, 10, 21, 7, 2, 4",
        "test_quantizelinear_blocked_opset21, 10, 21, 1, 1, 0",
        "int4_const_identity_block_sz_1_qdq_test, 10, 22, 5, 1, 1",
        "test_dequantizelinear_blocked_opset23, 11, 23, 1, 0, 1",
        "test_dequantizelinear_int4_opset23, 11, 23, 1, 0, 1",
        "test_dequantizelinear_float4e2m1_opset25, 13, 25, 1, 0, 1",
        "test_dequantizelinear_uint2_opset25, 13, 25, 1, 0, 1",
    })
    void isReadWhole(String name, long ir, long opset, int nodes, int quantize, int dequantize) {
        Model m = read(name);
        List<Node> all = nodes(m.graph());
        assertEquals(ir, m.irVersion());
        assertEquals(opset, m.opset());
        assertEquals(nodes, all.size());
        assertEquals(
                quantize,
                all.stream().filter(n -> n.opType().equals("QuantizeLinear")).count());
        assertEquals(
                dequantize,
                all.stream().filter(n -> n.opType().equals("DequantizeLinear")).count());
    }

    @Test
    void everyFileIsInTheTableAbove() throws Exception {
        try (Stream<Path> files = Files.list(Models.CORPUS)) {
            assertEquals(18, files.filter(f -> f.toString().endsWith(".onnx")).count());
        }
    }

    @Test
    void fourBitWeights() {
        Value weight = nodes(read("conv.int4_weights.qdq").graph()).stream()
                .filter(n -> n.opType().equals("DequantizeLinear") && n.input(0).type() == DataType.INT4)
                .findFirst()
                .orElseThrow()
                .input(0);
        double[] values = weight.constant().doubles().orElseThrow();
        assertEquals(weight.shape().elements(), values.length);
        for (double v : values) {
            assertTrue(v >= -8 && v <= 7);
        }
    }

    @Test
    void fp8AndFp4Types() {
        assertEquals(
                DataType.FLOAT8E4M3FN,
                read("test_dequantizelinear_e4m3_opset19").graph().value("x").type());
        assertEquals(
                DataType.FLOAT4E2M1,
                read("test_dequantizelinear_float4e2m1_opset25")
                        .graph()
                        .value("x")
                        .type());
        assertEquals(
                DataType.UINT2,
                read("test_dequantizelinear_uint2_opset25").graph().value("x").type());
    }

    @Test
    void blockSizeAndAxis() {
        Node q = read("test_quantizelinear_blocked_opset21").graph().nodes().get(0);
        assertEquals(2, q.intAttribute("block_size", 0));
        assertEquals(1, q.intAttribute("axis", 9));
    }

    @Test
    void microsoftTwins() {
        List<Node> all =
                nodes(read("constant_folding_dequantizelinear.qdq_contrib").graph());
        assertTrue(all.stream()
                .anyMatch(n -> n.domain().equals("com.microsoft") && n.opType().equals("DequantizeLinear")));
    }

    @Test
    void bodiesOfAnLstmLoop() {
        Model m = read("qlstm_3-2-3_T3_S1");
        assertTrue(m.graph().subgraphs().size() > 0);
        assertTrue(m.graph().subgraphs().get(0).nodes().stream()
                .anyMatch(n -> n.opType().equals("QuantizeLinear")));
    }

    @Test
    void absentExternalDataIsNoError() {
        Model m = read("conv_qdq_external_ini");
        assertTrue(m.graph().values().stream()
                .anyMatch(v -> v.isConstant() && v.constant().storage() instanceof Storage.External));
        Value weight = nodes(read("weightless.qdq_conv").graph()).stream()
                .filter(n -> n.opType().equals("Conv"))
                .findFirst()
                .orElseThrow()
                .input(1);
        assertTrue(weight.producer() != null || weight.constant() != null);
        assertInstanceOf(Long.class, m.opsets().get("com.microsoft"));
    }

    @Test
    void scalesAreKnown() {
        Node q = nodes(read("qrelu_1").graph()).stream()
                .filter(n -> n.opType().equals("QuantizeLinear"))
                .findFirst()
                .orElseThrow();
        double[] scale = q.input(1).constant().doubles().orElseThrow();
        assertEquals(1, scale.length);
        assertTrue(scale[0] > 0);
        assertArrayEquals(new long[] {0}, q.input(2).constant().longs().orElseThrow());
    }
}
