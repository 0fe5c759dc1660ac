package io.qdqlint.report.html;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Value;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import java.util.List;
import java.util.stream.Collectors;

/** A model in one line. */
final class ModelFacts {
    private static final int PRODUCER = 80;
    private static final int INPUTS = 3;
    private static final int INPUT = 80;

    private ModelFacts() {}

    /** {@code pytorch 2.4, opset 17, 412 nodes, 180 of them Q or DQ; reads images float 1x3x640x640}. */
    static String of(Model model) {
        long quantizers = model.graph().nodes().stream()
                .filter(QuantizerText::isQuantizer)
                .count();
        String producer = model.producer().isBlank() ? "" : Printable.line(model.producer(), PRODUCER) + ", ";
        return producer + "opset " + model.opset() + ", "
                + Amounts.count(model.graph().nodes().size(), "node") + ", " + quantizers + " of them Q or DQ"
                + reads(model.graph().inputs());
    }

    private static String reads(List<Value> inputs) {
        String named = inputs.stream()
                .limit(INPUTS)
                .map(v -> Printable.line(v.name() + " " + GraphJson.type(v), INPUT)
                        .strip())
                .collect(Collectors.joining(", "));
        int more = inputs.size() - INPUTS;
        return named.isEmpty() ? "" : "; reads " + named + (more > 0 ? " and " + more + " more" : "");
    }
}
