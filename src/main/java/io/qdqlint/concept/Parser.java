package io.qdqlint.concept;

import io.qdqlint.ir.Node;

/** Concepts of {@code rules/tensorrt/parser.drl}. */
public interface Parser {
    /** A quantizer with several scales and no attribute {@code axis}, whose scales the parser puts along axis 0, against ONNX. */
    record FirstAxis(Node node) {}
}
