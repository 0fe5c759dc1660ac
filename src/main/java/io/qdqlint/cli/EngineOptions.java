package io.qdqlint.cli;

import io.qdqlint.engine.Linter;
import io.qdqlint.engine.RuleEngine;
import io.qdqlint.fact.Device;
import io.qdqlint.fact.Devices;
import io.qdqlint.fact.InputShapes;
import io.qdqlint.fact.Target;
import io.qdqlint.fact.Tolerance;
import io.qdqlint.finding.RuleCatalogue;
import io.qdqlint.finding.RuleInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What the model is meant for, and with which rules it is looked at. */
final class EngineOptions {
    private static final String USUAL_DEVICE = "H100";

    private String version;
    private String device;
    private Path devices;
    private String shapes = "";
    private List<Path> rules = new ArrayList<>();

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.option("--tensorrt")
                .label("VERSION")
                .byDefault("10")
                .says("TensorRT version to speak for: 8.6, 10.x, 11.x. Default: ${DEFAULT-VALUE}.")
                .to(String.class, v -> version = v);
        syntax.option("--device")
                .label("GPU")
                .byDefault(USUAL_DEVICE)
                .says("GPU that times are estimated for; 'help' lists them. Default: ${DEFAULT-VALUE}.")
                .to(String.class, v -> device = v);
        syntax.option("--devices")
                .label("FILE")
                .says("More GPUs: lines of name, bandwidth in GB/s and launch cost in microseconds, separated by tabs.")
                .to(Path.class, v -> devices = v);
        syntax.option("--shapes")
                .label("SHAPES")
                .says(
                        "Shapes of inputs that the model leaves open, as trtexec takes them: images:8x3x640x640,mask:8x128."
                                + " Where none are given, an open dimension counts as 1 in sizes and times.")
                .to(String.class, v -> shapes = v);
        syntax.option("--rules")
                .label("DIR")
                .says("Folder with rules of your own, in the shape of rules/. They are Java code: use only rules"
                        + " you trust.")
                .toList(Path.class, v -> rules = v);
    }

    List<Path> rules() {
        return rules;
    }

    Target target() {
        try {
            return Target.parse(version);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tensorrt: " + e.getMessage());
        }
    }

    InputShapes shapes() {
        try {
            return shapes == null ? InputShapes.NONE : InputShapes.parse(shapes);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--shapes: " + e.getMessage());
        }
    }

    Device device() {
        Devices known;
        try {
            known = Devices.load(devices);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--devices " + e.getMessage());
        }
        return known.named(device)
                .orElseThrow(() -> new UsageException("--device: '" + device + "' is not known; there are "
                        + String.join(", ", known.names()) + "; --devices FILE adds others"));
    }

    /** The ids of the rules that are chosen. */
    Predicate<String> chosen(RuleChoice choice) {
        RuleCatalogue catalogue = RuleEngine.catalogue(rules);
        return id -> choice.takes(id, catalogue.rule(id).map(RuleInfo::slug).orElse(""));
    }

    /** A linter with qdqlint's own rules, for which it does not matter what kernels cost. */
    static Linter linter(Target target) {
        return new Linter(
                RuleEngine.load(List.of()),
                target,
                Devices.load(null).named(USUAL_DEVICE).orElseThrow());
    }

    Linter linter(Tolerance tolerance) {
        Target target = target();
        Device gpu = device();
        return new Linter(RuleEngine.load(rules), target, gpu, tolerance, shapes());
    }
}
