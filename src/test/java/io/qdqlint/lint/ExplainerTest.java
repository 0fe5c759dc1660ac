package io.qdqlint.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.fact.Target;
import io.qdqlint.forecast.Explanation;
import io.qdqlint.forecast.Explanation.Step;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainerTest {
    private static final Model MAXPOOL =
            OnnxReader.read(Path.of("rules/scale/QDQ102-maxpool-branch-scale-mismatch/bad.onnxtxt"));

    private static Forecast forecast(Target target, String opType) {
        Linter linter = Linters.of(target);
        return linter.explain(MAXPOOL, n -> n.opType().equals(opType)).forecast();
    }

    private static List<Explanation> explain(String opType) {
        return forecast(Target.DEFAULT, opType).explanations();
    }

    private static boolean says(Explanation e, String part) {
        return e.steps().stream().map(Step::text).anyMatch(t -> t.contains(part));
    }

    @Test
    void aQuantizerThatMovesAndMeetsAnotherScaleIsExplained() {
        Explanation moved = explain("QuantizeLinear").stream()
                .filter(e -> says(e, "it moves above"))
                .findFirst()
                .orElseThrow();
        assertTrue(says(moved, "it needs"), moved::toString);
        assertTrue(says(moved, "is needed in several scales or types"), moved::toString);
        assertTrue(says(moved, "a quantize kernel stays at"), moved::toString);
        assertEquals("it is a quantize kernel of its own", moved.outcome());
    }

    @Test
    void eachStepNamesTheStatementsThatItFollowsFrom() {
        for (Explanation explanation : explain("QuantizeLinear")) {
            for (Step step : explanation.steps()) {
                assertFalse(step.because().isEmpty(), step::toString);
                step.because()
                        .forEach(s ->
                                assertFalse(s.source().isEmpty() || s.versions().isEmpty(), s::toString));
            }
        }
    }

    @Test
    void aConvolutionIsExplained() {
        assertTrue(explain("Conv").stream().allMatch(e -> says(e, "it runs in")));
    }

    @Test
    void aForecastForAnotherVersionSaysWhatItRestsOn() {
        assertEquals(List.of(), forecast(new Target(10, 6), "").basis().sentences());
        Forecast eleven = forecast(new Target(11, 0), "");
        assertTrue(eleven.basis().sentences().get(1).contains("strongly typed"));
        assertTrue(eleven.basis().holding() < eleven.basis().statements());
        Forecast eight = forecast(new Target(8, 6), "");
        assertTrue(eight.basis().sentences().get(1).contains("372 engines of 8.6.1"));
        assertTrue(eight.basis().isChecked());
        assertFalse(forecast(new Target(8, 5), "").basis().isChecked());
    }

    @Test
    void floatingPointIsTheTypeOfTheFileFromElevenOn() {
        forecast(new Target(11, 0), "")
                .layers()
                .forEach(l -> assertFalse(l.precision().equals("fp16"), l::toString));
    }
}
