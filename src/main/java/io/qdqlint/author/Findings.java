package io.qdqlint.author;

import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.fact.Quantize;
import io.qdqlint.fact.Scale;
import io.qdqlint.finding.Cause;
import io.qdqlint.finding.Cost;
import io.qdqlint.finding.Finding;
import io.qdqlint.finding.Place;
import io.qdqlint.finding.Severity;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.rule.RuleContext;

/**
 * How a lint rule makes its finding; id, slug and severity come from the rule itself:
 *
 * <pre>{@code
 * import static io.qdqlint.author.Findings.finding;
 *
 * rule "QDQ101 concat-scale-mismatch"
 *     @severity("warning") @fix("unsafe") @since("0.1.0")
 * when
 *     ...
 * then
 *     insertLogical( finding(kcontext, $concat)
 *         .says("%s joins branches with %s scales", $concat, $count)
 *         .remedy("give the branches one scale")
 *         .at($quantize, "quantized here")
 *         .build() );
 * end
 * }</pre>
 *
 * <p>Formats are those of {@link String#format}, in the root locale. Whole numbers are best written with {@code %s}: the first
 * {@code %d} of a process looks up the locale's digits, which takes longer than all other messages.
 */
public final class Findings {
    private final String ruleId;
    private final String slug;
    private final Severity severity;
    private final Node node;
    private final Set<Place> places = new LinkedHashSet<>();
    private final Set<KernelKey> kernels = new LinkedHashSet<>();
    private String message = "";
    private String remedy = "";
    private Cost cost = Cost.NONE;
    private Cause cause = Cause.NONE;

    private Findings(String ruleId, String slug, Severity severity, Node node) {
        this.ruleId = ruleId;
        this.slug = slug;
        this.severity = severity;
        this.node = node;
    }

    /**
     * Begins the finding of the rule that is firing.
     *
     * @param context DRL's {@code kcontext}
     * @param node the node it is reported at
     */
    public static Findings finding(RuleContext context, Node node) {
        Rule rule = context.getRule();
        String[] name = rule.getName().split(" ", 3);
        if (name.length < 2) {
            throw new RuleException("rule \"" + rule.getName() + "\" should be named \"<ID> <slug>\"");
        }
        // The executable model keeps the quotes of a metadata value.
        String severity = String.valueOf(rule.getMetaData().get("severity")).replace("\"", "");
        String slug = name[1].endsWith(":") ? name[1].substring(0, name[1].length() - 1) : name[1];
        return new Findings(name[0], slug, RuleIndex.severity("rule " + name[0], severity), node);
    }

    /** Begins the finding, at the first of several nodes. */
    public static Findings finding(RuleContext context, Collection<?> nodes) {
        Node first = null;
        for (Object each : nodes) {
            Node node = (Node) each;
            first = first == null || node.index() < first.index() ? node : first;
        }
        return finding(context, first);
    }

    /** Nodes or tensors as a message names them: {@code 'a', 'b' and 'c'}. */
    public static String names(Collection<?> all) {
        List<String> names = all.stream()
                .map(each -> "'" + (each instanceof Node node ? node.name() : ((Value) each).name()) + "'")
                .toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** {@code 1 kernel}, {@code 2 kernels}. */
    public static String count(int many, String noun) {
        return many + " " + noun + (many == 1 ? "" : "s");
    }

    /** The node that accumulate collected; null where there is none. */
    public static Node only(Collection<?> nodes) {
        return nodes.isEmpty() ? null : (Node) nodes.iterator().next();
    }

    /** The different scales, ascending, as a message names them: {@code 0.021, 0.0512}. */
    public static String scales(Collection<Quantize> quantizers) {
        TreeSet<Double> values = new TreeSet<>();
        quantizers.forEach(q -> values.add(q.scale().max()));
        return String.join(", ", values.stream().map(Scale::number).toList());
    }

    /** One sentence: the node, what TensorRT will do, the cost. */
    public Findings says(String format, Object... arguments) {
        message = String.format(Locale.ROOT, format, arguments);
        return this;
    }

    /** One sentence: what to do. */
    public Findings remedy(String format, Object... arguments) {
        remedy = String.format(Locale.ROOT, format, arguments);
        return this;
    }

    /**
     * The setting of an exporter that the finding comes from. Many findings of one rule and cause become one.
     *
     * @param id as in {@code exporters.tsv}
     * @param says what the message is then, after the number of nodes
     * @param together the remedy for all of them
     */
    public Findings cause(String id, String says, String together) {
        cause = new Cause(id, says, together);
        return this;
    }

    /** Another node involved, and what it has to do with the finding. */
    public Findings at(Node other, String format, Object... arguments) {
        return at(new Place(other, null, null, String.format(Locale.ROOT, format, arguments)));
    }

    /** A tensor involved; it is placed at the node that computes it, if one does. */
    public Findings at(Value value, String format, Object... arguments) {
        return at(new Place(value.producer(), value, null, String.format(Locale.ROOT, format, arguments)));
    }

    /** Other nodes or tensors involved, and what each of them has to do with the finding. */
    public Findings at(Collection<?> all, String format, Object... arguments) {
        for (Object each : all) {
            if (each instanceof Node other) {
                at(other, format, arguments);
            } else {
                at((Value) each, format, arguments);
            }
        }
        return this;
    }

    /** Quantizers involved: each with the tensor that it quantizes, and its scale. */
    public Findings atQuantizers(Collection<Quantize> quantizers) {
        for (Quantize q : quantizers) {
            String scale = q.scale().text();
            at(new Place(q.node(), q.input(), scale, "scale " + scale));
        }
        return this;
    }

    private Findings at(Place place) {
        places.add(place);
        return this;
    }

    /** The cost of a fusion that TensorRT cannot make. */
    public Findings costs(Cost lost) {
        cost = cost.plus(lost);
        return this;
    }

    /** A forecast kernel that fixing the finding removes; their costs add up. */
    public Findings removes(StandAlone kernel) {
        if (kernels.add(new KernelKey(kernel.kind(), kernel.tensor(), kernel.scale()))) {
            cost = cost.plus(kernel.cost());
        }
        return this;
    }

    /** Several such kernels, as accumulate collects them: in no order. */
    public Findings removes(Collection<?> all) {
        all.stream().map(StandAlone.class::cast).sorted(StandAlone.ORDER).forEach(this::removes);
        return this;
    }

    private static int position(Place p) {
        return p.node() == null ? Integer.MAX_VALUE : p.node().index();
    }

    /** The finding, its places in node order. */
    public Finding build() {
        List<Place> sorted = new ArrayList<>(places);
        sorted.sort((a, b) -> Integer.compare(position(a), position(b)));
        return new Finding(
                ruleId,
                slug,
                severity,
                node,
                message,
                remedy,
                List.copyOf(sorted),
                cost,
                List.copyOf(kernels),
                cause,
                1);
    }
}
