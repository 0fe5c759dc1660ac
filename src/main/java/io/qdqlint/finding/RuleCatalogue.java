package io.qdqlint.finding;

import java.util.List;
import java.util.Optional;

/** The rules a run knows, sorted by id. */
public record RuleCatalogue(List<RuleInfo> rules) {
    public Optional<RuleInfo> rule(String id) {
        return rules.stream().filter(r -> r.id().equalsIgnoreCase(id)).findFirst();
    }
}
