package io.qdqlint.trt.run;

/** Which precisions the builder may use. */
public enum BuildMode {
    /** FP16 where it is faster. */
    FP16,
    /** INT8 where the model has Q/DQ or, in a model without, where the builder likes (implicit quantization). */
    INT8,
    /** FP8 as the model's Q/DQ say. */
    FP8,
    /** The model's own types and nothing else. */
    STRONGLY_TYPED
}
