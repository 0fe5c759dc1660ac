package io.qdqlint.onnx;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.NodeDraft;
import io.qdqlint.ir.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model-local function (FunctionProto), as read. */
final class FunctionBody {
    /** What a call names. */
    record Key(String domain, String name, String overload) {}

    String name = "";
    String domain = "";
    String overload = "";
    final List<String> inputs = new ArrayList<>();
    final List<String> outputs = new ArrayList<>();
    /** Attributes that a call may leave out, with their defaults. */
    final List<Attribute> defaults = new ArrayList<>();

    final List<NodeDraft> nodes = new ArrayList<>();
    final List<Declaration> declarations = new ArrayList<>();
    final Map<String, Long> opsets = new LinkedHashMap<>();

    /** A value_info entry. */
    record Declaration(String value, DataType type, Shape shape) {}

    Key key() {
        return new Key(ModelDraft.domain(domain), name, overload);
    }
}
