package io.qdqlint.cli;

import io.qdqlint.fact.Scale;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.report.Printable;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** One line for one fact: its type and its fields, nodes and tensors by name. Names come from the file and are made printable. */
final class FactText {
    private FactText() {}

    static String of(Object fact) {
        return Printable.line(text(fact));
    }

    private static String text(Object fact) {
        if (fact instanceof Node n) {
            return "Node(" + n.opType() + " " + quoted(n.name()) + ", inputs=" + names(n.inputs()) + ", outputs="
                    + names(n.outputs()) + ")";
        }
        if (!(fact instanceof Record)) {
            return String.valueOf(fact);
        }
        StringJoiner out = new StringJoiner(", ", fact.getClass().getSimpleName() + "(", ")");
        for (RecordComponent c : fact.getClass().getRecordComponents()) {
            try {
                c.getAccessor().setAccessible(true);
                out.add(c.getName() + "=" + field(c.getAccessor().invoke(fact)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return out.toString();
    }

    private static String field(Object value) {
        if (value instanceof Node n) {
            return quoted(n.name());
        }
        if (value instanceof Value v) {
            return quoted(v.name());
        }
        if (value instanceof Scale s) {
            return s.type().onnxName() + " " + s.text();
        }
        if (value instanceof Collection<?> c) {
            return c.stream().map(FactText::field).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Record) {
            return text(value);
        }
        return value instanceof String s ? quoted(s) : Objects.toString(value);
    }

    private static String names(Collection<Value> values) {
        return field(values.stream().filter(Objects::nonNull).toList());
    }

    private static String quoted(String name) {
        return "'" + name + "'";
    }
}
