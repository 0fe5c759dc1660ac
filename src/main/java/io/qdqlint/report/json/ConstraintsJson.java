package io.qdqlint.report.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.qdqlint.constraints.Constraints;
import java.io.UncheckedIOException;

/** What {@code qdqlint constraints} finds, as JSON with the names of {@link Constraints}' components. */
public final class ConstraintsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private ConstraintsJson() {}

    /** An object with {@code shared}, {@code disabled} and {@code added}. */
    public static String of(Constraints constraints) {
        try {
            return MAPPER.writeValueAsString(constraints);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("records can always be written", e);
        }
    }
}
