package io.qdqlint.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A configuration and where it lies.
 *
 * @param file null where there is none
 */
public record Config(Path file, Settings settings) {
    public static final Config NONE = new Config(null, Settings.NONE);

    /** TensorRT's version for the model; null where it says nothing. */
    public String tensorrt(Path model) {
        return last(model, Settings.ForModels::tensorrt, settings.tensorrt());
    }

    /** Whether the model's engine is strongly typed. */
    public boolean stronglyTyped(Path model) {
        return Boolean.TRUE.equals(last(model, Settings.ForModels::stronglyTyped, settings.stronglyTyped()));
    }

    /** Whether the model runs on a DLA. */
    public boolean dla(Path model) {
        return Boolean.TRUE.equals(last(model, Settings.ForModels::dla, settings.dla()));
    }

    /** The GPU for the model; null where it says nothing. */
    public String device(Path model) {
        return last(model, Settings.ForModels::device, settings.device());
    }

    /** The shapes of the model's inputs; null where it says nothing. */
    public String shapes(Path model) {
        return last(model, Settings.ForModels::shapes, null);
    }

    /** The limits for the model. */
    public Budgets budgets(Path model) {
        Budgets out = settings.budgets();
        for (Settings.ForModels some : about(model)) {
            out = some.budgets().or(out);
        }
        return out;
    }

    /** Whether the model is not to be checked. */
    public boolean excludes(Path model) {
        Path relative = relative(model);
        return settings.exclude().stream()
                .anyMatch(pattern -> FilePattern.ofTree(pattern).matchesTree(relative));
    }

    /** The file of known findings; null where there is none. */
    public Path baseline() {
        return settings.baseline() == null ? null : folder().resolve(settings.baseline());
    }

    /** The model's path as the configuration's patterns see it. */
    Path relative(Path model) {
        Path absolute = model.toAbsolutePath().normalize();
        Path folder = folder().toAbsolutePath().normalize();
        return absolute.startsWith(folder) ? folder.relativize(absolute) : absolute;
    }

    private Path folder() {
        return file == null || file.getParent() == null ? Path.of("") : file.getParent();
    }

    private List<Settings.ForModels> about(Path model) {
        List<Settings.ForModels> out = new ArrayList<>();
        if (!settings.models().isEmpty()) {
            Path relative = relative(model);
            settings.models().stream()
                    .filter(m -> FilePattern.ofTree(m.match()).matchesTree(relative))
                    .forEach(out::add);
        }
        return out;
    }

    private <T> T last(Path model, Function<Settings.ForModels, T> which, T otherwise) {
        T out = otherwise;
        for (Settings.ForModels some : about(model)) {
            out = which.apply(some) == null ? out : which.apply(some);
        }
        return out;
    }
}
