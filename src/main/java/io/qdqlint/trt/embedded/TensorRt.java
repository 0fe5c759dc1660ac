package io.qdqlint.trt.embedded;

/** What is needed of TensorRT on one GPU, in the order of use. It writes its own messages to the {@link MessageLog}. */
interface TensorRt {

    /**
     * Finds the GPU and loads TensorRT.
     *
     * @param ordinal which GPU
     * @return its name
     * @throws TensorRtFailure without driver, GPU or libraries
     */
    String start(int ordinal) throws TensorRtFailure;

    /** As NV_TENSORRT_VERSION counts: 100600 is 10.6.0. */
    int version();

    /** Reads the ONNX file. */
    void parse(BuildOptions options) throws TensorRtFailure;

    /** Builds the engine of the model that was read. */
    void build(BuildOptions options) throws TensorRtFailure;

    /** Prepares the engine's inference. */
    Inference inference(BuildOptions options) throws TensorRtFailure;

    /** Inference of the engine, on inputs that stay on the GPU. */
    interface Inference {

        /** What the engine inspector reports of the engine's layers, as JSON. */
        String layers();

        /** Starts a query in a slot that is free. Queries run one after the other. */
        void enqueue(int slot) throws TensorRtFailure;

        /** Waits for the query in a slot, which is free afterwards. */
        Query finish(int slot) throws TensorRtFailure;

        /** From now on each query reports how long its layers took. */
        void profile(LayerTimes into) throws TensorRtFailure;
    }

    /**
     * When a query ran, in milliseconds since the inference was prepared; by the host's clock when it was enqueued, by the
     * GPU's when it was computed.
     */
    record Query(double enqueueStart, double enqueueEnd, double computeStart, double computeEnd) {}
}
