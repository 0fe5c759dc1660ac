package io.qdqlint.forecast;

import io.qdqlint.ir.Node;
import java.util.List;

/**
 * The facts that lead to what TensorRT does at a node.
 *
 * @param steps what was derived about it, from how its tensors are needed to the kernel that stays or does not
 * @param outcome one sentence: what becomes of it
 */
public record Explanation(Node node, List<Step> steps, String outcome) {

    /**
     * Something that is true of the node.
     *
     * @param text one sentence
     * @param because the statements about TensorRT that it follows from, most often one
     */
    public record Step(String text, List<Statement> because) {}

    /**
     * A statement about TensorRT: a rule of {@code rules/tensorrt}.
     *
     * @param name a sentence
     * @param versions that it holds for, such as {@code 8.0+}
     * @param source how it is known
     */
    public record Statement(String name, String versions, String source) {}
}
