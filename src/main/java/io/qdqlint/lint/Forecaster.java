package io.qdqlint.lint;

import io.qdqlint.concept.Build.Blocker;
import io.qdqlint.concept.Constants.KeptQ;
import io.qdqlint.concept.Entries.EntryPair;
import io.qdqlint.concept.Entries.RegionQ;
import io.qdqlint.concept.Epilogues.Fused;
import io.qdqlint.concept.Fusion.LostFusion;
import io.qdqlint.concept.Gains.Weighted;
import io.qdqlint.concept.Kernels.KeptDq;
import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.concept.Motion.DqFlow;
import io.qdqlint.concept.MovedQs;
import io.qdqlint.concept.Partition.LayerPart;
import io.qdqlint.concept.Precision.RunsIn;
import io.qdqlint.concept.Writers.Absorbed;
import io.qdqlint.fact.Costs;
import io.qdqlint.fact.Quantize;
import io.qdqlint.fact.SameScale;
import io.qdqlint.fact.Target;
import io.qdqlint.finding.Finding;
import io.qdqlint.forecast.Basis;
import io.qdqlint.forecast.Forecast;
import io.qdqlint.forecast.Forecast.Kernel;
import io.qdqlint.forecast.Forecast.Kind;
import io.qdqlint.forecast.Forecast.Layer;
import io.qdqlint.forecast.KernelKey;
import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rules.run.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects what the concepts derived into a forecast. Decides nothing. */
final class Forecaster {
    /** The derived facts that a forecast is made of. */
    static final Set<Class<?>> LOOKED_AT = Set.of(
            Blocker.class,
            Fused.class,
            LayerPart.class,
            Absorbed.class,
            RunsIn.class,
            StandAlone.class,
            MovedQs.class,
            RegionQ.class,
            EntryPair.class,
            DqFlow.class,
            KeptQ.class,
            KeptDq.class,
            Weighted.class);

    private final Result result;
    private final Basis basis;
    private final Target target;
    private final Costs costs;
    private final Set<SameScale> sameScales;
    private final Set<KernelKey> avoidable = new HashSet<>();

    Forecaster(Result result, Basis basis, Target target) {
        this.result = result;
        this.basis = basis;
        this.target = target;
        this.costs = result.all(Costs.class).get(0);
        this.sameScales = new HashSet<>(result.all(SameScale.class));
        result.all(Finding.class).forEach(f -> avoidable.addAll(f.kernels()));
    }

    Forecast forecast() {
        List<Forecast.Blocker> blockers = result.all(Blocker.class).stream()
                .map(b -> new Forecast.Blocker(b.node(), b.message()))
                .sorted((a, b) -> Node.ORDER.compare(a.node(), b.node()))
                .toList();
        return new Forecast(
                costs.device().name(),
                basis.assuming(costs.assumed().toString()),
                blockers,
                layers(),
                kernels(),
                new Partition(result).layers(),
                lostFusions(),
                List.of(),
                0);
    }

    private List<Layer> layers() {
        Map<Node, Set<Node>> fused = new HashMap<>();
        for (Fused f : result.all(Fused.class)) {
            fused.computeIfAbsent(f.into(), k -> new TreeSet<>(Node.ORDER)).add(f.node());
        }
        return result.all(RunsIn.class).stream()
                .map(r -> new Layer(
                        r.node(),
                        r.precision().equals("float") ? floatingPoint(r.node()) : r.precision(),
                        costs.sizes().macs(r.node()),
                        List.copyOf(fused.getOrDefault(r.node(), Set.of()))))
                .sorted((a, b) -> Node.ORDER.compare(a.node(), b.node()))
                .toList();
    }

    /** A weakly typed build takes FP16; a strongly typed one the type that the file gives. */
    private String floatingPoint(Node node) {
        if (!target.stronglyTyped()) {
            return "fp16";
        }
        Set<DataType> types =
                node.inputs().stream().filter(Objects::nonNull).map(Value::type).collect(Collectors.toSet());
        return types.contains(DataType.FLOAT16) ? "fp16" : types.contains(DataType.BFLOAT16) ? "bf16" : "fp32";
    }

    private List<Forecast.LostFusion> lostFusions() {
        return result.all(LostFusion.class).stream()
                .map(f -> new Forecast.LostFusion(
                        f.before(), f.after(), f.kind(), f.cost().micros()))
                .distinct()
                .sorted(Forecaster::order)
                .toList();
    }

