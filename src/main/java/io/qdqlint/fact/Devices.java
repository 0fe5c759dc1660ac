package io.qdqlint.fact;

import io.qdqlint.resource.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The GPUs that times can be estimated for: devices.tsv, and a file of the user's in the same form. */
public final class Devices {
    /** Larger numbers are in other units. */
    private static final double LARGEST = 1e9;
    /** The column with other names of the GPU. */
    private static final int ALIASES = 4;

    /** The column with INT8 operations per second. */
    private static final int TOPS = 5;

    private final Map<String, Device> byKey = new LinkedHashMap<>();
    private final Map<String, String> keyOfAlias = new HashMap<>();

    private Devices() {}

    /**
     * The built-in table and, if not null, the user's.
     *
     * @throws IllegalArgumentException naming the line that is malformed
     */
    public static Devices load(Path more) {
        Devices devices = new Devices();
        try {
            devices.read("devices.tsv", new BufferedReader(new StringReader(Texts.of("devices.tsv"))));
            if (more != null) {
                try (BufferedReader in = Files.newBufferedReader(more)) {
                    devices.read(more.toString(), in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return devices;
    }

    /** The device that has that name or goes by it; case, spaces and dashes do not matter. */
    public Optional<Device> named(String name) {
        String key = key(name);
        return Optional.ofNullable(byKey.getOrDefault(key, byKey.get(keyOfAlias.get(key))));
    }

    public List<String> names() {
        return byKey.values().stream().map(Device::name).toList();
    }

    private void read(String file, BufferedReader in) throws IOException {
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\t", -1);
            try {
                Device d = new Device(
                        fields[0].strip(),
                        Double.parseDouble(fields[1].strip()),
                        Double.parseDouble(fields[2].strip()),
                        fields.length > TOPS && !fields[TOPS].isBlank()
                                ? Double.parseDouble(fields[TOPS].strip())
                                : Double.NaN);
                if (!(d.bandwidth() > 0
                        && d.launchMicros() >= 0
                        && d.bandwidth() + d.launchMicros() < LARGEST
                        && !(d.int8Tops() <= 0))) {
                    throw new NumberFormatException("out of range");
                }
                byKey.put(key(d.name()), d);
                for (String alias : fields.length > ALIASES ? fields[ALIASES].split(",") : new String[0]) {
                    keyOfAlias.put(key(alias), key(d.name()));
                }
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        file + ":" + number + ": expected name, bandwidth in GB/s and launch cost in microseconds", e);
            }
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
