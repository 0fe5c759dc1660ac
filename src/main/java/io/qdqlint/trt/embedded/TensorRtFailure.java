package io.qdqlint.trt.embedded;

/** Something went wrong; the message becomes an error line of the log. */
final class TensorRtFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean verdict;

    private TensorRtFailure(String message, boolean verdict) {
        super(message);
        this.verdict = verdict;
    }

    /** What keeps TensorRT from its work: an option, the driver, the GPU, its libraries. */
    TensorRtFailure(String message) {
        this(message, false);
    }

    /** TensorRT does not take the model, as it has said in lines of its own. */
    static TensorRtFailure ofModel(String message) {
        return new TensorRtFailure(message, true);
    }

    /** Whether it says something of the model. */
    boolean isOfModel() {
        return verdict;
    }
}
