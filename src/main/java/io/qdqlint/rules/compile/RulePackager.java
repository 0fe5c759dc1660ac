package io.qdqlint.rules.compile;

import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleIndex;
import io.qdqlint.rules.RuleOutputs;
import io.qdqlint.rules.RuleSet;
import io.qdqlint.rules.Rules;
import io.qdqlint.rules.Strata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiles a rules folder into a class folder; the build runs it. Does nothing when neither the rules nor the classes
 * they may use have changed since the last time.
 */
public final class RulePackager {
    private RulePackager() {}

    /**
     * Prints a rule's error and exits with status 1 when the rules do not compile.
     *
     * @param args the rules folder and the class folder
     */
    public static void main(String[] args) throws IOException {
        try {
            Files.createDirectories(Path.of(args[1]));
            compile(Path.of(args[0]), Path.of(args[1]));
        } catch (RuleException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Writes classes and resources below {@code output}, in place of those of the last time.
     *
     * @throws RuleException if a rule is malformed or does not compile
     */
    public static void compile(Path rules, Path output) throws IOException {
        List<RuleSource> sources = RuleSource.scan(rules);
        String digest = new RuleDigest().add(sources).addFactClasses(output).hex();
        Path record = output.resolveSibling(output.getFileName() + ".rules");
        List<String> last = Files.exists(record) ? Files.readAllLines(record) : List.of();
        if (!last.isEmpty() && last.get(0).equals(digest) && allExist(output, last)) {
            return;
        }
        for (String file : last.subList(Math.min(1, last.size()), last.size())) {
            Files.deleteIfExists(output.resolve(file));
        }
        Map<String, byte[]> files = build(rules, sources, digest);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = output.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        List<String> lines = new ArrayList<>(List.of(digest));
        lines.addAll(files.keySet());
        Files.write(record, lines, StandardCharsets.UTF_8);
    }

    /** The compiled rule set as files by path: classes, list of models, outputs, strata, index, pages and digest. */
    static Map<String, byte[]> build(Path rules, List<RuleSource> sources, String digest) {
        Map<String, byte[]> files =
                new TreeMap<>(RuleCompiler.compile(rules, sources, RulePackager.class.getClassLoader()));
        RuleChecks.check(rules, sources);
        files.putAll(RuleIndex.write(LintRules.of(rules, sources)));
        RuleOutputs outputs = outputs(sources);
        files.put(RuleOutputs.RESOURCE, outputs.write());
        files.put(Strata.RESOURCE, strata(files, outputs).write());
        files.put(RuleSet.DIGEST, digest.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static RuleOutputs outputs(List<RuleSource> sources) {
        RuleOutputs outputs = new RuleOutputs();
        for (RuleSource source : sources) {
            for (WrittenRule rule : WrittenRule.of(source)) {
                outputs.add(rule.name(), rule.derives());
            }
        }
        return outputs;
    }

    private static Strata strata(Map<String, byte[]> files, RuleOutputs outputs) {
        String names = new String(files.get(RuleSet.MODELS), StandardCharsets.UTF_8);
        return Rules.strata(RuleSet.models(names, new CompiledClasses(files)), outputs);
    }

    private static boolean allExist(Path output, List<String> last) {
        return last.stream().skip(1).allMatch(file -> Files.exists(output.resolve(file)));
    }
}
