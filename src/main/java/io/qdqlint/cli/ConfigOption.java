package io.qdqlint.cli;

import io.qdqlint.gate.Config;
import io.qdqlint.gate.ConfigReader;
import io.qdqlint.gate.Configs;
import java.nio.file.Path;

/** Which configuration a model has. */
final class ConfigOption {
    private Path file;
    private boolean none;
    private Configs configs;

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.option("--config")
                .label("FILE")
                .says("Configuration for all models. Default: the nearest " + Configs.NAME
                        + " beside each model or above it, within its repository.")
                .to(Path.class, v -> file = v);
        syntax.option("--no-config").says("Read no configuration.").toFlag(v -> none = v);
    }

    /** The configuration of the model. */
    Config of(Path model) {
        if (file != null && none) {
            throw new UsageException("--config and --no-config exclude each other");
        }
        if (configs == null) {
            configs = none
                    ? new Configs(Config.NONE)
                    : file == null ? new Configs() : new Configs(ConfigReader.read(file));
        }
        return configs.of(model);
    }
}
