package io.qdqlint.gate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Finds the configuration of each model: the nearest {@code .qdqlint.yml} beside it or above, within its repository. */
public final class Configs {
    /** The name of a configuration. */
    public static final String NAME = ".qdqlint.yml";

    private final Map<Path, Config> byFolder = new HashMap<>();
    private final Config only;

    /** Looks beside and above each model. */
    public Configs() {
        only = null;
    }

    /** Takes this configuration for all models. */
    public Configs(Config only) {
        this.only = only;
    }

    /**
     * The configuration of the model; {@link Config#NONE} where there is none.
     *
     * @throws ConfigException where it is not right
     */
    public Config of(Path model) {
        Path folder = model.toAbsolutePath().normalize().getParent();
        return only != null ? only : folder == null ? Config.NONE : ofFolder(folder);
    }

    private Config ofFolder(Path folder) {
        Config known = byFolder.get(folder);
        if (known != null) {
            return known;
        }
        Path file = folder.resolve(NAME);
        Config found;
        if (Files.exists(file)) {
            found = ConfigReader.read(file);
        } else if (folder.getParent() == null || Files.exists(folder.resolve(".git"))) {
            found = Config.NONE;
        } else {
            found = ofFolder(folder.getParent());
        }
        byFolder.put(folder, found);
        return found;
    }
}
