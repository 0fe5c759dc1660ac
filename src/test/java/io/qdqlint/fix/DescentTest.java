package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.qdqlint.finding.Cause;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.Judgement;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.RemovePair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fix says how many candidates it tried, or that these are not all. */
class DescentTest {
    private static final String PAIR = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,2] x) => (float[1,2] y)
            <float s = {0.5}, int8 z = {0}>
            {
                q = QuantizeLinear (x, s, z)
                d = DequantizeLinear (q, s, z)
                y = Relu (d)
            }
            """;

    private static Candidate uselessEdit(Node q, int number) {
        Node dq = q.output(0).uses().get(0).node();
        Finding finding = new Finding(
                "QDQ001",
                "useless",
                Severity.WARNING,
                q,
                "m",
                "r",
                List.of(),
                Cost.NONE,
                List.of(new KernelKey("quantize", q.input(0), 0)),
                Cause.NONE,
                1);
        return new Candidate(0, new RemovePair("QDQ" + number, q, q, dq, Exactness.CHANGES_NUMERICS), finding);
    }

    /** Of a quantized model so many candidates, each of which removes the only pair and saves nothing. */
    private static Proposal proposal(Model model, int candidates) {
        Node first = model.graph().nodes().get(0);
        boolean quantized = first.opType().equals("QuantizeLinear");
        return new Proposal(
                List.of(),
                List.of(),
                new Judgement(0, 1, 0, 0, 0, 5),
                quantized
                        ? IntStream.range(0, candidates)
                                .mapToObj(i -> uselessEdit(first, i))
                                .toList()
                        : List.of(),
                Set.of("quantize x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 2 * Descent.TRIALS})
    void theFixSaysHowManyItTried(int candidates, @TempDir Path folder) throws IOException {
        Model model = TextModel.read(folder, PAIR);
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(m -> proposal(m, candidates), FixOptions.UNSAFE, weights).fix(model);
            assertFalse(fix.changed());
            assertEquals(candidates < Descent.TRIALS ? candidates : Forecast.NOT_ALL, fix.tried());
        }
    }
}
