package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import java.util.List;

/**
 * One change to a graph. Nodes are those of the model that the edit is applied to, in its own graph or in a body; tensors go
 * by name. {@link GraphEditor} removes what nothing reads after an edit, such as a quantizer without readers and its scale.
 */
public sealed interface Edit {
    /** Calls the visitor's method for this kind of edit. */
    void accept(Visitor visitor);

    /** Does something with each kind of edit. A new kind does not compile before each visitor has a method for it. */
    interface Visitor {
        void visit(SetInput edit);

        void visit(SetOutput edit);

        void visit(RemoveNode edit);

        void visit(AddNode edit);

        void visit(SetInitializer edit);

        void visit(SetAttribute edit);

        void visit(RemoveAttribute edit);

        void visit(Declare edit);

        void visit(AddOutput edit);
    }

    /** Input {@code slot} of the node reads {@code tensor} from now on. An input beyond the last one is added. */
    record SetInput(Node node, int slot, String tensor) implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Output {@code slot} of the node gets another name. Its readers are not touched. */
    record SetOutput(Node node, int slot, String tensor) implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The node is removed, whether its outputs are read or not. */
    record RemoveNode(Node node) implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

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
            implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** An initializer of the model's own graph: a new one, or other content for the one of that name. */
    record SetInitializer(Tensor tensor) implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The node's attribute of that name gets this value; added where there is none. */
    record SetAttribute(Node node, Attribute attribute) implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The node loses the attribute of that name, if it has it. */
    record RemoveAttribute(Node node, String name) implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The declared type and shape of a tensor that an edit changes or a new node computes. */
    record Declare(String tensor, DataType type, Shape shape) implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The model has one more output, so that the tensor can be compared. */
    record AddOutput(String tensor) implements Edit {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }
}
