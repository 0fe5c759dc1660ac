package io.qdqlint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks JSON against the schemas of this repository. */
public final class JsonSchemas {
    public static final Schema CHECK = schema("docs/json-schema/check.schema.json", SpecificationVersion.DRAFT_2020_12);
    static final Schema FORECAST = schema("docs/json-schema/forecast.schema.json", SpecificationVersion.DRAFT_2020_12);
    public static final Schema CONFIG =
            schema("docs/json-schema/config.schema.json", SpecificationVersion.DRAFT_2020_12);
    public static final Schema DIFF = schema("docs/json-schema/diff.schema.json", SpecificationVersion.DRAFT_2020_12);
    public static final Schema FIX = schema("docs/json-schema/fix.schema.json", SpecificationVersion.DRAFT_2020_12);
    public static final Schema TUNE = schema("docs/json-schema/tune.schema.json", SpecificationVersion.DRAFT_2020_12);
    static final Schema SARIF =
            schema("src/test/resources/schema/sarif-schema-2.1.0.json", SpecificationVersion.DRAFT_4);

    private JsonSchemas() {}

    public static void assertValid(Schema schema, String json) {
        assertEquals(List.of(), schema.validate(json, InputFormat.JSON));
    }

    private static Schema schema(String file, SpecificationVersion version) {
        try {
            return SchemaRegistry.withDefaultDialect(version).getSchema(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
