package io.qdqlint.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a DRL file's structure as the tests of the rules look at. */
record Drl(Path file, List<Statement> rules) {
    private static final Pattern RULE =
            Pattern.compile("(?ms)^rule\\s+\"([^\"]*)\"(.*?)^when\\b(.*?)^then\\b(.*?)^end\\b");
    private static final Pattern NOISE = Pattern.compile("(?s)\"(?:[^\"\\\\]|\\\\.)*\"|//[^\n]*|/\\*.*?\\*/");

    /** One rule: its name, what stands before {@code when}, its condition and its consequence. */
    record Statement(String name, String head, String condition, String consequence) {
        /** The consequence's Java statements, strings emptied. */
        List<String> actions() {
            List<String> actions = new ArrayList<>();
            for (String action : code(consequence).split(";", -1)) {
                if (!action.isBlank()) {
                    actions.add(action.strip().replaceAll("\\s+", " "));
                }
            }
            return actions;
        }
    }

    static Drl read(Path file) {
        List<Statement> rules = new ArrayList<>();
        Matcher m = RULE.matcher(RuleFolder.read(file));
        while (m.find()) {
            rules.add(new Statement(m.group(1), m.group(2), m.group(3), m.group(4)));
        }
        return new Drl(file, rules);
    }

    /** The file without comments, strings emptied. */
    String code() {
        return code(RuleFolder.read(file));
    }

    private static String code(String text) {
        return NOISE.matcher(text).replaceAll(m -> m.group().startsWith("\"") ? "\"\"" : " ");
    }
}
