package io.qdqlint.onnx;

import io.qdqlint.ir.GraphBuilder;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was read of a ModelProto, in either syntax, before functions are inlined and names resolved. */
final class ModelDraft {
    /** The first IR version that requires opset imports. */
    private static final int IR_WITH_OPSETS = 3;

    long irVersion;
    String producerName = "";
    String producerVersion = "";
    final Map<String, Long> opsets = new LinkedHashMap<>();
    final Map<String, String> metadata = new LinkedHashMap<>();
    final List<FunctionBody> functions = new ArrayList<>();
    GraphBuilder graph;

    /** ONNX's own domain has two spellings. */
    static String domain(String written) {
        return written.equals("ai.onnx") ? "" : written;
    }

    /** False for what happens to have protobuf's form and is something else. */
    boolean isModel() {
        return graph != null && (irVersion > 0 || !graph.nodes().isEmpty());
    }

    /** Links the model. */
    Model build(Path file) {
        if (irVersion >= IR_WITH_OPSETS && opsets.isEmpty()) {
            throw new InvalidModelException(
                    "the model imports no operator set, so its operators have no meaning; the file may be cut short, "
                            + "download or export it again");
        }
        if (!functions.isEmpty()) {
            new FunctionInliner(functions).inline(graph);
            for (FunctionBody f : functions) {
                f.opsets.forEach(opsets::putIfAbsent);
            }
        }
        QuantizerConstants.load(graph, new TensorLoader(file));
        String producer = (producerName + " " + producerVersion).strip();
        return new Model(
                file,
                irVersion,
                producer,
                Collections.unmodifiableMap(opsets),
                graph.build(),
                Collections.unmodifiableMap(metadata));
    }
}
