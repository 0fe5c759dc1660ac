package io.qdqlint.onnx;

import static io.qdqlint.ir.InvalidModelException.quote;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Shape;

/** What must hold for every stored tensor, in whichever syntax it is written. */
final class Tensors {
    /** Keeps sizes in bytes and bits within a long. */
    private static final long MAX_ELEMENTS = Long.MAX_VALUE / 128;

    private Tensors() {}

    static Shape shape(String name, DataType type, long... sizes) {
        for (long size : sizes) {
            if (size < 0) {
                throw new InvalidModelException("tensor " + quote(name) + " has the negative dimension " + size
                        + "; stored tensors need sizes of 0 or more");
            }
        }
        Shape shape = Shape.of(sizes);
        if (shape.elements() < 0 || shape.elements() > MAX_ELEMENTS) {
            throw new InvalidModelException("tensor " + quote(name) + " of type " + type.onnxName() + " has the dims "
                    + shape + ", more elements than can be counted; the file is damaged");
        }
        return shape;
    }

    static InvalidModelException wrongLength(String name, DataType type, Shape shape, int length) {
        return new InvalidModelException("tensor " + quote(name) + " is " + type.onnxName() + shape + ", "
                + type.bytes(shape.elements()) + " bytes of elements, and its stored data of " + length
                + " bytes does not fit that; export the model again");
    }
}
