package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import io.qdqlint.bench.Family;
import io.qdqlint.ir.Model;
import io.qdqlint.lint.Linter;
import io.qdqlint.lint.Linters;
import io.qdqlint.onnx.OnnxTextReader;
import io.qdqlint.rewrite.Proposal;
import io.qdqlint.rewrite.Rewrite;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A model of four times the size takes about four times the work. Work is what the thread allocates, which repeats from run
 * to run and grows with each partial match of a rule, and its CPU time, the best of some tries, with a margin for a busy machine.
 */
class ScalingTest {
    private static final int SMALL = 120;
    private static final double MOST_MEMORY = 5;
    private static final double MOST_TIME = 12;
    private static final int TRIES = 5;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Linter LINTER = Linters.H100;

    private record Work(double bytes, double seconds) {
        static Work of(Runnable task) {
            long thread = Thread.currentThread().getId();
            long bytes = THREAD.getThreadAllocatedBytes(thread);
            long nanos = THREAD.getCurrentThreadCpuTime();
            task.run();
            return new Work(
                    THREAD.getThreadAllocatedBytes(thread) - bytes, (THREAD.getCurrentThreadCpuTime() - nanos) / 1e9);
        }
    }

    @TestFactory
    Stream<DynamicTest> aLintGrowsWithTheModel() {
        return Arrays.stream(Family.values())
                .map(f -> dynamicTest(f.name(), () -> assertGrowth(f, SMALL, m -> LINTER.lint(m))));
    }

    @TestFactory
    Stream<DynamicTest> aFixGrowsWithTheModel() {
        return Stream.of(Family.ADDS, Family.PAIRS, Family.RESIDUAL)
                .map(f -> dynamicTest(f.name(), () -> assertGrowth(f, SMALL / 2, ScalingTest::fix)));
    }

    @Test
    void pairsInARowGoInOneRound() throws IOException {
        Fix fix = fix(model(Family.PAIRS, 300));
        assertTrue(fix.settled());
        assertEquals(1, fix.rounds());
        // What is left has one scale, the largest.
        assertEquals(
                1,
                fix.after().graph().nodes().stream()
                        .filter(n -> n.opType().equals("QuantizeLinear"))
                        .map(n -> n.input(1))
                        .distinct()
                        .count());
    }

    private interface Task {
        Object of(Model model);
    }

    private static void assertGrowth(Family family, int size, Task task) throws IOException {
        // A dense block of twice the layers has four times the edges.
        boolean square = family == Family.DENSE;
        Model small = model(family, square ? size / 4 : size);
        Model large = model(family, square ? size / 2 : 4 * size);
        task.of(small);
        Work one = Work.of(() -> task.of(small));
        Work four = Work.of(() -> task.of(large));
        double memory = four.bytes / one.bytes;
        assertTrue(memory < MOST_MEMORY, "four times the model takes " + memory + " times the memory");
        // A pause of the machine or of the compiler is gone in the next try; work that grows too fast is not.
        double seconds = four.seconds;
        for (int i = 1; i < TRIES && seconds > MOST_TIME * one.seconds; i++) {
            seconds = Math.min(seconds, Work.of(() -> task.of(large)).seconds);
        }
        assertTrue(
                seconds <= MOST_TIME * one.seconds,
                "four times the model takes " + one.seconds + " and then " + seconds + " s");
    }

    private static Model model(Family family, int size) throws IOException {
        return OnnxTextReader.parse(family.text(size), Path.of("m.onnxtxt"));
    }

    private static Fix fix(Model model) {
        try (Weights weights = new Weights(Path.of("m.onnxtxt").toAbsolutePath())) {
            return new Fixer(m -> Proposal.unjudged(LINTER.derive(m).all(Rewrite.class)), FixOptions.UNSAFE, weights)
                    .fix(model);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
