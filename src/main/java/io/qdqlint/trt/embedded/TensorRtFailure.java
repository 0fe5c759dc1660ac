package io.qdqlint.trt.embedded;

/** TensorRT or the GPU refused; the message becomes an error line of the log. */
final class TensorRtFailure extends Exception {
    private static final long serialVersionUID = 1L;

    TensorRtFailure(String message) {
        super(message);
    }
}
