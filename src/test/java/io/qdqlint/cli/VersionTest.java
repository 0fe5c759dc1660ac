package io.qdqlint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One version, wherever it stands. */
class VersionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pom.xml           | <artifactId>qdqlint</artifactId>\\s*<version>(.*?)</version>",
                "pyproject.toml    | (?m)^version = \"(.*?)\"",
                "pyproject.toml    | \"qdqlint==(.*?)\"",
                "Containerfile     | ARG VERSION=(.*)",
                "docs/api.md       | <version>(.*?)</version>",
                "docs/ci.md        | qdqlint/qdqlint@v(.*)",
                "docs/ci.md        | pip install qdqlint==([0-9.]+)",
                "docs/ci.md        | rev: v(.*)",
                "docs/ci.md        | get-release.sh (\\S+)",
                "docs/ci.md        | ghcr.io/qdqlint/qdqlint:(\\S+)",
                "README.md         | qdqlint/qdqlint@v(.*)",
                "CHANGELOG.md      | (?m)^## ([0-9.]+)"
            })
    void isTheSameIn(String file, String where) throws IOException {
        var found = Pattern.compile(where).matcher(Files.readString(Path.of(file)));
        assertTrue(found.find(), file + " has no " + where);
        assertEquals(Version.NUMBER, found.group(1));
        while (!file.equals("CHANGELOG.md") && found.find()) {
            assertEquals(Version.NUMBER, found.group(1));
        }
    }
}
