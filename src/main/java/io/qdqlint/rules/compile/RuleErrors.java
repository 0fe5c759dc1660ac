package io.qdqlint.rules.compile;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kie.api.builder.Message;

/**
 * Turns the compiler's messages into {@code file:line: text}.
 *
 * <p>The executable model reports syntax errors at their line, but a faulty pattern without a line and a faulty
 * consequence at a line of generated Java; both are found again by their text.
 */
final class RuleErrors {
    private static final Pattern GENERATED = Pattern.compile("Java source of (\\S+) in error:\n(.*)", Pattern.DOTALL);
    private static final Pattern PARSE_POSITION = Pattern.compile("\\(line (\\d+),col \\d+\\)");
    /** What the generator makes of DRL's {@code kcontext}, and of nothing before {@code insertLogical}. */
    private static final Pattern CONTEXT = Pattern.compile("\\(\\([\\w.]+\\) drools\\)(\\.asKnowledgeHelper\\(\\))?");

    /** What a message quotes of the rule, most specific first. */
    private static final List<Pattern> QUOTED = List.of(
            Pattern.compile("expression: (.+)$"),
            Pattern.compile("class: (.+)$"),
            Pattern.compile("field ['\"]?([\\w$.]+)"),
            Pattern.compile("(\\$\\w+)"),
            Pattern.compile("'([^']+)'"),
            Pattern.compile("method (\\w+)"),
            Pattern.compile("^(\\w+) cannot be resolved"));

    private final Path root;
    private final List<RuleSource> sources;
    private final Map<String, String> generated = new HashMap<>();

    private RuleErrors(Path root, List<RuleSource> sources) {
        this.root = root;
        this.sources = sources;
    }

    /** One line for each error, in the order of the messages. */
    static Set<String> describe(Path root, List<RuleSource> sources, List<Message> messages) {
        RuleErrors errors = new RuleErrors(root, sources);
        for (Message message : messages) {
            Matcher source = GENERATED.matcher(message.getText());
            if (source.matches()) {
                errors.generated.put(source.group(1), source.group(2));
            }
        }
        Set<String> lines = new LinkedHashSet<>();
        for (Message message : messages) {
            String text = firstLine(message.getText());
            // Both only accompany the message that names the cause.
            if (!text.startsWith("Java source of ") && !text.equals("Parser returned a null Package")) {
                lines.add(errors.describe(message, text));
            }
        }
        return lines;
    }

    private String describe(Message message, String text) {
        String path = message.getPath() == null ? "" : message.getPath();
        for (RuleSource source : sources) {
            if (path.endsWith("rules/" + source.file())) {
                int line = message.getLine() > 0 ? lineInRule(source, message) : lineOfQuote(source, text);
                return place(source, line) + ": " + text;
            }
        }
        String java = generated.get(path);
        if (java != null) {
            String statement = java.lines()
                    .skip(Math.max(0, message.getLine() - 1))
                    .findFirst()
                    .orElse("");
            for (RuleSource source : sources) {
                int line = lineOfStatement(source.text(), statement, text);
                if (line > 0) {
                    return place(source, line) + ": " + text;
                }
            }
        }
        return root + ": " + text;
    }

    private String place(RuleSource source, int line) {
        return root.resolve(source.file()) + (line > 0 ? ":" + line : "");
    }

    /** A consequence that does not parse is reported at its rule, with a line counted from the consequence's start. */
    private static int lineInRule(RuleSource source, Message message) {
        Matcher inner = PARSE_POSITION.matcher(message.getText());
        if (!inner.find()) {
            return message.getLine();
        }
        List<String> lines = source.text().lines().toList();
        for (int i = message.getLine() - 1; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("then")) {
                return i + Integer.parseInt(inner.group(1));
            }
        }
        return message.getLine();
    }

    private static int lineOfQuote(RuleSource source, String text) {
        for (Pattern pattern : QUOTED) {
            Matcher quoted = pattern.matcher(text);
            while (quoted.find()) {
                int line = lineOf(source.text(), quoted.group(1), 0);
                if (line > 0) {
                    return line;
                }
            }
        }
        return 0;
    }

    /** Line of {@code statement} of generated Java in the DRL; the generator reflows it. */
    private static int lineOfStatement(String drl, String statement, String text) {
        String normal = CONTEXT.matcher(statement)
                .replaceAll("kcontext")
                .replace("kcontext.insert", "insert")
                .replaceAll("\\s", "");
        if (normal.length() < 3) {
            return 0;
        }
        String pattern = normal.chars()
                .mapToObj(c -> Pattern.quote(String.valueOf((char) c)))
                .reduce((a, b) -> a + "\\s*+" + b)
                .orElseThrow();
        Matcher found = Pattern.compile(pattern).matcher(drl);
        if (!found.find()) {
            return 0;
        }
        String matched = drl.substring(0, found.end());
        for (Pattern quote : QUOTED) {
            Matcher quoted = quote.matcher(text);
            if (quoted.find()) {
                int line = lineOf(matched, quoted.group(1), found.start());
                if (line > 0) {
                    return line;
                }
            }
        }
        return lineAt(drl, found.start());
    }

    /** Line, from 1, of the first place at or after {@code from} where {@code words} stands as a whole; 0 if nowhere. */
    private static int lineOf(String drl, String words, int from) {
        Matcher m = Pattern.compile("(?<![\\w$])" + Pattern.quote(words) + "(?!\\w)")
                .matcher(drl);
        return m.find(from) ? lineAt(drl, m.start()) : 0;
    }

    private static int lineAt(String drl, int offset) {
        return 1 + (int) drl.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
