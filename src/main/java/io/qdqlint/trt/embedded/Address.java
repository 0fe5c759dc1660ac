package io.qdqlint.trt.embedded;

import org.bytedeco.javacpp.Pointer;

/** An address from the driver, as TensorRT's classes take it. */
final class Address extends Pointer {
    Address(com.sun.jna.Pointer at) {
        this(com.sun.jna.Pointer.nativeValue(at));
    }

    Address(long at) {
        address = at;
    }
}
