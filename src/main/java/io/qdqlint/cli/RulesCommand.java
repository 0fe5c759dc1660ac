package io.qdqlint.cli;

import io.qdqlint.engine.RuleEngine;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rules",
        description = "Lists the rules, or prints the page of one.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RulesCommand implements Callable<Integer>, Streams.User {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "Rule whose page is wanted, such as QDQ101.")
    private String id;

    @Option(names = "--rules", paramLabel = "DIR", description = "Folder with rules of your own.")
    private List<Path> rules = new ArrayList<>();

    private Streams streams;

    @Override
    public void use(Streams given) {
        streams = given;
    }

    @Override
    public Integer call() {
        RuleCatalogue catalogue = RuleEngine.catalogue(rules);
        PrintStream out = new PrintStream(streams.out(), false, StandardCharsets.UTF_8);
        if (id == null) {
            int width = catalogue.rules().stream()
                    .mapToInt(r -> r.slug().length())
                    .max()
                    .orElse(0);
            for (RuleInfo r : catalogue.rules()) {
                out.printf(
                        "%-7s %-" + Math.max(1, width) + "s  %-7s  fix: %-6s  %s%n",
                        r.id(),
                        r.slug(),
                        r.severity().word(),
                        r.fix(),
                        r.category());
            }
        } else {
            RuleInfo rule = catalogue
                    .rule(id)
                    .orElseThrow(() ->
                            new UsageException("there is no rule '" + id + "'; 'qdqlint rules' lists those there are"));
            out.print(rule.page().isEmpty() ? rule.id() + " " + rule.slug() + ": has no page\n" : rule.page());
        }
        out.flush();
        return 0;
    }
}
