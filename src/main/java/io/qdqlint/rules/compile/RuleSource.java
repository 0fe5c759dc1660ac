package io.qdqlint.rules.compile;

import io.qdqlint.rules.RuleException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A DRL file of a rules folder.
 *
 * <p>A concept is {@code <topic>/<name>.drl}; a lint rule is {@code <category>/<ID>-<slug>/<ID>.drl} with its page
 * {@code <ID>.md} beside it.
 *
 * @param file relative to the rules folder, with forward slashes
 * @param text the DRL
 * @param folder what the folder name says, or null for a concept
 * @param page the rule's page in Markdown; empty for a concept and for a rule without one
 */
record RuleSource(String file, String text, LintFolder folder, String page) {
    private static final Pattern CONCEPT = Pattern.compile("[^/]+/[^/]+\\.drl");
    private static final Pattern FOLDER = Pattern.compile("[^/]+/([A-Z]+[0-9]+)-[a-z0-9-]+");
    private static final Pattern LINT = Pattern.compile("([^/]+)/([A-Z]+[0-9]+)-([a-z0-9-]+)/\\2\\.drl");

    /** Category, id and slug of a lint rule, as its folder spells them. */
    record LintFolder(String category, String id, String slug) {}

    /**
     * All DRL files below {@code rules}, sorted by path so that what is made of them does not depend on the file system.
     *
     * @throws RuleException if a DRL file stands where neither a concept nor a lint rule belongs, or a lint rule's folder has
     *     none
     */
    static List<RuleSource> scan(Path rules) throws IOException {
        if (!Files.isDirectory(rules)) {
            throw new RuleException(rules + ": not a folder of rules");
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(rules)) {
            all = walk.sorted().toList();
        }
        List<String> files = new ArrayList<>();
        for (Path path : all) {
            String file = rules.relativize(path).toString().replace('\\', '/');
            if (Files.isRegularFile(path) && file.endsWith(".drl")) {
                files.add(file);
            }
            Matcher folder = FOLDER.matcher(file);
            if (Files.isDirectory(path) && folder.matches() && !Files.exists(path.resolve(folder.group(1) + ".drl"))) {
                throw new RuleException(path + ": holds no " + folder.group(1) + ".drl");
            }
        }
        Collections.sort(files);
        List<RuleSource> sources = new ArrayList<>();
        for (String file : files) {
            sources.add(read(rules, file));
        }
        return sources;
    }

    private static RuleSource read(Path rules, String file) throws IOException {
        Path drl = rules.resolve(file);
        String text;
        try {
            text = Files.readString(drl);
        } catch (MalformedInputException e) {
            throw new RuleException(drl + ": is not UTF-8", e);
        }
        if (CONCEPT.matcher(file).matches()) {
            return new RuleSource(file, text, null, "");
        }
        Matcher lint = LINT.matcher(file);
        if (!lint.matches()) {
            throw new RuleException(drl + ": a concept belongs in <topic>/<name>.drl,"
                    + " a lint rule in <category>/<ID>-<slug>/<ID>.drl");
        }
        Path page = drl.resolveSibling(lint.group(2) + ".md");
        return new RuleSource(
                file,
                text,
                new LintFolder(lint.group(1), lint.group(2), lint.group(3)),
                Files.exists(page) ? Files.readString(page) : "");
    }

    boolean isLint() {
        return folder != null;
    }
}
