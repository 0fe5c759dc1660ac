package io.qdqlint.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"devices.tsv", "rules/models.txt", "rules/outputs.tsv", "rules/strata.tsv", "rules/digest.txt"})
    void areWhatTheFilesHold(String path) throws IOException {
        try (InputStream in = Texts.class.getClassLoader().getResourceAsStream(path)) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), Texts.of(path));
        }
    }

    @Test
    void noSuchFile() {
        assertThrows(IllegalArgumentException.class, () -> Texts.of("none.tsv"));
    }
}
