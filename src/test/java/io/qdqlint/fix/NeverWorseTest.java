package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.forecast.Judgement;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.Rewrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No fix ends with a worse forecast. {@code -Dfix.models=FOLDER} tries all models under a folder besides those of the
 * repository.
 */
class NeverWorseTest {
    private static final Linter LINTER = Linters.H100;

    private static final Path CASES = Path.of("src/test/resources/cases");

    private static List<Path> models() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(Path.of("rules"), CASES, Path.of("src/test/resources/corpus")));
        String more = System.getProperty("fix.models");
        if (more != null) {
            folders.add(Path.of(more));
        }
        List<Path> models = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(f -> f.toString().matches(".*\\.onnx(txt)?"))
                        .sorted()
                        .forEach(models::add);
            }
        }
        return models;
    }

    @Test
    void noModelGetsWorse() throws IOException {
        List<String> worse = new ArrayList<>();
        for (Path file : models()) {
            Model model;
            try {
                model = OnnxReader.read(file);
            } catch (InvalidModelException e) {
                continue;
            }
            try (Weights weights = new Weights(file)) {
                AtomicInteger forecasts = new AtomicInteger();
                Fixer fixer = new Fixer(
                        m -> {
                            forecasts.incrementAndGet();
                            return LINTER.propose(m);
                        },
                        FixOptions.UNSAFE,
                        weights);
                Fix fix = fixer.fix(model);
                assertTrue(forecasts.get() <= Fixer.mostForecasts(model, FixOptions.UNSAFE), file::toString);
                Judgement before = LINTER.propose(model).judgement();
                Judgement after = fix.changed() ? LINTER.propose(fix.after()).judgement() : before;
                if (System.getProperty("fix.models") != null) {
                    System.out.println(file + "\t" + before + "\t" + after + "\t" + forecasts + " forecasts\t"
                            + fix.refusals().stream()
                                    .filter(r -> r.why().contains("it would "))
                                    .map(r -> r.rewrite().rule() + " " + r.why())
                                    .toList());
                }
                if (after.worseThan(before) || after.builds() && after.slowerThan(before)) {
                    worse.add(file + ": " + before + " " + after + " " + fix.steps());
                }
            }
        }
        assertEquals(List.of(), worse);
    }

    private static int kernelsOfTheFixed(String name) throws IOException {
        Path file = CASES.resolve(name + ".onnxtxt");
        try (Weights weights = new Weights(file)) {
            Fix fix = new Fixer(LINTER::propose, FixOptions.UNSAFE, weights).fix(OnnxReader.read(file));
            return LINTER.propose(fix.after()).judgement().kernels();
        }
    }

    @Test
    void reportedGraphsGetTheKernelsThatTheirEnginesShowToBePossible() throws IOException {
        assertEquals(0, kernelsOfTheFixed("14-conv3d"));
        assertEquals(1, kernelsOfTheFixed("16-c2f-silu-add"));
        assertEquals(2, kernelsOfTheFixed("20-resize-linear"));
        assertEquals(1, kernelsOfTheFixed("30-pair-before-silu-add"));
    }

    private static final String THREE_PAIRS = """
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[1,2] x) => (float[1,2] w)
            <float s = {0.5}, int8 z = {0}>
            {
                qa = QuantizeLinear (x, s, z)
                a = DequantizeLinear (qa, s, z)
                ra = Relu (a)
                qb = QuantizeLinear (ra, s, z)
                b = DequantizeLinear (qb, s, z)
                rb = Relu (b)
                qc = QuantizeLinear (rb, s, z)
                w = DequantizeLinear (qc, s, z)
            }
            """;

    private static Set<String> outputs(Model model) {
        return model.graph().nodes().stream().map(n -> n.output(0).name()).collect(Collectors.toSet());
    }

    /** Two rules propose to remove all pairs that are there; {@code kernels} says what the forecast is then. */
    private static Fix fix(Path folder, ToIntFunction<Set<String>> kernels) throws IOException {
        Model model = TextModel.read(folder, THREE_PAIRS);
        try (Weights weights = new Weights(model.file())) {
            return new Fixer(
                            m -> {
                                List<Rewrite> all = new ArrayList<>();
                                for (Node q : m.graph().nodes()) {
                                    if (q.opType().equals("QuantizeLinear")) {
                                        String rule = q.output(0).name().equals("qa") ? "QDQ001" : "QDQ002";
                                        Node dq = q.output(0).uses().get(0).node();
                                        all.add(new RemovePair(rule, q, q, dq, Exactness.CHANGES_NUMERICS));
                                    }
                                }
                                int n = kernels.applyAsInt(outputs(m));
                                return new Proposal(all, List.of(), new Judgement(0, n, 0, 0, 0, n));
                            },
                            FixOptions.UNSAFE,
                            weights)
                    .fix(model);
        }
    }

    @Test
    void theStepThatCostsAKernelIsRefusedAndTheOthersAreApplied(@TempDir Path folder) throws IOException {
        Fix fix =
                fix(folder, m -> (m.contains("qa") ? 1 : 0) + (m.contains("qb") ? 1 : 9) + (m.contains("qc") ? 1 : 0));
        assertEquals(Set.of("ra", "qb", "b", "w"), outputs(fix.after()));
        assertTrue(fix.settled());
        assertEquals(2, fix.steps().size());
        assertEquals(
                List.of("it would turn 2 extra kernels into 10"),
                fix.refusals().stream().map(Refusal::why).toList());
    }

    @Test
    void whereEachStepCostsAKernelNothingIsChanged(@TempDir Path folder) throws IOException {
        Fix fix = fix(folder, m -> 10 - m.size());
        assertFalse(fix.changed());
        assertEquals(List.of(), fix.steps());
        assertTrue(
                fix.refusals().stream().allMatch(r -> r.why().startsWith("it would turn 2 extra kernels into ")),
                () -> "" + fix.refusals());
    }

    @Test
    void aRoundThatCostsAKernelMayBeMadeUpForByTheNext(@TempDir Path folder) throws IOException {
        Model model = TextModel.read(folder, THREE_PAIRS);
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(
                            m -> {
                                Set<String> outputs = outputs(m);
                                int kernels = outputs.contains("qa") ? 2 : outputs.contains("qb") ? 3 : 0;
                                String next = kernels == 2 ? "qa" : "qb";
                                return new Proposal(
                                        m.graph().nodes().stream()
                                                .filter(n -> n.output(0).name().equals(next))
                                                .<Rewrite>map(q -> new RemovePair(
                                                        "QDQ001",
                                                        q,
                                                        q,
                                                        q.output(0)
                                                                .uses()
                                                                .get(0)
                                                                .node(),
                                                        Exactness.CHANGES_NUMERICS))
                                                .toList(),
                                        List.of(),
                                        new Judgement(0, kernels, 0, 0, 0, kernels));
                            },
                            FixOptions.UNSAFE,
                            weights)
                    .fix(model);
            assertEquals(2, fix.steps().size());
            assertEquals(List.of(), fix.refusals());
        }
    }
}
