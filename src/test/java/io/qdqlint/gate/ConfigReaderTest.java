package io.qdqlint.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.qdqlint.finding.Severity;
import io.qdqlint.report.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    @TempDir
    Path folder;

    private Config read(String text) throws IOException {
        Path file = folder.resolve(Configs.NAME);
        Files.writeString(file, text);
        return ConfigReader.read(file);
    }

    /** The configuration that docs/usage.md shows. */
    private static String documented() throws IOException {
        var block = Pattern.compile("(?s)```yaml\\n(# \\.qdqlint\\.yml\\n.*?)```")
                .matcher(Files.readString(Path.of("docs/usage.md")));
        assertTrue(block.find(), "docs/usage.md shows no .qdqlint.yml");
        return block.group(1);
    }

    @Test
    void theDocumentedOneIsRead() throws IOException {
        Config config = read(documented());
        Path model = folder.resolve("detector/yolo.onnx");
        assertEquals("images:8x3x640x640", config.shapes(model));
        assertEquals(null, config.shapes(folder.resolve("other.onnx")));
        assertEquals("AGX Orin", config.device(model));
        assertEquals(Severity.ERROR, config.settings().severity().get("QDQ101"));
        assertEquals(6, config.budgets(model).maxExtraKernels());
        assertEquals(2, config.budgets(folder.resolve("other.onnx")).maxExtraKernels());
        assertTrue(config.budgets(model).mustBuild());
        assertTrue(config.excludes(folder.resolve("third_party/x/y.onnx")));
        assertEquals(folder.resolve("qdqlint-baseline.json"), config.baseline());
    }

    @Test
    void theSchemaTakesTheDocumentedOneAndHasEachKey() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("docs/json-schema/config.schema.json").toFile());
        JsonNode value = new YAMLMapper().readTree(documented());
        JsonSchemas.assertValid(JsonSchemas.CONFIG, value.toString());
        TreeSet<String> keys = new TreeSet<>();
        schema.get("properties").fieldNames().forEachRemaining(keys::add);
        TreeSet<String> read = new TreeSet<>();
        for (var component : Settings.class.getRecordComponents()) {
            read.add(component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        }
        assertEquals(read, keys);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        devise: H100                        | :1: 'devise' is not a known key; did you mean 'device'?
        budgets: {max-extra-kernel: 2}      | 'max-extra-kernel' is not a known key; did you mean 'max-extra-kernels'?
        ignore: [{rule: QDQ101}]            | ignoring QDQ101 needs 'reason', a sentence
        ignore: [{rule: Q, reason: r, until: soon}] | until must be a day such as 2027-03-31, not 'soon'
        severity: {QDQ101: fatal}           | 'fatal' is not a value for 'severity.QDQ101'; use error, warning or note
        fail-on: errors                     | fail-on must be error, warning, note or never, not 'errors'
        select: QDQ101                      | 'select' takes a list
        budgets: 3                          | 'budgets' takes keys with values
        budgets: {max-extra-kernels: -1}    | a budget must be 0 or more
        models: [{shapes: 'x:1'}]          | an entry of models needs 'match'
        """)
    void whatIsNotUnderstoodIsNamed(String text, String message) {
        ConfigException e = assertThrows(ConfigException.class, () -> read(text + "\n"));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void aKeyTwiceIsRefused() {
        assertThrows(ConfigException.class, () -> read("device: A\ndevice: B\n"));
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        assertEquals(Settings.NONE, read("# nothing yet\n").settings());
    }

    @Test
    void aVersionIsTakenAsWritten() throws IOException {
        assertEquals("10.10", read("tensorrt: 10.10\n").tensorrt(folder.resolve("m.onnx")));
    }

    @Test
    void theNearestAboveCountsWithinTheRepository() throws IOException {
        Files.writeString(folder.resolve(Configs.NAME), "device: L4\n");
        Path inner = Files.createDirectories(folder.resolve("repository/models"));
        assertEquals("L4", new Configs().of(inner.resolve("m.onnx")).settings().device());
        Files.createDirectories(folder.resolve("repository/.git"));
        assertEquals(Config.NONE, new Configs().of(inner.resolve("m.onnx")));
        Files.writeString(inner.resolve(Configs.NAME), "device: T4\n");
        assertEquals("T4", new Configs().of(inner.resolve("m.onnx")).settings().device());
    }
}
