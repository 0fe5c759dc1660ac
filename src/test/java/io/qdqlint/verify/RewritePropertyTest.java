package io.qdqlint.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.fix.Calibration;
import io.qdqlint.fix.Fix;
import io.qdqlint.fix.FixOptions;
import io.qdqlint.fix.Fixer;
import io.qdqlint.fix.Saturation;
import io.qdqlint.fix.Step;
import io.qdqlint.fix.Weights;
import io.qdqlint.forecast.Judgement;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.onnx.OnnxWriter;
import io.qdqlint.onnx.TextModel;
import io.qdqlint.rewrite.Clipping;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.Rewrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each rewrite by itself, whether or not a rule would propose it, at random places in ONNX Runtime: the outputs stay as near as
 * its statement says, and what is exact stays the same to the bit. {@code -Dfuzz.tries=2000} and {@code -Dfuzz.seed=N} try more
 * and others.
 */
class RewritePropertyTest {
    private static final int TRIES = Integer.getInteger("fuzz.tries", 40);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    /** Sums of FP32 numbers near 1. */
    private static final double ROUNDING = 1e-5;

    /** At least one in so many is applied: a test of refusals alone shows nothing. */
    private static final int APPLIED = 5;

    @TempDir
    Path folder;

    @Test
    void noRewriteIsLeftOut() {
        for (Class<?> kind : Rewrite.class.getPermittedSubclasses()) {
            String name = kind.getSimpleName();
            String test = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
            assertTrue(
                    Arrays.stream(RewritePropertyTest.class.getDeclaredMethods())
                            .anyMatch(m -> m.getName().equals(test)),
                    name);
        }
    }

    @Test
    void removePair() throws Exception {
        tryOut(RewriteTrials::removePair);
    }

    @Test
    void bypass() throws Exception {
        tryOut(RewriteTrials::bypass);
    }

    @Test
    void foldClip() throws Exception {
        tryOut(RewriteTrials::foldClip);
    }

    @Test
    void movePair() throws Exception {
        tryOut(RewriteTrials::movePair);
    }

    @Test
    void quantizeInput() throws Exception {
        tryOut(RewriteTrials::quantizeInput);
    }

    @Test
    void together() throws Exception {
        tryOut(RewriteTrials::together);
    }

    @Test
    void quantizeOutput() throws Exception {
        tryOut(RewriteTrials::quantizeOutput);
    }

    @Test
    void quantizeWeight() throws Exception {
        tryOut(RewriteTrials::quantizeWeight);
    }

    @Test
    void gemmAsConv() throws Exception {
        tryOut(RewriteTrials::gemmAsConv);
    }

    @Test
    void leaveInFloat() throws Exception {
        tryOut(RewriteTrials::leaveInFloat);
    }

    @Test
    void foldConstant() throws Exception {
        tryOut(RewriteTrials::foldConstant);
    }

    @Test
    void dequantizeFirst() throws Exception {
        tryOut(RewriteTrials::dequantizeFirst);
    }

    @Test
    void makeSymmetric() throws Exception {
        tryOut(RewriteTrials::makeSymmetric);
    }

    @Test
    void setAxis() throws Exception {
        tryOut(RewriteTrials::setAxis);
    }

    @Test
    void setWindow() throws Exception {
        tryOut(RewriteTrials::setWindow);
    }

    @Test
    void matchZeroPoint() throws Exception {
        tryOut(RewriteTrials::matchZeroPoint);
    }

    @Test
    void repairScale() throws Exception {
        tryOut(RewriteTrials::repairScale);
    }

    @Test
    void unifyScales() throws Exception {
        tryOut(RewriteTrials::unifyScales);
    }

    private void tryOut(Function<RandomSubject, RewriteTrials.Trial> maker) throws IOException {
        int applied = 0;
        for (long seed = SEED; seed < SEED + TRIES; seed++) {
            RewriteTrials.Trial trial = maker.apply(new RandomSubject(seed));
            try {
                applied += check(seed, trial);
            } catch (AssertionError | RuntimeException | OrtException e) {
                throw new AssertionError(
                        "with -Dfuzz.seed=" + seed + " -Dfuzz.tries=1: " + e.getMessage() + "\n" + trial.given(), e);
            }
        }
        assertTrue(TRIES < APPLIED || applied >= TRIES / APPLIED, "applied " + applied + " times");
    }

