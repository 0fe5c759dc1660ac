package io.qdqlint.trt.embedded;

import org.bytedeco.cuda.cudart.CUstream_st;

/** A stream of the driver, as TensorRT takes it. */
final class Streams {
    private Streams() {}

    static CUstream_st of(com.sun.jna.Pointer stream) {
        return new CUstream_st(new Address(stream));
    }
}
