package io.qdqlint.fix;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The change that one rewrite makes to the model. It becomes part of the plan if it does not conflict with earlier ones. */
final class Change {
    final List<Edit> edits = new ArrayList<>();
    final Set<Node> taken = new LinkedHashSet<>();
    final Set<String> touched = new LinkedHashSet<>();
    final Map<ClipChanges.Key, String> clips = new LinkedHashMap<>();
    final Map<PairInsertion.Key, PairInsertion.Pair> pairs = new LinkedHashMap<>();
    private final Set<String> clauses = new LinkedHashSet<>();
    final Set<Node> needed = new LinkedHashSet<>();
    Exactness exactness = Exactness.EXACT;
    double bound;
    String says = "";

    /** The change removes these nodes or changes their outputs: no other rewrite of the round may use them. */
    Change takes(Node... nodes) {
        taken.addAll(List.of(nodes));
        return this;
    }

    /** All that reads {@code old} reads {@code tensor}, but for the nodes in {@code except}. */
    Change redirect(Value old, String tensor, Node... except) {
        List<Node> stay = List.of(except);
        for (Value.Use use : old.uses()) {
            if (!stay.contains(use.node())) {
                edits.add(new Edit.SetInput(use.node(), use.slot(), tensor));
            }
        }
        return this;
    }

    Change edit(Edit edit) {
        edits.add(edit);
        return this;
    }

    /** The tensor gets a new reader, so its producer must not change. */
    Change needs(Value value) {
        if (value.producer() != null) {
            needed.add(value.producer());
        }
        return this;
    }

    /** The quantizer of this DQ's output is new or has another scale. */
    Change touches(String dequantized) {
        touched.add(dequantized);
        return this;
    }

    /** One more clause for what {@link #says} says, whichever is called first. */
    Change alsoSays(String clause) {
        clauses.add(clause);
        return this;
    }

    /** As {@link #says}, for one part of a change of several, which is as exact as its least exact part: the bound is the largest of all. */
    Change alsoSays(Exactness kind, double howFar, String text) {
        return says.isEmpty()
                ? says(kind, howFar, text)
                : says(kind.compareTo(exactness) > 0 ? kind : exactness, Math.max(bound, howFar), says)
                        .alsoSays(text);
    }

    /** One sentence with all clauses. */
    String text() {
        return clauses.isEmpty() ? says : says + "; " + String.join("; ", clauses);
    }

    Change says(Exactness kind, double howFar, String text) {
        exactness = kind;
        bound = howFar;
        says = text;
        return this;
    }

    /** A number as a sentence has it, with four digits. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
