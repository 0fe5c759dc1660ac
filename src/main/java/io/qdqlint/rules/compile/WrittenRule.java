package io.qdqlint.rules.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;

/**
 * A rule as it stands in a DRL file.
 *
 * @param source the file
 * @param packageName the file's package; empty if it names none
 * @param line where the rule begins, counted from 1
 * @param metadata its {@code @key("value")}, without quotes
 * @param attributes such as {@code salience}
 * @param consequence the Java between {@code then} and {@code end}, without comments, strings emptied
 */
record WrittenRule(
        RuleSource source,
        String packageName,
        String name,
        int line,
        Map<String, String> metadata,
        Set<String> attributes,
        String consequence) {
    private static final Pattern NOISE =
            Pattern.compile("(?s)\"\"\".*?\"\"\"|\"(?:[^\"\\\\]|\\\\.)*\"|//[^\n]*|/\\*.*?\\*/");
    private static final Pattern CLASS = Pattern.compile("\\b[A-Z]\\w*");
    private static final Pattern FINDING = Pattern.compile("(?<!\\.)\\bfinding\\s*\\(");
    private static final Pattern INSERTED = Pattern.compile("(?<!\\.)\\binsertLogical\\s*\\(\\s*([\\w$]+)");
    private static final Pattern CHANGE =
            Pattern.compile("(?<![.\\w])(insert|insertAsync|modify|update|delete|retract)\\s*\\(");

    /** The rules of a file; none if it has a syntax error, which the compiler reports better. */
    static List<WrittenRule> of(RuleSource source) {
        DrlParser parser = new DrlParser();
        PackageDescr file;
        try {
            file = parser.parse(false, source.text());
        } catch (DroolsParserException e) {
            return List.of();
        }
        if (file == null || parser.hasErrors()) {
            return List.of();
        }
        List<WrittenRule> rules = new ArrayList<>();
        for (RuleDescr rule : file.getRules()) {
            Map<String, String> metadata = new HashMap<>();
            for (AnnotationDescr annotation : rule.getAnnotations()) {
                metadata.put(
                        annotation.getName(),
                        AnnotationDescr.unquote(String.valueOf(annotation.getSingleValueAsString())));
            }
            rules.add(new WrittenRule(
                    source,
                    file.getName(),
                    rule.getName(),
                    rule.getLine(),
                    metadata,
                    new TreeSet<>(rule.getAttributes().keySet()),
                    code(String.valueOf(rule.getConsequence()))));
        }
        return rules;
    }

    private static String code(String java) {
        return NOISE.matcher(java).replaceAll(m -> m.group().startsWith("\"") ? "\"\"" : " ");
    }

    /** Whether it makes a finding. */
    boolean makesFinding() {
        return FINDING.matcher(consequence).find();
    }

    /** Whether it inserts something that cannot be known from its text. */
    boolean insertsUnknown() {
        Matcher inserted = INSERTED.matcher(consequence);
        while (inserted.find()) {
            String first = inserted.group(1);
            if (!first.equals("new") && !first.equals("finding") && !Character.isUpperCase(first.charAt(0))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it inserts anything. */
    boolean inserts() {
        return INSERTED.matcher(consequence).find();
    }

    /** The word by which it changes the session other than by inserting logically; null if it does not. */
    String change() {
        Matcher change = CHANGE.matcher(consequence);
        return change.find() ? change.group(1) : null;
    }

    /** Simple names of the classes that it can derive; empty for facts of any class. */
    Set<String> derives() {
        Set<String> classes = new TreeSet<>();
        if (insertsUnknown()) {
            return classes;
        }
        Matcher name = CLASS.matcher(consequence);
        while (name.find()) {
            classes.add(name.group());
        }
        if (makesFinding()) {
            classes.add("Finding");
        }
        return classes;
    }
}
