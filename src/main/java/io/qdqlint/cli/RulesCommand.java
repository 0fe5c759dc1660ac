package io.qdqlint.cli;

import io.qdqlint.engine.RuleEngine;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class RulesCommand implements Command {
    private String id;
    private List<Path> rules = new ArrayList<>();
    private Streams streams;

    @Override
    public void declare(Syntax syntax) {
        syntax.describe("Lists the rules, or prints the page of one.");
        syntax.footer("", "Exit status: 0 done; 2 bad usage.");
        syntax.parameter("0", "0..1")
                .label("ID")
                .says("Rule whose page is wanted, such as QDQ101 or concat-scale-mismatch.")
                .to(String.class, v -> id = v);
        syntax.option("--rules")
                .label("DIR")
                .says("Folder with rules of your own.")
                .toList(Path.class, v -> rules = v);
    }

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
            RuleInfo rule = catalogue.rules().stream()
                    .filter(r -> r.id().equalsIgnoreCase(id) || r.slug().equalsIgnoreCase(id))
                    .findFirst()
                    .orElseThrow(() ->
                            new UsageException("there is no rule '" + id + "'; 'qdqlint rules' lists those there are"));
            out.print(rule.page().isEmpty() ? rule.id() + " " + rule.slug() + ": has no page\n" : rule.page());
        }
        out.flush();
        return 0;
    }
}
