package io.qdqlint.cli;

import io.qdqlint.fact.Device;
import io.qdqlint.fact.Devices;
import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.MeasuredLayers;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import io.qdqlint.gate.Config;
import io.qdqlint.gate.Suggestion;
import io.qdqlint.lint.Linter;
import io.qdqlint.rules.run.RuleRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The options of a lint: version, device, shapes and rules. */
final class LintOptions {
    private static final String USUAL_DEVICE = "H100";
    private static final String USUAL_TENSORRT = "10";

    private String version;
    private final StrongTyping typing = new StrongTyping();
    private boolean dla;
    private String device;
    private Path devices;
    private String shapes;
    private Path measured;
    private final ConfigOption configs = new ConfigOption();
    private final Map<For, Linter> linters = new HashMap<>();
    private RuleRunner loaded;
    private RuleCatalogue catalogue;
    private List<Path> rules = new ArrayList<>();

    /** What a linter is made for. */
    private record For(Target target, Device device, InputShapes shapes, Tolerance tolerance) {}

    /** Declares the options. */
    void declare(Syntax syntax) {
        configs.declare(syntax);
        syntax.option("--tensorrt")
                .label("VERSION")
                .says(
                        "TensorRT version to forecast for: 8.6, 10.x, 11.x; 'help' lists them, and what an answer rests on."
                                + " Default: " + USUAL_TENSORRT + ".")
                .to(String.class, v -> version = v);
        typing.declare(syntax);
        syntax.option("--dla")
                .says("The model is to run on a DLA, as trtexec --useDLACore builds it.")
                .toFlag(v -> dla = v);
        syntax.option("--device")
                .label("GPU")
                .says("GPU to estimate times for; 'help' lists them. Default: " + USUAL_DEVICE + ".")
                .to(String.class, v -> device = v);
        syntax.option("--devices")
                .label("FILE")
                .says("More GPUs: lines of name, bandwidth in GB/s and launch cost in microseconds, separated by tabs.")
                .to(Path.class, v -> devices = v);
        syntax.option("--measured")
                .label("FILE")
                .says("Base the estimates on this file, which 'tune --learn' measured on that GPU.")
                .to(Path.class, v -> measured = v);
        syntax.option("--shapes")
                .label("SHAPES")
                .says("Shapes of dynamic inputs, in trtexec's syntax: images:8x3x640x640,mask:8x128."
                        + " Default: a dynamic dimension counts as 1 in sizes and times.")
                .to(String.class, v -> shapes = v);
        syntax.option("--rules")
                .label("DIR")
                .says("Folder with your own rules, structured like rules/. They are Java code: use only rules"
                        + " that you trust.")
                .toList(Path.class, v -> rules = v);
    }

    List<Path> rules() {
        return rules;
    }

    /** The configuration of the model. */
    Config config(Path model) {
        return configs.of(model);
    }

    Target target(Path model) {
        String configured = config(model).tensorrt(model);
        Target target;
        try {
            target = Target.parse(version != null ? version : configured != null ? configured : USUAL_TENSORRT);
        } catch (IllegalArgumentException e) {
            throw new UsageException(source("--tensorrt", version, model) + e.getMessage());
        }
        return typed(target, model);
    }

    /** A version of TensorRT, building as the options or the model's configuration say. */
    Target typed(Target weakly, Path model) {
        Target target = dla || config(model).dla(model) ? weakly.onDla() : weakly;
        try {
            return stronglyTyped(model) ? target.strong() : target;
        } catch (IllegalArgumentException e) {
            throw new UsageException(source("--strongly-typed", typing.chosen() ? "" : null, model) + e.getMessage());
        }
    }

    /** Whether the option or the model's configuration sets strong typing. */
    boolean stronglyTyped(Path model) {
        return typing.chosen() || config(model).stronglyTyped(model);
    }

    InputShapes shapes(Path model) {
        String text = shapes != null ? shapes : config(model).shapes(model);
        try {
            return text == null ? InputShapes.NONE : InputShapes.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(source("--shapes", shapes, model) + e.getMessage());
        }
    }

    Device device(Path model) {
        Devices known;
        try {
            known = Devices.load(devices);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--devices " + e.getMessage());
        }
        String configured = config(model).device(model);
        String name = device != null ? device : configured != null ? configured : USUAL_DEVICE;
        return asMeasured(known.named(name)
                .orElseThrow(() -> new UsageException(source("--device", device, model) + "'" + name
                        + "' is not known; there are " + String.join(", ", known.names())
                        + "; --devices FILE adds others" + Suggestion.of(name, known.names()))));
    }

    private Device asMeasured(Device given) {
        try {
            return measured == null ? given : MeasuredLayers.device(given, measured);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--measured " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("--measured: " + Failures.describe(e));
        }
    }

    /** The source of a value, for a message: the option, or the configuration's key. */
    private String source(String option, String given, Path model) {
        Path file = config(model).file();
        return given != null || file == null ? option + ": " : file + ": " + option.substring(2) + ": ";
    }

    /** The GPU that the times of these diagnoses are for; empty where they are for several. */
    static String deviceOf(List<Diagnosis> diagnoses) {
        List<String> names =
                diagnoses.stream().map(d -> d.forecast().device()).distinct().toList();
        return names.size() == 1 ? names.get(0) : "";
    }

    /** The ids of the rules that are chosen. */
    Predicate<String> chosen(RuleChoice choice) {
        return id -> choice.takes(id, catalogue().rule(id).map(RuleInfo::slug).orElse(""));
    }

    /** A linter with qdqlint's own rules, for which it does not matter what kernels cost. */
    static Linter linter(Target target) {
        return new Linter(
                RuleRunner.load(List.of()),
                target,
                Devices.load(null).named(USUAL_DEVICE).orElseThrow());
    }

    /**
     * The linter for a model.
     *
     * @throws UsageException where an option or the model's configuration is not right
     */
    Linter linter(Tolerance tolerance, Path model) {
        For what = new For(target(model), device(model), shapes(model), tolerance);
        return linters.computeIfAbsent(
                what, w -> new Linter(runner(), w.target(), w.device(), w.tolerance(), w.shapes()));
    }

    /** The rules, read once. */
    RuleCatalogue catalogue() {
        if (catalogue == null) {
            catalogue = loaded != null ? loaded.catalogue() : RuleRunner.catalogue(rules);
        }
        return catalogue;
    }

    private RuleRunner runner() {
        loaded = loaded == null ? RuleRunner.load(rules) : loaded;
        return loaded;
    }
}
