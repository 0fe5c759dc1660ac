package io.qdqlint.constraints;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes about all quantizers of a model: that it has none, that no constraint is needed, that scales are missing. */
final class QuantizerNotes {
    private QuantizerNotes() {}

    /**
     * The notes about a model.
     *
     * @param nothing whether the model has no constraints
     */
    static List<String> of(Model model, boolean nothing) {
        List<Node> quantizers = model.graph().nodes().stream()
                .filter(n -> n.opType().equals("QuantizeLinear"))
                .filter(n -> n.input(0) != null && !n.input(0).isConstant())
                .toList();
        long uncalibrated = quantizers.stream()
                .map(QuantizerNames::scale)
                .flatMap(Optional::stream)
                .filter(s -> !QuantizerNames.isUsable(s))
                .count();
        List<String> out = new ArrayList<>();
        if (quantizers.isEmpty()) {
            out.add("the model quantizes no activation: export it with its quantizers in place");
        } else if (nothing) {
            out.add("there are no constraints: of the " + quantizers.size()
                    + " quantizers no two meet at a tensor, none prevents"
                    + " a fusion, and no input lacks one");
        }
        if (uncalibrated > 0) {
            out.add(uncalibrated + " of the " + quantizers.size()
                    + " quantizers have a scale that is not a positive number: calibrate them (QDQ504); the constraints do not"
                    + " depend on scales");
        }
        return out;
    }
}
