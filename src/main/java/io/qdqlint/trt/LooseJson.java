package io.qdqlint.trt;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the JSON that trtexec writes. It prints names as they are, so a name with a quote, a backslash or a newline makes
 * the file invalid; what follows a name is fixed text, though, and shows where it ends.
 */
final class LooseJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** A string member whose end is marked by the member or bracket that the exporters write after it. */
    private static final Pattern MEMBER = Pattern.compile(
            "(\"(?:name|Name|Metadata|TacticName)\" ?: ?\")(.*?)"
                    + "(\"\\s*(?:,\\s*\"(?:timeMs|LayerType|Location|TacticValue|StreamId|Metadata|Inputs|IOMode|DataType"
                    + "|Dimensions|Format|Datatype)[^\"\\n]{0,20}\"\\s*:|\\}\\s*[,\\]]))",
            Pattern.DOTALL);

    /** An element of a list of names, which the inspector prints one a line. */
    private static final Pattern ELEMENT =
            Pattern.compile("(?m)^((?:\\{?\"Layers\": ?\\[|\"Bindings\": ?\\[|,)\")(.*)(\")$");

    /** What a C++ stream prints for a number that is none. */
    private static final Pattern NO_NUMBER = Pattern.compile("(\"\\w+\" ?: ?)-?(?:nan|inf)\\b");

    private static final Pattern UNESCAPED = Pattern.compile("\\\\u[0-9a-fA-F]{4}|[\\\\\"\\p{Cntrl}]");

    private static final int DEEPEST =
            MAPPER.getFactory().streamReadConstraints().getMaxNestingDepth();

    private LooseJson() {}

    static JsonNode read(Path file) throws IOException {
        // Not readString: a stray byte in a name must not stop the reading.
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file);
    }

    static JsonNode parse(String text, Path file) throws IOException {
        String start = text.stripLeading();
        if (!start.isEmpty() && !start.startsWith("{") && !start.startsWith("[")) {
            throw new UnreadableEngineException(
                    file + " is not JSON as trtexec writes it: it begins with neither { nor [");
        }
        try {
            return nonNull(MAPPER.readTree(text), file);
        } catch (StreamConstraintsException tooMuch) {
            throw tooMuch(tooMuch, file);
        } catch (JsonProcessingException strict) {
            try {
                return nonNull(MAPPER.readTree(repair(text)), file);
            } catch (JsonEOFException e) {
                throw new UnreadableEngineException(
                        file + " ends in the middle: it was cut off, or is still being written");
            } catch (StreamConstraintsException tooMuch) {
                throw tooMuch(tooMuch, file);
            } catch (JsonProcessingException e) {
                JsonLocation place = strict.getLocation();
                throw new UnreadableEngineException(file + " is not JSON as trtexec writes it"
                        + (place == null ? "" : ", from line " + place.getLineNr() + " on"));
            }
        }
    }

    /** What no exporter writes and what could fill the memory: a number or name without end, lists in lists in lists. */
    private static UnreadableEngineException tooMuch(StreamConstraintsException e, Path file) {
        return new UnreadableEngineException(file + " is not JSON as trtexec writes it: "
                + (e.getOriginalMessage().contains("nesting depth")
                        ? "it is nested more than " + DEEPEST + " deep"
                        : e.getOriginalMessage()));
    }

    private static JsonNode nonNull(JsonNode node, Path file) throws UnreadableEngineException {
        if (node == null || node.isMissingNode()) {
            throw new UnreadableEngineException(file + " is empty");
        }
        return node;
    }

    private static String repair(String text) {
        return escape(ELEMENT, escape(MEMBER, NO_NUMBER.matcher(text).replaceAll("$1NaN")));
    }

    private static String escape(Pattern strings, String text) {
        return strings.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + escaped(m.group(2)) + m.group(3)));
    }

    /** Metadata is escaped in the same files in which names are not, so control characters stay as they are. */
    private static String escaped(String raw) {
        return UNESCAPED
                .matcher(raw)
                .replaceAll(m -> Matcher.quoteReplacement(
                        switch (m.group().charAt(0)) {
                            case '"' -> "\\\"";
                            case '\\' -> m.group().length() > 1 ? m.group() : "\\\\";
                            default -> String.format("\\u%04x", (int) m.group().charAt(0));
                        }));
    }
}
