package io.qdqlint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.ir.InvalidModelException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QdqlintTest {
    private static final Path BAD = Path.of("rules/scale/QDQ101-concat-scale-mismatch/bad.onnxtxt");
    private static final Qdqlint QDQLINT = Qdqlint.load();

    @Test
    void theDocumentedExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
        Matcher block = Pattern.compile("(?s)```java\n(.*?)```").matcher(Files.readString(Path.of("docs/api.md")));
        assertTrue(block.find());
        Path source = Files.writeString(folder.resolve("Example.java"), block.group(1));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertEquals(0, status, said::toString);

        PrintStream out = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object)
                    new String[] {BAD.toString()});
        } finally {
            System.setOut(out);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("QDQ101 ") && text.contains("QUANTIZE of "), text);
    }

    private static String told(Path model) {
        Diagnosis diagnosis = QDQLINT.lint(model, Options.DEFAULT);
        return diagnosis.findings() + "\n" + diagnosis.forecast();
    }

    @Test
    void lintsAsTheCommandDoes() {
        Diagnosis diagnosis = QDQLINT.lint(BAD, Options.DEFAULT);
        assertEquals("QDQ101", diagnosis.findings().get(0).ruleId());
        assertTrue(diagnosis.forecast().builds());
    }

    @Test
    void optionsDecide() {
        Diagnosis slow = QDQLINT.lint(BAD, Options.DEFAULT.device("agx-orin").tensorrt("8.6"));
        Diagnosis fast = QDQLINT.lint(BAD, Options.DEFAULT);
        assertEquals("8.6", slow.tensorrt());
        assertTrue(slow.findings().get(0).cost().micros()
                > fast.findings().get(0).cost().micros());
        assertTrue(QDQLINT.lint(BAD, Options.DEFAULT.largestScaleRatio(1))
                        .findings()
                        .get(0)
                        .remedy()
                        .length()
                > 0);
    }

    @Test
    void threadsShareIt() throws Exception {
        List<Path> models;
        try (var files = Files.walk(Path.of("rules/scale"))) {
            models = files.filter(f -> f.toString().endsWith(".onnxtxt"))
                    .sorted()
                    .toList();
        }
        assertFalse(models.isEmpty());
        List<String> alone = models.stream().map(QdqlintTest::told).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> together = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                models.forEach(m -> together.add(threads.submit(() -> told(m))));
            }
            for (int i = 0; i < together.size(); i++) {
                assertEquals(alone.get(i % alone.size()), together.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThrows(InvalidModelException.class, () -> QDQLINT.lint(Path.of("no-such.onnx"), Options.DEFAULT));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Options.DEFAULT.device("H1000"))
                .getMessage()
                .contains("H100,"));
        assertThrows(IllegalArgumentException.class, () -> Options.DEFAULT.tensorrt("7"));
        assertThrows(IllegalArgumentException.class, () -> Options.DEFAULT.shapes("x"));
        assertThrows(IllegalArgumentException.class, () -> Options.DEFAULT.largestScaleRatio(0.5));
    }
}
