package io.qdqlint.cli;

import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.gate.RuleSelector;
import io.qdqlint.gate.Suggestion;
import io.qdqlint.report.json.RulesJson;
import io.qdqlint.rules.run.RuleRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

final class RulesCommand extends Command {
    private enum Format {
        TEXT,
        JSON
    }

    private String id;
    private Format format;
    private List<Path> rules = new ArrayList<>();

    @Override
    void declare(Syntax syntax) {
        syntax.describe("Lists the rules, or some of them, or prints the page of one.");
        syntax.footer("", "Exit status: 0 done; 2 bad usage.");
        syntax.parameter("0", "0..1")
                .label("ID")
                .says("A rule, such as QDQ101 or concat-scale-mismatch, whose page is printed; or the beginning of ids,"
                        + " such as QDQ7, or a category, such as placement, whose rules are listed.")
                .to(String.class, v -> id = v);
        syntax.option("-f", "--format")
                .label("NAME")
                .byDefault("text")
                .says("text or json. Default: ${DEFAULT-VALUE}.")
                .to(Format.class, v -> format = v);
        syntax.option("--rules")
                .label("DIR")
                .says("Folder with rules of your own.")
                .toList(Path.class, v -> rules = v);
    }

    @Override
    public Integer call() throws IOException {
        RuleCatalogue catalogue = RuleRunner.catalogue(rules);
        PrintStream out = new PrintStream(streams.out(), false, StandardCharsets.UTF_8);
        List<RuleInfo> chosen = catalogue.rules().stream()
                .filter(r -> id == null
                        || RuleSelector.matches(id, r.id(), r.slug())
                        || r.slug().equalsIgnoreCase(id))
                .toList();
        if (chosen.isEmpty()) {
            List<String> names = catalogue.rules().stream()
                    .flatMap(r -> Stream.of(r.id(), r.slug(), r.category()))
                    .toList();
            throw new UsageException(
                    "there is no rule '" + id + "'; 'qdqlint rules' lists all rules" + Suggestion.of(id, names));
        }
        if (format == Format.JSON) {
            RulesJson.write(chosen, streams.out());
        } else if (chosen.size() == 1 && id != null) {
            RuleInfo rule = chosen.get(0);
            out.print(rule.page().isEmpty() ? rule.id() + " " + rule.slug() + ": has no page\n" : rule.page());
        } else {
            list(chosen, out);
        }
        out.flush();
        return 0;
    }

    private static void list(List<RuleInfo> some, PrintStream out) {
        int width = some.stream().mapToInt(r -> r.slug().length()).max().orElse(1);
        for (RuleInfo r : some) {
            out.printf(
                    "%-7s %-" + width + "s  %-7s  fix: %-6s  %s%n",
                    r.id(),
                    r.slug(),
                    r.severity().word(),
                    r.fix(),
                    r.category());
        }
    }
}
