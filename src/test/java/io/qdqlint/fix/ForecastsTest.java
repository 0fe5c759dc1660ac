package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.finding.Cause;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.Judgement;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.Rewrite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fix makes no more forecasts than {@link Fixer#mostForecasts} says, whatever the rules propose and the forecasts are. */
class ForecastsTest {
    private static final int PAIRS = 200;
    private static final int JUDGES = 6;

    @TempDir
    Path folder;

    private int made;
    private boolean limited;

    private Model chain(int pairs) throws IOException {
        String nodes = IntStream.range(0, pairs)
                .mapToObj(i -> "q%d = QuantizeLinear (x%d, s, z) d%d = DequantizeLinear (q%d, s, z) x%d = Relu (d%d)\n"
                        .formatted(i, i, i, i, i + 1, i))
                .collect(Collectors.joining());
        String text = """
                <ir_version: 8, opset_import: ["" : 13]>
                g (float[1,2] x0) => (float[1,2] x%d)
                <float s = {0.5}, int8 z = {0}>
                {
                %s}
                """.formatted(pairs, nodes);
        return TextModel.read(folder, text);
    }

    private static Candidate candidate(RemovePair edit, Node q) {
        KernelKey kernel = new KernelKey("quantize", q.input(0), 0);
        Finding finding = new Finding(
                edit.rule(), "s", Severity.WARNING, q, "m", "r", List.of(), Cost.NONE, List.of(kernel), Cause.NONE, 1);
        return new Candidate(0, edit, finding);
    }

    /** To remove each pair, by a rule or as a candidate; how many depends on the seed. */
    private Proposal proposal(Model model, long seed) {
        made++;
        List<Node> quantizers = model.graph().nodes().stream()
                .filter(n -> n.opType().equals("QuantizeLinear"))
                .toList();
        List<RemovePair> edits = quantizers.stream()
                .map(q ->
                        new RemovePair("QDQ001", q, q, q.output(0).uses().get(0).node(), Exactness.CHANGES_NUMERICS))
                .toList();
        int kernels = kernels(quantizers.size(), seed);
        int rules = (int) (seed % 3) * edits.size() / 2;
        return new Proposal(
                List.<Rewrite>copyOf(edits.subList(0, rules)),
                List.of(),
                new Judgement(0, kernels, 0, 0, 0, kernels),
                edits.subList(rules, edits.size()).stream()
                        .map(e -> candidate(e, e.quantize()))
                        .toList(),
                quantizers.stream()
                        .map(q -> new KernelKey("quantize", q.input(0), 0).name())
                        .collect(Collectors.toSet()));
    }

    /** No edit saves anything, each costs something, or nothing is sure. */
    private static int kernels(int pairs, long seed) {
        return switch ((int) seed) {
            case 0 -> PAIRS;
            case 1 -> 2 * PAIRS - pairs;
            default -> new Random(seed * PAIRS + pairs).nextInt(1 + pairs);
        };
    }

    private void fix(Model model, FixOptions options, long seed) throws IOException {
        made = 0;
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(m -> proposal(m, seed), options, weights).fix(model);
            int most = Fixer.mostForecasts(model, options);
            assertTrue(made <= most, () -> made + " forecasts and not " + most + ", seed " + seed);
            Judgement before = proposal(model, seed).judgement();
            assertFalse(proposal(fix.after(), seed).judgement().worseThan(before), () -> "seed " + seed);
            limited |= made > most / 2;
        }
    }

    @Test
    void noJudgeMakesAFixTakeMoreForecasts() throws IOException {
        Model model = chain(PAIRS);
        for (long seed = 0; seed < JUDGES; seed++) {
            fix(model, FixOptions.UNSAFE, seed);
        }
        assertTrue(limited, "no fix came near the limit");
    }

    @Test
    void theLimitFollowsTheSizeOfTheModel() throws IOException {
        assertEquals(161, Fixer.mostForecasts(chain(1), FixOptions.SAFE));
        assertEquals(569, Fixer.mostForecasts(chain(1), FixOptions.UNSAFE));
        assertEquals(161 + 400_000 / 6000 + 8, Fixer.mostForecasts(chain(2000), FixOptions.UNSAFE));
    }
}
