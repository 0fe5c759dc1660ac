package io.qdqlint.tune;

import io.qdqlint.fix.Dequantization;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.FloatLayers;
import io.qdqlint.fix.Weights;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Proposal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The models that the rows of a tuning are built from. */
public final class Variants implements AutoCloseable {
    private final Model model;
    private final Function<Model, Proposal> lint;
    private final Function<Model, Forecast> forecast;
    private final Weights weights;
    private Fix fixed;
    private Fix floating;
    private final Map<Made, Fix> made = new HashMap<>();

    private record Made(String name, Set<String> floats) {}

    /**
     * @param model as read from an ONNX file
     * @param lint what the rules propose for a model
     * @param forecast of a model's engine
     */
    public Variants(Model model, Function<Model, Proposal> lint, Function<Model, Forecast> forecast) {
        this.model = model;
        this.lint = lint;
        this.forecast = forecast;
        weights = new Weights(model.file());
    }

    /** The model as {@code fix --unsafe} leaves it. */
    public Fix fixed() {
        if (fixed == null) {
            fixed = new Fixer(lint, FixOptions.UNSAFE, weights).fix(model);
        }
        return fixed;
    }

    /** The model without Q/DQ, as far as these can be removed. */
    public Fix floating() {
        if (floating == null) {
            floating = Dequantization.of(model, lint, weights);
        }
        return floating;
    }

    /** Whether all Q/DQ can be removed. */
    public boolean hasFloating() {
        return !Dequantization.isQuantized(floating().after());
    }

    /** Names of the layers that can be left in floating point. */
    public Set<String> choosable() {
        return FloatLayers.quantized(fixed().after());
    }

    /** The model of a row. */
    public Fix of(Trial trial) {
        return made.computeIfAbsent(new Made(trial.name(), trial.floats()), n -> make(trial));
    }

    /** Microseconds of the kernels that dequantize, as they are forecast of the row's model; those of unknown size count nothing. */
    double dequantizing(Trial trial) {
        return forecast.apply(of(trial).after()).kernels().stream()
                .filter(k -> k.kind() == Forecast.Kind.DEQUANTIZE)
                .mapToDouble(Forecast.Kernel::micros)
                .filter(m -> !Double.isNaN(m))
                .sum();
    }

    private Fix make(Trial trial) {
        if (trial.name().equals(Rows.FP16) || trial.name().equals(Rows.IMPLICIT)) {
            return floating();
        }
        Fix start = Rows.isOfExported(trial.name())
                ? new Fix(model, model, model, List.of(), List.of(), 0, true, 0)
                : fixed();
        return trial.floats().isEmpty()
                ? start
                : FloatLayers.joined(start, FloatLayers.leave(start.after(), trial.floats(), lint, weights));
    }

    @Override
    public void close() throws IOException {
        weights.close();
    }
}
