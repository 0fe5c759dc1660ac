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
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The GitHub action's own step, run with a qdqlint that only says how it was called. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "releases are for Linux")
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
        environment.put("QDQLINT", program.toString());
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
        return run("check");
    }

    private String run(String id) throws Exception {
        for (JsonNode step : action().at("/runs/steps")) {
            if (step.path("id").asText().equals(id)) {
                Process process = shell(step.get("run").asText());
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(0, process.waitFor(), out);
                return out;
            }
        }
        throw new IllegalStateException("action.yml has no step '" + id + "'");
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

    /** A folder in the shape of GitHub's releases, with one whose program only says its name. */
    private String release() throws Exception {
        String name = "qdqlint-1.2.3-" + platform();
        Path image = folder.resolve("made/" + name);
        Files.createDirectories(image.resolve("bin"));
        Files.writeString(image.resolve("bin/qdqlint"), "#!/bin/sh\necho released\n");
        assertTrue(image.resolve("bin/qdqlint").toFile().setExecutable(true));
        Path place = Files.createDirectories(folder.resolve("releases/v1.2.3"));
        Path archive = place.resolve(name + ".tar.gz");
        assertEquals(
                0,
                new ProcessBuilder(
                                "tar",
                                "-czf",
                                archive.toString(),
                                "-C",
                                image.getParent().toString(),
                                name)
                        .start()
                        .waitFor());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
        Files.writeString(
                place.resolve("SHA256SUMS-" + platform()),
                HexFormat.of().formatHex(digest) + "  " + archive.getFileName() + "\n");
        environment.put("GITHUB_ACTION_PATH", Path.of("").toAbsolutePath().toString());
        environment.put("QDQLINT_RELEASES", folder.resolve("releases").toUri().toString());
        return archive.toString();
    }

    private static String platform() {
        return System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x86_64";
    }

    private String get() throws Exception {
        Process process =
                shell("sh \"$GITHUB_ACTION_PATH/scripts/get-release.sh\" v1.2.3 '" + folder.resolve("got") + "'");
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + out.strip();
    }

    private Process shell(String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-eo", "pipefail", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    @Test
    void aReleaseIsTakenOnceAndChecked() throws Exception {
        String archive = release();
        Path program = folder.resolve("got/qdqlint-1.2.3-" + platform() + "/bin/qdqlint");
        assertEquals("0 " + program, get());
        assertTrue(Files.isExecutable(program));
        // It is there, so that nothing is downloaded.
        Files.delete(Path.of(archive));
        assertEquals("0 " + program, get());
    }

    @Test
    void aReleaseWithAnotherChecksumIsRefused() throws Exception {
        environment.put("QDQLINT_SHA256", "0".repeat(64));
        release();
        String said = get();
        assertTrue(said.startsWith("2 ") && said.contains("has the checksum"), said);
        environment.remove("QDQLINT_SHA256");
        Files.delete(Path.of(release()));
        assertTrue(get().contains("cannot download"));
        assertFalse(Files.exists(folder.resolve("got/qdqlint-1.2.3-" + platform())));
    }

    @Test
    void theActionTakesTheReleaseOfItsOwnVersion() throws Exception {
        environment.put("GITHUB_ACTION_PATH", Path.of("").toAbsolutePath().toString());
        environment.put("VERSION", "");
        run("version");
        assertTrue(Files.readString(folder.resolve("output")).matches("key=\\d+\\.\\d+\\.\\d+\n"));
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