    private List<Kernel> kernels() {
        List<MovedQs> moved = result.all(MovedQs.class);
        Map<Value, List<RegionQ>> entries = byTensor(result.all(RegionQ.class), RegionQ::tensor);
        Map<Value, List<DqFlow>> flows = byTensor(result.all(DqFlow.class), DqFlow::tensor);
        Map<Quantize, List<EntryPair>> pairs =
                result.all(EntryPair.class).stream().collect(Collectors.groupingBy(EntryPair::quantizer));
        Map<Value, List<KeptQ>> kept = byTensor(result.all(KeptQ.class), KeptQ::constant);
        Map<Value, List<KeptDq>> staying = byTensor(result.all(KeptDq.class), KeptDq::source);
        List<Kernel> kernels = new ArrayList<>();
        List<StandAlone> standAlone = result.all(StandAlone.class);
        // Kernels at one tensor otherwise stand in the order in which they were derived.
        standAlone.sort(Forecaster::order);
        for (StandAlone k : standAlone) {
            Kind kind = Kind.valueOf(k.kind().toUpperCase(Locale.ROOT));
            Set<Node> nodes = new TreeSet<>(Node.ORDER);
            if (kind == Kind.QUANTIZE
                    || kind == Kind.REQUANTIZE && !k.reader().opType().equals("QuantizeLinear")) {
                Value at = kind == Kind.QUANTIZE ? k.tensor() : k.reader().output(0);
                moved.stream()
                        .flatMap(all -> all.all(at).stream())
                        .filter(q -> same(q.group(), k.scale()) && serves(k, q.node()))
                        .forEach(q -> nodes.add(q.node()));
                kept.getOrDefault(at, List.of()).stream()
                        .filter(n -> same(n.quantizer().group(), k.scale()))
                        .forEach(n -> nodes.add(n.quantizer().node()));
                entries.getOrDefault(at, List.of()).stream()
                        .filter(e -> same(e.quantizer().group(), k.scale()))
                        .forEach(e -> {
                            nodes.add(e.quantizer().node());
                            pairs.getOrDefault(e.quantizer(), List.of()).forEach(p -> {
                                nodes.add(p.quantize());
                                nodes.add(p.dequantize());
                            });
                        });
            }
            if (kind == Kind.REQUANTIZE) {
                if (k.reader().opType().equals("QuantizeLinear")) {
                    nodes.add(k.reader());
                }
                flows.getOrDefault(k.tensor(), List.of())
                        .forEach(f -> nodes.add(f.source().node()));
            }
            if (kind == Kind.DEQUANTIZE) {
                staying.getOrDefault(k.tensor(), List.of()).stream()
                        .filter(d -> same(d.dequantize().group(), k.scale()) && Objects.equals(d.reader(), k.reader()))
                        .forEach(d -> nodes.add(d.dequantize().node()));
            }
            boolean mendable = avoidable.contains(new KernelKey(k.kind(), k.tensor(), k.scale()));
            kernels.add(new Kernel(
                    List.copyOf(nodes),
                    kind,
                    k.tensor(),
                    k.cost().bytes(),
                    k.cost().micros(),
                    mendable,
                    List.of(k.reason())));
        }
        kernels.sort(Forecaster::order);
        return List.copyOf(kernels);
    }

    private static int order(Forecast.LostFusion a, Forecast.LostFusion b) {
        int order = Node.ORDER.compare(a.after(), b.after());
        return order != 0 ? order : Node.ORDER.compare(a.before(), b.before());
    }

    private static int order(StandAlone a, StandAlone b) {
        int order = Integer.compare(a.scale(), b.scale());
        return order != 0 ? order : Integer.compare(reader(a), reader(b));
    }

    private static int reader(StandAlone k) {
        return k.reader() == null ? -1 : k.reader().index();
    }

    private static int order(Kernel a, Kernel b) {
        int order = Integer.compare(first(a), first(b));
        return order != 0 ? order : Integer.compare(a.value().id(), b.value().id());
    }

    private static int first(Kernel k) {
        return k.nodes().isEmpty() ? -1 : k.nodes().get(0).index();
    }

    private static boolean serves(StandAlone kernel, Node quantizer) {
        return kernel.kind().equals("requantize") || kernel.reader() == null || kernel.reader() == quantizer;
    }

    private boolean same(int a, int b) {
        return a == b || sameScales.contains(new SameScale(a, b));
    }

    private static <T> Map<Value, List<T>> byTensor(Collection<T> facts, java.util.function.Function<T, Value> tensor) {
        return facts.stream().collect(Collectors.groupingBy(tensor));
    }
}
