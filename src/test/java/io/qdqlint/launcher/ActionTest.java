package io.qdqlint.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The GitHub action's own step, run with a qdqlint that only says how it was called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the action runs a shell script")
class ActionTest {
    private static final String QDQLINT = """
            #!/bin/sh
            printf '[%s]' "$@"; echo
            for a in "$@"; do case $a in markdown=*) echo summary > "${a#*=}" ;; sarif=*) echo {} > "${a#*=}" ;; esac; done
            [ "$1" = diff ] || exit 1
            """;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void stub() throws IOException {
        Path program = folder.resolve("qdqlint");
        Files.writeString(program, QDQLINT);
        assertTrue(program.toFile().setExecutable(true));
        environment.put("GITHUB_ACTION_PATH", folder.toString());
        environment.put("RUNNER_TEMP", folder.toString());
        environment.put("GITHUB_OUTPUT", folder.resolve("output").toString());
        environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
        for (String name : new String[] {"EXCLUDE", "FAIL_ON", "BASELINE", "CONFIG", "MORE", "BASE"}) {
            environment.put(name, "");
        }
        environment.put("MODELS", "models/**/*.onnx other");
        environment.put("CHANGED_ONLY", "false");
        environment.put("COMPARE", "true");
        environment.put("PULL_REQUEST", "false");
    }

    private static JsonNode action() throws IOException {
        return new YAMLMapper().readTree(Path.of("action.yml").toFile());
    }

    private String run() throws Exception {
        for (JsonNode step : action().at("/runs/steps")) {
            if (step.path("id").asText().equals("check")) {
                ProcessBuilder builder = new ProcessBuilder(
                                "bash", "-eo", "pipefail", "-c", step.get("run").asText())
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(0, process.waitFor(), out);
                return out;
            }
        }
        throw new IllegalStateException("action.yml has no step 'check'");
    }

    @Test
    void patternsReachQdqlintAndItsStatusIsAnOutput() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models/x.onnx"), "");
        String out = run();
        assertTrue(out.startsWith("[check][models/**/*.onnx][other][-f][github]"), out);
        assertFalse(out.contains("--"), out);
        String outputs = Files.readString(folder.resolve("output"));
        assertTrue(outputs.contains("status=1") && outputs.contains("qdqlint.sarif"), outputs);
        assertEquals("summary\n", Files.readString(folder.resolve("summary")));
    }

    @Test
    void aPullRequestIsComparedWithItsBase() throws Exception {
        environment.putAll(Map.of("PULL_REQUEST", "true", "BASE", "abc", "CHANGED_ONLY", "true", "FAIL_ON", "error"));
        String out = run();
        assertTrue(out.contains("[--fail-on][error][--changed-since][abc]"), out);
        assertTrue(Files.readString(folder.resolve("summary")).contains("[diff][--since][abc][models/**/*.onnx]"));
    }

    @Test
    void aNewBranchHasNoRevisionBefore() throws Exception {
        environment.putAll(Map.of("BASE", "0000000000", "CHANGED_ONLY", "true"));
        assertFalse(run().contains("--changed-since"));
    }

    @Test
    void theDocumentedInputsAreThere() throws Exception {
        TreeSet<String> inputs = new TreeSet<>();
        action().get("inputs").fieldNames().forEachRemaining(inputs::add);
        String page = Files.readString(Path.of("docs/ci.md"));
        for (String input : inputs) {
            assertTrue(page.contains("`" + input + "`"), "docs/ci.md does not name " + input);
        }
    }

    @Test
    void whatDocsShowAsYamlIsYaml() throws Exception {
        var blocks = Pattern.compile("(?s)```yaml\\n(.*?)```").matcher(Files.readString(Path.of("docs/ci.md")));
        int n = 0;
        while (blocks.find()) {
            new YAMLMapper().readTree(blocks.group(1));
            n++;
        }
        assertTrue(n >= 4);
        assertEquals(
                "qdqlint",
                new YAMLMapper()
                        .readTree(Path.of(".pre-commit-hooks.yaml").toFile())
                        .at("/0/id")
                        .asText());
    }
}
