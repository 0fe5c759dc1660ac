package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.report.JsonSchemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate as a repository has it: configuration, baseline, budgets, only what changed. */
class GateTest {
    private static final Path BAD = Path.of("rules/scale/QDQ101-concat-scale-mismatch/bad.onnxtxt");
    private static final Path GOOD = Path.of("rules/scale/QDQ101-concat-scale-mismatch/good.onnxtxt");

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void repository() throws IOException {
        model = folder.resolve("models/m.onnxtxt");
        Files.createDirectories(model.getParent());
        Files.createDirectories(folder.resolve(".git"));
        Files.copy(BAD, model);
    }

    private record Said(int status, String out, String err) {}

    private static Said run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(args, out, new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Said(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Said check(String... more) {
        List<String> args =
                new ArrayList<>(List.of("check", folder.resolve("models").toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private void configure(String text) throws IOException {
        Files.writeString(folder.resolve(".qdqlint.yml"), text);
    }

    @Test
    void whatIsHiddenCounts() {
        Said said = check("--min-severity", "error");
        assertEquals(1, said.status);
        assertTrue(said.out.contains("1 warning below --min-severity not shown"), said.out);
        assertEquals(0, check("--fail-on", "error").status);
    }

    @Test
    void junitFollowsFailOn() {
        assertTrue(check("-f", "junit").out.contains("failures=\"1\""));
        assertTrue(check("-f", "junit", "--fail-on", "error").out.contains("failures=\"0\""));
    }

    @Test
    void allFormatsNameTheCommandThatFixes() {
        for (String format : List.of("text", "markdown", "github", "junit")) {
            String out = check("-f", format).out;
            assertTrue(out.contains("qdqlint fix ") && out.contains("--unsafe"), format + ": " + out);
        }
        String json = check("-f", "json").out;
        assertTrue(json.contains("\"fixArguments\" : [ \"fix\""), json);
        JsonSchemas.assertValid(JsonSchemas.CHECK, json);
    }

    @Test
    void aBaselineCountsWhatIsKnownAndPrunesWhatIsGone() throws IOException {
        Path baseline = folder.resolve("known.json");
        String[] known = {"--baseline", baseline.toString()};
        assertEquals(2, check(known).status);
        Said written = run("baseline", model.toString(), known[0], known[1]);
        assertEquals(0, written.status, written.err);
        assertTrue(Files.readString(baseline).contains("\"model\" : \"models/m.onnxtxt\""), Files.readString(baseline));
        assertEquals(2, run("baseline", model.toString(), known[0], known[1]).status);

        Said old = check(known);
        assertEquals(0, old.status);
        assertTrue(old.out.contains("no new findings (1 old finding in the baseline)"), old.out);

        Files.copy(BAD, folder.resolve("models/another.onnxtxt"));
        assertEquals(1, check(known).status);
        Files.delete(folder.resolve("models/another.onnxtxt"));

        Files.copy(GOOD, model, StandardCopyOption.REPLACE_EXISTING);
        Said gone = check(known);
        assertEquals(0, gone.status);
        assertTrue(gone.err.contains("1 finding is gone; 'qdqlint baseline --prune' takes it out"), gone.err);
        assertTrue(run("baseline", model.toString(), "--prune", known[0], known[1])
                .err
                .contains("0 findings, 0 new, 1 gone"));
    }

    @Test
    void anIgnoreHasAReasonAndAnEnd() throws IOException {
        configure("ignore: [{rule: QDQ101, model: models/**, node: '*cat', reason: known, until: 2999-01-01}]\n");
        Said said = check();
        assertEquals(0, said.status);
        assertTrue(said.out.contains("1 finding ignored by the configuration"), said.out);
        configure("ignore: [{rule: QDQ101, reason: known, until: 2020-01-01}]\n");
        Said expired = check();
        assertEquals(1, expired.status);
        assertTrue(
                expired.err.contains("ignored QDQ101 (known) until 2020-01-01; such findings count again"),
                expired.err);
        configure("ignore: [{rule: QDQ101, node: other, reason: known}]\n");
        Said unused = check();
        assertEquals(1, unused.status);
        assertTrue(unused.err.contains("ignores QDQ101 at 'other' (known), which no longer occurs"), unused.err);
        assertEquals(1, check("--no-config").status);
    }

    @Test
    void budgetsFail() throws IOException {
        configure("fail-on: error\nbudgets: {max-extra-kernels: 0, max-lost-microseconds: 1, must-build: true}\n");
        Said said = check();
        assertEquals(1, said.status);
        assertTrue(said.out.contains("max-extra-kernels is 0"), said.out);
        assertTrue(said.out.contains("max-lost-microseconds is 1"), said.out);
        assertTrue(check("-f", "github").out.contains("title=over budget"));
        configure("fail-on: error\nbudgets: {max-extra-kernels: 99, must-build: true}\n");
        assertEquals(0, check().status);
    }

    @Test
    void severitiesAndTheTargetAreConfigured() throws IOException {
        configure("device: Orin\nseverity: {QDQ1: note, QDQ101: error}\n");
        Said said = check();
        assertTrue(said.out.contains("error[QDQ101]") && said.out.contains("on AGX Orin"), said.out);
        assertTrue(check("--device", "L4").out.contains("on L4"));
        configure("severity: {QDQ1011: error}\n");
        assertTrue(check().err.contains("'QDQ1011' is no rule"));
        configure("device: Orinn\n");
        Said wrong = check();
        assertEquals(2, wrong.status);
        assertTrue(wrong.err.contains(".qdqlint.yml: device: 'Orinn' is not known"), wrong.err);
    }

    @Test
    void noModelIsBadUsageUnlessAllowed() {
        assertEquals(2, run().status);
        assertEquals(2, run("check").status);
        assertEquals(2, run("check", folder + "/*.onnx").status);
        assertEquals(0, run("check", folder + "/*.onnx", "--allow-empty").status);
        assertEquals(2, check("--exclude", "models").status);
    }

    @Test
    void quietAndStatisticsSayLess() {
        assertEquals(2, check("--quiet").out.lines().count());
        assertTrue(check("--statistics").out.startsWith("QDQ101  concat-scale-mismatch  1 warning"));
    }

    @Test
    void onlyWhatGitSaysHasChangedIsChecked() throws Exception {
        Files.delete(folder.resolve(".git"));
        git("init", "-q");
        git("add", "-A");
        git("commit", "-qm", "first");
        Said same = check("--changed-since", "HEAD");
        assertEquals(0, same.status, same.err);
        assertTrue(same.err.contains("no model has changed"), same.err);
        Files.copy(BAD, folder.resolve("models/new.onnxtxt"));
        Said one = check("--changed-since", "HEAD");
        assertEquals(1, one.status);
        assertTrue(one.out.contains("new.onnxtxt") && !one.out.contains("m.onnxtxt"), one.out);
        Files.delete(folder.resolve("models/new.onnxtxt"));
        Files.writeString(
                folder.resolve("models/new.onnx"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 12\n");
        Said pointer = check("--changed-since", "HEAD");
        assertEquals(2, pointer.status);
        assertTrue(pointer.err.contains("Git LFS pointer"), pointer.err);
        configure("device: L4\n");
        assertTrue(check("--changed-since", "HEAD").out.contains("m.onnxtxt"));
        assertTrue(check("--changed-since", "nowhere").err.contains("fetch-depth: 0"));
    }

    @Test
    void aModelIsComparedWithItsStateInGit() throws Exception {
        Files.delete(folder.resolve(".git"));
        Files.copy(GOOD, model, StandardCopyOption.REPLACE_EXISTING);
        git("init", "-q");
        git("add", "-A");
        git("commit", "-qm", "first");
        String models = folder.resolve("models").toString();
        assertTrue(run("diff", "--since", "HEAD", models).err.contains("no model has changed since HEAD"));
        Files.copy(BAD, model, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(BAD, folder.resolve("models/new.onnxtxt"));
        Said said = run("diff", "--since", "HEAD", models);
        assertEquals(1, said.status, said.err);
        assertTrue(said.out.contains("new: warning[QDQ101]"), said.out);
        assertTrue(said.err.contains("new.onnxtxt: is new"), said.err);
        assertEquals(2, run("diff", models).status);
    }

    private void git(String... args) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.toString(), "-c", "user.name=t", "-c", "user.email=t@example.org"));
        command.addAll(List.of(args));
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    @Test
    void twoStatesAreCompared() {
        Said worse = run("diff", GOOD.toString(), BAD.toString());
        assertEquals(1, worse.status, worse.err);
        assertTrue(worse.out.contains("new: warning[QDQ101] concat-scale-mismatch at 'node_of_cat'"), worse.out);
        Said better = run("diff", BAD.toString(), GOOD.toString(), "-f", "markdown");
        assertEquals(0, better.status);
        assertTrue(better.out.contains("| Gone | rule |"), better.out);
        String json = run("diff", GOOD.toString(), BAD.toString(), "-f", "json").out;
        JsonSchemas.assertValid(JsonSchemas.DIFF, json);
        assertFalse(run("diff", BAD.toString(), BAD.toString()).out.contains("new:"));
    }

    @Test
    void mistypedWordsHaveASuggestion() {
        assertTrue(check("--devise", "L4").err.contains("did you mean '--device'?"));
        assertTrue(check("--select", "concat-scale-mismach").err.contains("did you mean 'concat-scale-mismatch'?"));
        assertTrue(run("forcast", "x.onnx").err.contains("did you mean 'forecast'?"));
        assertTrue(run("check", "--device", "help").out.contains("AGX Orin"));
    }

    @Test
    void theVersionsOfTensorRtAreListedWithWhatAnAnswerRestsOn() {
        Said said = run("--tensorrt", "help");
        assertEquals(0, said.status);
        assertEquals(said.out, run("forecast", "--tensorrt=help").out);
        assertTrue(said.out.contains("8.6 ") && said.out.contains("10.6 ") && said.out.contains("11.0 "), said.out);
        assertTrue(said.out.contains("372 engines of 8.6.1"), said.out);
        said.out.lines().forEach(line -> assertTrue(line.length() <= 100, line));
    }

    @Test
    void completionNamesCommandsAndOptions() {
        String script = run("completion").out;
        assertTrue(script.contains("baseline") && script.contains("--changed-since"), script);
    }

    @Test
    void oneFileForTwoFormatsIsRefused() {
        Path file = folder.resolve("out");
        Said said = check("-f", "json=" + file, "-f", "sarif=" + file);
        assertEquals(2, said.status);
        assertTrue(said.err.contains("two formats cannot go to one file"), said.err);
    }
}
