package io.qdqlint.onnx;

import static io.qdqlint.onnx.OnnxFields.*;
import static io.qdqlint.onnx.WireInput.LEN;
import static io.qdqlint.onnx.WireInput.VARINT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Reads ModelProto, OperatorSetIdProto and FunctionProto. */
final class ModelScanner {
    private final WireInput in;
    private final GraphScanner graphs;
    private final ValueInfoScanner valueInfos;
    private final ModelDraft model = new ModelDraft();

    ModelScanner(WireInput in, Path file) {
        this.in = in;
        TensorScanner tensors = new TensorScanner(in, file);
        graphs = new GraphScanner(in, tensors);
        valueInfos = new ValueInfoScanner(in);
    }

    ModelDraft read() throws IOException {
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case MODEL_IR_VERSION << 3 | VARINT -> model.irVersion = in.varint();
                case MODEL_PRODUCER_NAME << 3 | LEN -> model.producerName = in.name();
                case MODEL_PRODUCER_VERSION << 3 | LEN -> model.producerVersion = in.name();
                case MODEL_GRAPH << 3 | LEN -> model.graph = graphs.read();
                case MODEL_OPSET_IMPORT << 3 | LEN -> opset(model.opsets);
                case MODEL_METADATA_PROPS << 3 | LEN -> metadata(Entry.read(in));
                case MODEL_FUNCTIONS << 3 | LEN -> model.functions.add(function());
                default -> in.skip(tag);
            }
        }
        return model;
    }

    private void metadata(Entry entry) {
        if (entry.value() != null) {
            model.metadata.put(entry.key(), entry.value());
        }
    }

    private void opset(Map<String, Long> into) throws IOException {
        String domain = "";
        long version = 0;
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case OPSET_DOMAIN << 3 | LEN -> domain = in.name();
                case OPSET_VERSION << 3 | VARINT -> version = in.varint();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        into.put(ModelDraft.domain(domain), version);
    }

    private FunctionBody function() throws IOException {
        FunctionBody function = new FunctionBody();
        graphs.attributes().inFunction(true);
        int outer = in.enter();
        for (int tag; (tag = in.tag()) != 0; ) {
            switch (tag) {
                case FUNCTION_NAME << 3 | LEN -> function.name = in.name();
                case FUNCTION_DOMAIN << 3 | LEN -> function.domain = in.name();
                case FUNCTION_OVERLOAD << 3 | LEN -> function.overload = in.name();
                case FUNCTION_INPUT << 3 | LEN -> function.inputs.add(in.name());
                case FUNCTION_OUTPUT << 3 | LEN -> function.outputs.add(in.name());
                case FUNCTION_ATTRIBUTE_PROTO << 3 | LEN ->
                    function.defaults.add(graphs.attributes().read());
                case FUNCTION_NODE << 3 | LEN -> function.nodes.add(graphs.node());
                case FUNCTION_OPSET_IMPORT << 3 | LEN -> opset(function.opsets);
                case FUNCTION_VALUE_INFO << 3 | LEN ->
                    valueInfos.read((v, t, s) -> function.declarations.add(new FunctionBody.Declaration(v, t, s)));
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        graphs.attributes().inFunction(false);
        return function;
    }
}
