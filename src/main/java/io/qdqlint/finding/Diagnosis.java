package io.qdqlint.finding;

import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import java.util.List;

/**
 * The findings and the forecast of one model.
 *
 * @param tensorrt the target version it holds for, such as {@code 10}
 * @param findings sorted: errors first, then by cost, then by node order and rule id
 */
public record Diagnosis(Model model, String tensorrt, List<Finding> findings, Forecast forecast) {
    /** The same, after this many edits were tried ({@link Forecast#tried}). */
    public Diagnosis tried(int edits) {
        return new Diagnosis(model, tensorrt, findings, forecast.tried(edits));
    }
}
