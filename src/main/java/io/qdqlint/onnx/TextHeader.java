package io.qdqlint.onnx;

import static io.qdqlint.ir.InvalidModelException.quote;

import java.util.Map;
import java.util.function.Predicate;

/** The list in angle brackets that a model or function may start with: {@code <ir_version: 8, opset_import: [...]>}. */
final class TextHeader {
    private TextHeader() {}

    /** @param value takes the value of the key given to it; false for an unknown key */
    static void read(TextCursor in, Predicate<String> value) {
        if (!in.matches('<')) {
            return;
        }
        do {
            int from = in.next();
            String key = in.identifier("a key such as ir_version");
            in.expect(':');
            if (!value.test(key)) {
                throw in.error(from, quote(key) + " is not a key of this list");
            }
        } while (in.matches(','));
        in.expect('>');
    }

    static void opsets(TextCursor in, Map<String, Long> into) {
        in.expect('[');
        if (in.matches(']')) {
            return;
        }
        do {
            String domain = in.string("a domain");
            in.expect(':');
            into.put(ModelDraft.domain(domain), in.integer("a version"));
        } while (in.matches(','));
        in.expect(']');
    }

    static void strings(TextCursor in, Map<String, String> into) {
        in.expect('[');
        if (in.matches(']')) {
            return;
        }
        do {
            String key = in.string("a key");
            in.expect(':');
            into.put(key, in.string("a value"));
        } while (in.matches(','));
        in.expect(']');
    }
}
