package io.qdqlint.gate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads a configuration; {@code docs/json-schema/config.schema.json} describes it. */
public final class ConfigReader {
    private ConfigReader() {}

    /**
     * Reads it.
     *
     * @throws ConfigException where it cannot be read, or says something that is not understood
     */
    public static Config read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        }
        if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return new Config(file, Settings.NONE);
        }
        try {
            return new Config(file, mapper().readValue(text, Settings.class));
        } catch (UnrecognizedPropertyException e) {
            List<String> known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            String suggestion = Suggestion.of(e.getPropertyName(), known);
            throw new ConfigException(place(file, text, e) + "'" + e.getPropertyName() + "' is not a known key"
                    + (suggestion.isEmpty() ? "; there are " + String.join(", ", known) : suggestion));
        } catch (ValueInstantiationException e) {
            throw new ConfigException(place(file, text, e) + e.getCause().getMessage());
        } catch (InvalidFormatException e) {
            throw new ConfigException(place(file, text, e) + "'" + e.getValue() + "' is not a value for " + path(e)
                    + values(e.getTargetType()));
        } catch (MismatchedInputException e) {
            throw new ConfigException(place(file, text, e) + path(e) + " takes " + kind(e.getTargetType()));
        } catch (JsonProcessingException e) {
            throw new ConfigException(place(file, text, e)
                    + e.getOriginalMessage().lines().findFirst().orElse("no YAML"));
        }
    }

    private static YAMLMapper mapper() {
        return YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** The file, and the line where that is sure: of what is no YAML, and of a key that the file has once. */
    private static String place(Path file, String text, JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            JsonLocation at = e.getLocation();
            return file + (at == null ? "" : ":" + at.getLineNr()) + ": ";
        }
        List<String> names = mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .toList();
        List<String> lines = text.lines().toList();
        int found = -1;
        for (int i = 0; i < lines.size() && !names.isEmpty(); i++) {
            if (lines.get(i).contains(names.get(names.size() - 1) + ":")) {
                if (found >= 0) {
                    return file + ": ";
                }
                found = i;
            }
        }
        return file + (found < 0 ? "" : ":" + (found + 1)) + ": ";
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the file" : "'" + path + "'";
    }

    private static String kind(Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list, each entry on a line that begins with '- '";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "keys with values" : "a single value";
    }

    private static String values(Class<?> type) {
        return type != null && type.isEnum() ? "; use error, warning or note" : "";
    }
}
