package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.Judgement;
import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.rewrite.Candidate;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.verify.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No candidate edit makes a fixed model better, a second fix does nothing, and a check of it reports nothing that a fix refuses
 * as harmful. Each candidate is applied alone, with what the rules propose after it; of a pair that is removed nothing else, as it
 * would come back with another scale. What is better is compared here in words of its own: with a {@link Judgement#betterThan}
 * that is always false both tests fail. {@code -Dfuzz.tries=500} tries more random models, {@code -Dfuzz.seed=N} others.
 */
class DescentPropertyTest {
    private static final int TRIES = Integer.getInteger("fuzz.tries", 40);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int SMALLEST = 4;
    private static final int SIZES = 13;

    private int candidates;

    private final Function<Model, Proposal> lint = Linters.remembering(Linters.H100);

    @Test
    void noEditHelpsAFixedModelOfTheRepository() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : files()) {
            Model model;
            try {
                model = OnnxReader.read(file);
            } catch (InvalidModelException e) {
                continue;
            }
            wrong.addAll(wrong(file.toString(), model));
        }
        assertEquals(List.of(), wrong);
        assertTrue(candidates > 0, "no candidate was tried");
    }

    @Test
    void noEditHelpsAFixedRandomModel(@TempDir Path folder) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (long seed = SEED; seed < SEED + TRIES; seed++) {
            String text = RandomModel.text(seed, SMALLEST + (int) Math.floorMod(seed, (long) SIZES));
            Path file = Files.writeString(folder.resolve(seed + ".onnxtxt"), text);
            wrong.addAll(wrong("-Dfuzz.tries=1 -Dfuzz.seed=" + seed, OnnxReader.read(file)));
        }
        assertEquals(List.of(), wrong);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> rules = Files.walk(Path.of("rules"));
                Stream<Path> cases = Files.walk(Path.of("src/test/resources/cases"))) {
            return Stream.concat(rules.filter(f -> f.endsWith("bad.onnxtxt")), cases)
                    .filter(f -> f.toString().matches(".*\\.onnx(txt)?"))
                    .sorted()
                    .toList();
        }
    }

    /** What a fix leaves to be done. */
    private List<String> wrong(String name, Model model) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Weights weights = new Weights(model.file())) {
            Fix fix = fix(model, weights);
            Model fixed = fix.after();
            Fix again = fix(fixed, weights);
            if (again.changed()) {
                wrong.add(name + ": a second fix: " + again.steps());
            }
            wrong.addAll(reportedInVain(name, fixed, again));
            Proposal left = lint.apply(fixed);
            if (fix.tried() == Forecast.NOT_ALL || !left.judgement().builds()) {
                return wrong;
            }
            for (Candidate candidate : left.candidates()) {
                candidates++;
                Judgement after = judgementWith(candidate, fixed, left, weights);
                if (isBetter(after, left.judgement())) {
                    wrong.add("\n" + name + ": " + candidate.edit() + ": " + left.judgement() + " becomes " + after);
                }
            }
        }
        return wrong;
    }

    /** Findings that a check of the fixed model reports, and whose edit a fix refuses as it makes the forecast worse. */
    private static List<String> reportedInVain(String name, Model fixed, Fix again) {
        List<Finding> reported = Advisor.lint(Linters.H100, fixed).findings();
        return again.refusals().stream()
                .filter(r -> r.why().startsWith("it would "))
                .filter(r -> reported.stream()
                        .anyMatch(f -> f.ruleId().equals(r.rewrite().rule())
                                && f.node().name().equals(r.rewrite().at().name())))
                .map(r -> "\n" + name + ": reported in vain: " + r)
                .toList();
    }

    private Fix fix(Model model, Weights weights) {
        return new Fixer(lint, FixOptions.UNSAFE, weights).fix(model);
    }

    /** Of the best model on the way of the candidate and of what the rules propose after it; of a pair that is removed, alone. */
    private Judgement judgementWith(Candidate candidate, Model fixed, Proposal left, Weights weights) {
        boolean alone = candidate.edit() instanceof RemovePair;
        Fixer fixer = new Fixer(
                m -> m == fixed
                        ? only(List.of(candidate.edit()), left)
                        : only(alone ? List.of() : lint.apply(m).rewrites(), lint.apply(m)),
                FixOptions.UNSAFE,
                weights);
        return lint.apply(fixer.fix(fixed).after()).judgement();
    }

    /** Without candidates. */
    private static Proposal only(List<Rewrite> rewrites, Proposal of) {
        return new Proposal(rewrites, of.clippings(), of.judgement(), List.of(), of.kernels());
    }

    private static boolean isBetter(Judgement after, Judgement before) {
        int kernels = after.kernels() - before.kernels();
        int layers = kernels + after.pointwise() - before.pointwise();
        int fusions = kernels + after.lostFusions() - before.lostFusions();
        double micros = after.micros() - before.micros();
        boolean nothingWorse = after.builds()
                && kernels <= 0
                && layers <= 0
                && fusions <= 0
                && after.floatLayers() <= before.floatLayers()
                && !(micros > 1e-6);
        return nothingWorse && (layers < 0 || micros < -1);
    }
}
