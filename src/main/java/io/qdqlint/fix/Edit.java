package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import java.util.List;

/**
 * One change to a graph. Nodes are those of the model that the edit is applied to, in its own graph or in a body; tensors
 * go by name. What an edit leaves unread (a quantizer without readers, its scale) goes by itself, see {@link GraphEditor}.
 */
public sealed interface Edit {

    /** Input {@code slot} of the node reads {@code tensor} from now on. An input beyond the last one is added. */
    record SetInput(Node node, int slot, String tensor) implements Edit {}

    /** Output {@code slot} of the node gets another name. Its readers are not touched. */
    record SetOutput(Node node, int slot, String tensor) implements Edit {}

    /** The node goes, whether its outputs are read or not. */
    record RemoveNode(Node node) implements Edit {}

    /**
     * A new node of ONNX's own domain in the graph that {@code near} stands in. Its place is before the first node that
     * reads it.
     */
    record AddNode(
            Node near,
            String name,
            String opType,
            List<String> inputs,
            List<String> outputs,
            List<Attribute> attributes)
            implements Edit {}

    /** An initializer of the model's own graph: a new one, or other content for the one of that name. */
    record SetInitializer(Tensor tensor) implements Edit {}

    /** The node's attribute of that name gets this value; added where there is none. */
    record SetAttribute(Node node, Attribute attribute) implements Edit {}

    /** The node loses the attribute of that name, if it has it. */
    record RemoveAttribute(Node node, String name) implements Edit {}

    /** What the model declares of a tensor that an edit gives another type, or that a new node makes. */
    record Declare(String tensor, DataType type, Shape shape) implements Edit {}

    /** The model hands out one more tensor, to be looked at. */
    record AddOutput(String tensor) implements Edit {}
}
