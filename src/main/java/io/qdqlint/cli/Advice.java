package io.qdqlint.cli;

import io.qdqlint.engine.Linter;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.fix.Advisor;
import io.qdqlint.ir.Model;

/** What is said of a model: the findings of the rules, and those that the forecast of an edited model gives. */
final class Advice {
    private Advice() {}

    static Diagnosis on(Model model, Linter linter) {
        Linter.Look look = linter.look(model);
        return new Advisor(linter::propose, linter.tolerance()).advise(look.diagnosis(), look.candidates());
    }
}
