package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.ir.InvalidModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void whatWasWrittenForAPersonIsTold() {
        assertEquals("the file is empty", Failures.describe(new InvalidModelException("the file is empty")));
        assertEquals("no space", Failures.describe(new UncheckedIOException(new IOException("no space"))));
        assertEquals("--runs must be 1 or more", Failures.describe(new UsageException("--runs must be 1 or more")));
    }

    @Test
    void whatJavaObjectsToIsADefect() {
        for (RuntimeException e : List.of(
                new IllegalArgumentException("2 > 1"),
                new NumberFormatException("For input string: \"x\""),
                new IndexOutOfBoundsException("Index 0 out of bounds for length 0"),
                new ArithmeticException("integer overflow"))) {
            assertTrue(
                    Failures.describe(e).startsWith("this is a defect of qdqlint " + Version.NUMBER + " (" + e),
                    Failures.describe(e));
        }
    }
}
