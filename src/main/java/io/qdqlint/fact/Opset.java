package io.qdqlint.fact;

/** Version of ONNX's own operator set that the model imports. */
public record Opset(long version) {}
