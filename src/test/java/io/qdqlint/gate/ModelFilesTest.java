package io.qdqlint.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of(
                "top.onnx",
                "readme.md",
                "a/one.onnx",
                "a/text.onnxtxt",
                "a/b/two.onnx",
                "a/b/x[1].onnx",
                ".venv/t.onnx")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    private List<String> find(List<String> exclude, String... arguments) {
        List<String> absolute =
                List.of(arguments).stream().map(a -> folder + "/" + a).toList();
        return ModelFiles.find(absolute, exclude, false).files().stream()
                .map(f -> folder.relativize(f).toString())
                .toList();
    }

    @Test
    void twoStarsStandForNoFolderToo() {
        assertEquals(List.of("a/b/two.onnx", "a/b/x[1].onnx", "a/one.onnx", "top.onnx"), find(List.of(), "**/*.onnx"));
        assertEquals(List.of("a/b/two.onnx", "a/b/x[1].onnx", "a/one.onnx"), find(List.of(), "a/**/*.onnx"));
    }

    @Test
    void oneStarStaysInItsFolder() {
        assertEquals(List.of("top.onnx"), find(List.of(), "*.onnx"));
        assertEquals(List.of("a/one.onnx"), find(List.of(), "*/*.onnx"));
    }

    @Test
    void aFolderStandsForItsModelsAndThoseBelow() {
        assertEquals(List.of("a/b/two.onnx", "a/b/x[1].onnx", "a/one.onnx", "a/text.onnxtxt"), find(List.of(), "a"));
    }

    @Test
    void aHiddenFolderIsEnteredOnlyByName() {
        assertEquals(List.of(".venv/t.onnx"), find(List.of(), ".venv"));
        assertEquals(List.of(".venv/t.onnx"), find(List.of(), ".venv/**/*.onnx"));
    }

    @Test
    void filesAndFoldersAreLeftOut() {
        assertEquals(List.of("a/one.onnx", "top.onnx"), find(List.of("b"), "**/*.onnx"));
        assertEquals(List.of("a/b/two.onnx", "a/b/x[1].onnx", "top.onnx"), find(List.of("one.onnx"), "**/*.onnx"));
    }

    @Test
    void bracketsInANameStandForThemselves() {
        assertEquals(List.of("a/b/x[1].onnx"), find(List.of(), "a/b/x[1].onnx"));
    }

    @Test
    void whatStandsForNoFileIsAProblem() {
        assertTrue(ModelFiles.find(List.of(folder + "/*.pb"), List.of(), false)
                .problems()
                .toString()
                .contains("no file matches"));
        assertTrue(ModelFiles.find(List.of(folder + "/none/**/*.onnx"), List.of(), false)
                .problems()
                .toString()
                .contains("there is no folder"));
        assertTrue(ModelFiles.find(List.of(folder + "/*.pb"), List.of(), true)
                .problems()
                .isEmpty());
    }

    @Test
    void standardInputIsNotRead() {
        assertTrue(ModelFiles.find(List.of("-"), List.of(), false)
                .problems()
                .get("-")
                .contains("standard input is not read"));
    }

    @Test
    void aLinkThatLeadsUpIsFollowedOnce() throws IOException {
        Files.createSymbolicLink(folder.resolve("a/up"), folder);
        assertTrue(find(List.of(), "a").contains("a/one.onnx"));
        assertTrue(ModelFiles.find(List.of(folder + "/a"), List.of(), false)
                .problems()
                .isEmpty());
    }
}
