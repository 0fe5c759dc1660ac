package io.qdqlint.verify;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.qdqlint.ir.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A model in ONNX Runtime, on the CPU and unoptimised: its optimiser moves Q and DQ itself. */
final class OrtModel implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;

    /**
     * Loads a model.
     *
     * @throws OrtException if ONNX Runtime does not take it
     * @throws IOException if ONNX Runtime itself can't be unpacked
     */
    OrtModel(Path file) throws OrtException, IOException {
        OrtLibraries.unpack();
        environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            // A product with a stored matrix, packed beforehand, adds in another order than with one that a node
            // computes.
            options.addConfigEntry("session.disable_prepacking", "1");
            session = environment.createSession(file.toString(), options);
        }
    }

    /** Computes some outputs, by name. Outputs that are no tensors of numbers are left out. */
    Map<String, Feed> run(Map<String, Feed> feeds, Set<String> outputs) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (Map.Entry<String, Feed> feed : feeds.entrySet()) {
                inputs.put(feed.getKey(), tensor(feed.getValue()));
            }
            Map<String, Feed> results = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(inputs, outputs)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    if (output.getValue() instanceof OnnxTensor tensor && type(tensor.getInfo().type) != null) {
                        ByteBuffer buffer = tensor.getByteBuffer();
                        byte[] bytes = new byte[buffer.remaining()];
                        buffer.get(bytes);
                        results.put(
                                output.getKey(),
                                new Feed(
                                        type(tensor.getInfo().type),
                                        tensor.getInfo().getShape(),
                                        bytes));
                    }
                }
            }
            return results;
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Feed feed) throws OrtException {
        ByteBuffer data = ByteBuffer.allocateDirect(feed.bytes().length).order(ByteOrder.nativeOrder());
        data.put(feed.bytes()).flip();
        return OnnxTensor.createTensor(
                environment,
                data,
                feed.shape(),
                OnnxJavaType.valueOf(feed.type().name()));
    }

    private static DataType type(OnnxJavaType type) {
        return switch (type) {
            case STRING, UNKNOWN -> null;
            default -> DataType.valueOf(type.name());
        };
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
