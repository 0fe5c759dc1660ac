package io.qdqlint.trt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what {@code trtexec --exportLayerInfo} and the engine inspector write, in the forms of TensorRT 8.4 to 11: an
 * object with {@code Layers} and {@code Bindings} or {@code I/O Tensors}, or a bare list; layers as objects or, from an
 * engine built without detail, as names; type and layout in one field or in two.
 */
public final class EngineReader {
    private static final Set<String> SYNCHRONIZATION = Set.of("signal", "wait");

    private EngineReader() {}

    /**
     * Reads one file.
     *
     * @throws UnreadableEngineException where it is not such a file
     */
    public static Engine read(Path file) throws IOException {
        return engine(LooseJson.read(file), file);
    }

    private static Engine engine(JsonNode root, Path file) throws IOException {
        JsonNode list = root.isArray() ? root : root.path("Layers");
        if (!list.isArray()) {
            throw new UnreadableEngineException(file + " has no list of layers: it is not a file of --exportLayerInfo");
        }
        if (list.isEmpty()) {
            throw new UnreadableEngineException(
                    file + " lists no layers: build the engine again with --profilingVerbosity=detailed");
        }
        List<EngineLayer> layers = new ArrayList<>(list.size());
        boolean detailed = false;
        for (JsonNode entry : list) {
            JsonNode named = entry.isObject() ? entry.path("Name") : entry;
            if (!named.isTextual()) {
                throw new UnreadableEngineException(
                        file + " has a layer without a name: it is not a file of --exportLayerInfo");
            }
            String name = named.asText();
            if (LayerNames.profile(name) > 0
                    || SYNCHRONIZATION.contains(entry.path("LayerType").asText().toLowerCase(Locale.ROOT))) {
                continue;
            }
            detailed |= entry.isObject();
            layers.add(entry.isObject() ? layer(entry) : nameOnly(name));
        }
        return new Engine(label(file), detailed, List.copyOf(layers), ioTensors(root));
    }

    private static EngineLayer nameOnly(String name) {
        String bare = LayerNames.withoutProfile(name);
        return new EngineLayer(bare, "", "", List.of(), List.of(), LayerNames.inName(bare), "");
    }

    private static EngineLayer layer(JsonNode entry) {
        String name = LayerNames.withoutProfile(entry.path("Name").asText());
        List<String> nodes = nodes(name, entry);
        String tactic = entry.path("TacticName").asText();
        return new EngineLayer(
                name,
                entry.path("LayerType").asText(),
                entry.path("Origin").asText(),
                typed(tensors(entry.path("Inputs")), entry),
                tensors(entry.path("Outputs")),
                nodes,
                tactic.isEmpty() ? entry.path("TacticValue").asText() : tactic);
    }

    /** The ONNX nodes of a layer. Engines of 8.6 leave quantizers out of the metadata: a layer of nothing else is known by its name. */
    private static List<String> nodes(String name, JsonNode entry) {
        List<String> given = LayerNames.inMetadata(entry.path("Metadata").asText());
        if (!given.isEmpty()) {
            return given;
        }
        List<String> named = name.contains("ForeignNode[") ? List.of() : LayerNames.inName(name);
        return !entry.has("Metadata") || named.stream().allMatch(EngineLayer::isQuantizer) ? named : given;
    }

    /** With dynamic shapes tensors have no type; the weights have that of the first input, and so has the kernel's name. */
    private static List<EngineTensor> typed(List<EngineTensor> inputs, JsonNode entry) {
        if (inputs.isEmpty() || inputs.get(0).precision() != Precision.UNKNOWN) {
            return inputs;
        }
        Precision weights = Precision.of(entry.path("Weights").path("Type").asText());
        Precision type = weights != Precision.UNKNOWN
                ? weights
                : Precision.ofKernel(entry.path("TacticName").asText());
        EngineTensor first = inputs.get(0);
        List<EngineTensor> out = new ArrayList<>(inputs);
        out.set(0, new EngineTensor(first.name(), type, first.format(), first.dims()));
        return List.copyOf(out);
    }

    private static List<EngineTensor> tensors(JsonNode list) {
        List<EngineTensor> out = new ArrayList<>(list.size());
        for (JsonNode t : list) {
            String phrase = t.path("Format/Datatype").asText(t.path("Format").asText());
            String type = t.path("Datatype").asText(t.path("DataType").asText(phrase));
            List<Long> dims = new ArrayList<>();
            t.path("Dimensions").forEach(d -> dims.add(d.asLong(-1)));
            out.add(new EngineTensor(
                    t.path("Name").asText(), Precision.of(type), TensorFormat.shortName(phrase), List.copyOf(dims)));
        }
        return List.copyOf(out);
    }

    private static List<String> ioTensors(JsonNode root) {
        List<String> out = new ArrayList<>();
        JsonNode list = root.has("I/O Tensors") ? root.path("I/O Tensors") : root.path("Bindings");
        for (JsonNode io : list) {
            String name = io.isObject() ? io.path("Name").asText() : io.asText();
            if (LayerNames.profile(name) == 0) {
                out.add(name);
            }
        }
        return List.copyOf(out);
    }

    /**
     * The file's name without the endings that trtexec's users give such files; its folder's where nothing else is left of
     * the name.
     */
    static String label(Path file) {
        String label = file.getFileName()
                .toString()
                .replaceFirst("(?:(?:^|\\.)(?:engine|layers?|graph|layer_?info))*\\.json$", "");
        Path folder = file.toAbsolutePath().normalize().getParent();
        return label.isEmpty() && folder != null && folder.getFileName() != null
                ? folder.getFileName().toString()
                : label;
    }
}
