package io.qdqlint.report.html;

import io.qdqlint.ir.Model;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;

/** A model in one line. */
final class ModelFacts {
    private static final int PRODUCER = 80;

    private ModelFacts() {}

    /** {@code pytorch 2.4, opset 17, 412 nodes, 180 of them Q or DQ}. */
    static String of(Model model) {
        long quantizers = model.graph().nodes().stream()
                .filter(QuantizerText::isQuantizer)
                .count();
        String producer = model.producer().isBlank() ? "" : Printable.line(model.producer(), PRODUCER) + ", ";
        return producer + "opset " + model.opset() + ", "
                + Amounts.count(model.graph().nodes().size(), "node") + ", " + quantizers + " of them Q or DQ";
    }
}
