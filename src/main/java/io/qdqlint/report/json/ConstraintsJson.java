package io.qdqlint.report.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.qdqlint.constraints.Constraints;
import java.io.UncheckedIOException;

/** What {@code qdqlint constraints} finds, as JSON with the names of {@link Constraints}' components. */
public final class ConstraintsJson {
    private ConstraintsJson() {}

    /** An object with {@code shared}, {@code disabled} and {@code added}. */
    public static String of(Constraints constraints) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(constraints);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("records can always be written", e);
        }
    }
}