    /** The number of steps that were applied. */
    private int check(long seed, RewriteTrials.Trial trial) throws IOException, OrtException {
        Model model = TextModel.encoded(folder, "given", trial.given());
        boolean implied = seed % 2 == 0;
        List<Clipping> clippings = clippings(model, implied);
        Map<String, Saturation> observed = new HashMap<>();
        if (!implied) {
            clippings.forEach(c -> observed.put(c.quantize().output(0).name(), new Saturation(1, 1)));
        }
        Proposal proposal = new Proposal(trial.rewrites().apply(model), clippings, Judgement.NONE);
        FixOptions options = new FixOptions(
                true, Tolerance.DEFAULT, new Calibration(trial.ranges()), FixOptions.DEFAULT_ROUNDS, observed);
        try (Weights weights = new Weights(model.file())) {
            Fix fix = new Fixer(m -> m == model ? proposal : Proposal.unjudged(List.of()), options, weights).fix(model);
            assertTrue(fix.settled(), "settled");
            assertTrue(!fix.changed() || scalesArePositive(fix.after()), "scales");
            Path fixed = folder.resolve("fixed.onnx");
            OnnxWriter.write(fix.before(), fix.after(), fixed);
            compare(
                    seed,
                    fix,
                    run(TextModel.encoded(folder, "wanted", trial.wanted()).file(), seed),
                    run(fixed, seed),
                    trial.gain());
            return fix.steps().size();
        }
    }

    private static void compare(long seed, Fix fix, Map<String, Feed> wanted, Map<String, Feed> given, double gain) {
        String says = fix.steps().stream().map(Step::says).collect(Collectors.joining("\n"));
        double bound = fix.steps().stream().mapToDouble(Step::bound).sum();
        // A step without a bound has a network to be compared with that computes the same.
        boolean exact = Double.isNaN(bound) || fix.steps().stream().allMatch(s -> s.exactness() == Exactness.EXACT);
        assertEquals(wanted.keySet(), given.keySet(), says);
        wanted.forEach((name, feed) -> {
            if (exact || !feed.type().isFloat()) {
                assertEquals(feed.type(), given.get(name).type(), says);
                assertArrayEquals(
                        feed.bytes(), given.get(name).bytes(), () -> "'" + name + "' of " + seed + ": " + says);
            } else {
                assertArrayEquals(
                        feed.doubles(),
                        given.get(name).doubles(),
                        gain * bound + ROUNDING,
                        () -> "'" + name + "': " + says);
            }
        });
    }

    private static boolean scalesArePositive(Model model) {
        return model.graph().nodes().stream()
                .filter(n -> n.opType().equals("QuantizeLinear") || n.opType().equals("DequantizeLinear"))
                .flatMapToDouble(
                        n -> Arrays.stream(n.input(1).constant().doubles().orElseThrow()))
                .allMatch(scale -> scale > 0);
    }

    /**
     * All tensors hold -1 to 1, so that what a quantizer clips of that is known.
     *
     * @param implied whether it stands for an activation function; else it was observed to clip
     */
    private static List<Clipping> clippings(Model model, boolean implied) {
        List<Clipping> clippings = new ArrayList<>();
        for (Node node : model.graph().nodes()) {
            if (node.opType().equals("QuantizeLinear")
                    && node.input(1).constant().elements() == 1) {
                double step = node.input(1).constant().doubles().orElseThrow()[0];
                boolean unsigned = node.input(2).constant().type() == DataType.UINT8;
                double zero = node.input(2).constant().doubles().orElseThrow()[0];
                double low = ((unsigned ? 0 : -128) - zero) * step;
                double high = low + 255 * step;
                clippings.add(new Clipping(node, low, high, low > -1, high < 1, implied, implied));
            }
        }
        return clippings;
    }

    private static Map<String, Feed> run(Path file, long seed) throws OrtException, IOException {
        Random random = new Random(seed);
        int elements = RandomSubject.CHANNELS * RandomSubject.SIDE * RandomSubject.SIDE;
        ByteBuffer bytes = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < elements; i++) {
            bytes.putFloat(2 * random.nextFloat() - 1);
        }
        long[] shape = {1, RandomSubject.CHANNELS, RandomSubject.SIDE, RandomSubject.SIDE};
        Set<String> outputs = OnnxReader.read(file).graph().outputs().stream()
                .map(v -> v.name())
                .collect(Collectors.toSet());
        try (OrtModel runtime = new OrtModel(file)) {
            return runtime.run(Map.of("x", new Feed(DataType.FLOAT, shape, bytes.array())), outputs);
        }
    }
}
