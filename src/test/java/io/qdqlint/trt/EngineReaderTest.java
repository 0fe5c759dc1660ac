package io.qdqlint.trt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineReaderTest {
    private static final Path ENGINES = Path.of("src/test/resources/engines");

    @TempDir
    private Path folder;

    @Test
    void aDetailedEngineGivesLayersWithTensorsAndNodes() throws IOException {
        Engine engine = EngineReader.read(ENGINES.resolve("yolov7.monkey.int8.layer.json"));
        assertEquals("yolov7.monkey.int8", engine.label());
        assertTrue(engine.detailed());
        assertEquals(208, engine.layers().size());
        assertEquals(57, engine.standAloneQuantizers().size());
        assertEquals(List.of("images", "500", "522", "544"), engine.ioTensors());
        EngineLayer conv = engine.layers().get(6);
        assertEquals(
                List.of(
                        "/e1/b/c/Conv_weight_quantizer_12/QuantizeLinear",
                        "/e1/b/c/Conv",
                        "/e1/b/c/Conv_input_quantizer_11/DequantizeLinear",
                        "/e1/b/c/Conv_weight_quantizer_12/DequantizeLinear"),
                conv.onnxNodes());
        assertEquals(List.of("/e1/b/c/Conv"), conv.computeNodes());
        assertEquals("INT8 NC/32HW32", conv.inputs().get(0).type());
        assertEquals("FP32 linear", conv.outputs().get(0).type());
        assertEquals("1x64x160x160", conv.outputs().get(0).shape());
        assertEquals(4L * 64 * 160 * 160, conv.outputs().get(0).bytes());
        assertFalse(conv.isStandAloneQuantizer());
    }

    @Test
    void withoutMetadataNodesComeFromTheLayersName() throws IOException {
        Engine engine = EngineReader.read(ENGINES.resolve("mobilenet_v2_residuals.qat.8.4.graph.json"));
        assertEquals(2, engine.standAloneQuantizers().size());
        assertTrue(engine.layers().stream()
                .anyMatch(
                        l -> l.kind() == LayerKind.CONVOLUTION && l.onnxNodes().contains("Conv_107")));
    }

    @Test
    void aMyelinEngineHasTypesWithoutLayouts() throws IOException {
        Engine engine = EngineReader.read(ENGINES.resolve("bert_small.monkey.int8.layer.json"));
        assertEquals(33, engine.layers().size());
        EngineLayer gemm = engine.layers().stream()
                .filter(l -> l.kind() == LayerKind.GEMM)
                .findFirst()
                .orElseThrow();
        assertEquals(Precision.INT8, gemm.precision());
        assertEquals("", gemm.inputs().get(0).format());
    }

    @Test
    void aFileOfNamesIsReadAndSaysThatDetailIsMissing() throws IOException {
        Engine engine = EngineReader.read(ENGINES.resolve("trt8.6-modelInformation.json"));
        assertFalse(engine.detailed());
        assertEquals(15, engine.layers().size());
        assertEquals(List.of("Conv-1", "ReLU-2"), engine.layers().get(1).onnxNodes());
        assertEquals(List.of(), engine.layers().get(0).onnxNodes());
        assertTrue(EngineStory.of(new MeasuredEngine(engine, null, null)).stream()
                .anyMatch(s -> s.contains("--profilingVerbosity=detailed")));
    }

    @Test
    void version11HasIoTensorsSplitFieldsAndMayBeABareList() throws IOException {
        String layer = "{\"Name\":\"q\",\"LayerType\":\"Reformat\",\"Origin\":\"QDQ\",\"Inputs\":[{\"Name\":\"x\","
                + "\"Dimensions\":[1,-1],\"Format\":\"Row major linear\",\"Datatype\":\"Half\"}],\"Outputs\":[{\"Name\":"
                + "\"y\",\"Dimensions\":[1,8],\"Format\":\"kCHW32\",\"DataType\":\"INT8\"}],\"Metadata\":\"\"}";
        Engine object = read("{\"Layers\":[" + layer + "],\"I/O Tensors\":[{\"Name\":\"x\",\"IOMode\":\"INPUT\"}]}");
        assertEquals(List.of("x"), object.ioTensors());
        EngineLayer q = object.layers().get(0);
        assertEquals("FP16 linear", q.inputs().get(0).type());
        assertEquals("INT8 NC/32HW32", q.outputs().get(0).type());
        assertEquals(0, q.inputs().get(0).bytes());
        assertEquals(object.layers(), read("[" + layer + "]").layers());
    }

    @Test
    void namesThatTrtexecDidNotEscapeAreRead() throws IOException {
        Engine engine = read(
                "{\"Layers\": [{\n  \"Name\": \"a\"b\\c\n$(x)\",\n  \"LayerType\": \"NoOp\",\n  \"Inputs\": [],\n"
                        + "  \"Outputs\": [\n  {\n    \"Name\": \"t\"1\",\n    \"Location\": \"Device\",\n    \"Dimensions\": [1],\n"
                        + "    \"Format/Datatype\": \"Float\"\n  }],\n  \"TacticValue\": \"0x0\",\n  \"StreamId\": 0,\n"
                        + "  \"Metadata\": \"[ONNX Layer: a\"b]\u001e[ONNX Layer: c[0]]\"\n}],\n\"Bindings\": [\"i\"n\"\n,\"o\\\"\n]}");
        EngineLayer layer = engine.layers().get(0);
        assertEquals("a\"b\\c\n$(x)", layer.name());
        assertEquals("t\"1", layer.outputs().get(0).name());
        assertEquals(List.of("a\"b", "c[0]"), layer.onnxNodes());
        assertEquals(List.of("i\"n", "o\\"), engine.ioTensors());
    }

    @Test
    void onlyTheFirstProfileCountsAndItsSuffixIsNoPartOfTheName() throws IOException {
        Engine engine = read(
                "{\"Layers\": [\"conv [profile 0]\"\n,\"conv [profile 1]\"\n],\"Bindings\": [\"x\"\n,\"x [profile 1]\"\n]}");
        assertEquals(1, engine.layers().size());
        assertEquals("conv", engine.layers().get(0).name());
        assertEquals(List.of("x"), engine.ioTensors());
    }

    @Test
    void streamSynchronizationIsNoLayer() throws IOException {
        assertEquals(
                0,
                read("{\"Layers\":[{\"Name\":\"s\",\"LayerType\":\"signal\"},{\"Name\":\"w\",\"LayerType\":\"Wait\"}]}")
                        .layers()
                        .size());
    }

    @Test
    void otherFilesAreRefusedInOneSentence() throws IOException {
        assertRefused("", "is empty");
        assertRefused("nonsense", "begins with neither { nor [");
        assertRefused("{nonsense", "is not JSON as trtexec writes it, from line 1 on");
        assertRefused("{\"Bindings\":[]}", "no list of layers");
        assertRefused("[{\"count\":3}]", "not a file of --exportLayerInfo");
        assertRefused("[{\"startEnqMs\":3}]", "has a layer without a name");
        assertRefused("{\"Layers\":[\"a\", 1]}", "has a layer without a name");
        assertRefused("{\"Layers\":[],\"Bindings\":[\"x\"]}", "lists no layers: build the engine again with");
        assertRefused("{\"Layers\":[{\"Name\":\"a", "ends in the middle");
    }

    @Test
    void aFileNamedForWhatItHoldsIsCalledAsItsFolder() throws IOException {
        Path layers = Files.createDirectories(folder.resolve("before")).resolve("layer.json");
        Files.writeString(layers, "{\"Layers\":[\"a\"]}");
        assertEquals("before", EngineReader.read(layers).label());
        assertEquals("player", EngineReader.label(Path.of("player.json")));
    }

    @Test
    void aNumberOfAProfileThatNoEngineHasIsPartOfTheName() throws IOException {
        String name = "a [profile 99999999999]";
        assertEquals(name, read("[\"" + name + "\"]").layers().get(0).name());
    }

    private void assertRefused(String content, String reason) {
        String message = assertThrows(UnreadableEngineException.class, () -> read(content))
                .getMessage();
        assertTrue(message.contains(reason) && message.contains("x.layer.json"), message);
    }

    private Engine read(String content) throws IOException {
        Path file = folder.resolve("x.layer.json");
        Files.writeString(file, content);
        return EngineReader.read(file);
    }

    @Test
    void withDynamicShapesWeightsAndKernelsHaveTheType(@TempDir Path folder) throws IOException {
        String layer = """
                {"Name": "c%d", "LayerType": "CaskConvolution",
                 "Inputs": [{"Name": "a%d", "Dimensions": [-1,8], "Format/Datatype": "N/A due to dynamic shapes"}],
                 "Outputs": [{"Name": "b%d", "Dimensions": [-1,8], "Format/Datatype": "N/A due to dynamic shapes"}]%s}""";
        String[] told = {
            ", \"Weights\": {\"Type\": \"Int8\", \"Count\": 64}",
            ", \"TacticName\": \"sm80_xmma_fprop_implicit_gemm_interleaved_i8f32_i8i32_f32_nchw_tilesize64x32x64\"",
            ", \"TacticName\": \"sm80_xmma_fprop_implicit_gemm_f16f16_f16f16_f16_nhwckrsc_nhwc\"",
            ", \"TacticValue\": \"0x1\""
        };
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < told.length; i++) {
            layers.add(layer.formatted(i, i, i, told[i]));
        }
        Path file = Files.writeString(folder.resolve("e.json"), "{\"Layers\": [" + String.join(",", layers) + "]}");
        Engine engine = EngineReader.read(file);
        assertEquals(
                List.of(Precision.INT8, Precision.INT8, Precision.FP16, Precision.UNKNOWN),
                engine.layers().stream().map(EngineLayer::precision).toList());
        String story = String.join("\n", EngineStory.of(new MeasuredEngine(engine, null, null)));
        assertTrue(story.contains("67 % of those whose type the file gives (not known of 1)"), story);
        Files.writeString(file, "{\"Layers\": [" + layers.get(3) + "]}");
        story = String.join("\n", EngineStory.of(new MeasuredEngine(EngineReader.read(file), null, null)));
        assertTrue(story.contains("quantized input: not known"), story);
        String text = io.qdqlint.report.engine.EngineReport.text(new MeasuredEngine(engine, null, null), 1);
        assertTrue(text.contains("and 3 more"), text);
    }
}
