package io.qdqlint.fact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The times that {@code tune --learn} measured on a GPU, for estimates: the time of a kernel that only converts, by its bytes. */
public final class MeasuredLayers {
    private static final int COLUMNS = 7;
    private static final int KIND = 2;
    private static final int BYTES = 5;
    private static final int MICROS = 6;

    /** Fewer kernels say too little. */
    private static final int FEWEST = 3;

    private record Kernel(double bytes, double micros) {}

    private MeasuredLayers() {}

    /**
     * The device as the table's quantize kernels show it: the launch is what the fastest takes, the bandwidth fits the sum of them
     * all, and stays between a fifth and one and a half of the given one.
     *
     * @throws IllegalArgumentException naming the line that is malformed, or where the table has too few such kernels
     */
    public static Device device(Device given, Path table) throws IOException {
        List<Kernel> kernels = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(table)) {
            number++;
            String[] columns = line.split("\t", -1);
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (columns.length != COLUMNS) {
                throw new IllegalArgumentException(table + ", line " + number + ": " + columns.length
                        + " columns instead of " + COLUMNS + "; 'tune --learn' writes such a file");
            }
            try {
                if (columns[KIND].equals("quantize")) {
                    kernels.add(new Kernel(Double.parseDouble(columns[BYTES]), Double.parseDouble(columns[MICROS])));
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        table + ", line " + number + ": bytes and microseconds must be numbers", e);
            }
        }
        if (kernels.size() < FEWEST) {
            throw new IllegalArgumentException(
                    table + " has " + kernels.size() + " quantize kernels; an estimate needs " + FEWEST);
        }
        double launch = kernels.stream().mapToDouble(Kernel::micros).min().orElseThrow();
        double above = kernels.stream().mapToDouble(k -> k.micros() - launch).sum();
        double gigabytes = kernels.stream().mapToDouble(Kernel::bytes).sum() / 1e3;
        double bandwidth = above <= 0 ? given.bandwidth() : gigabytes / above / Costs.EFFICIENCY;
        return new Device(
                given.name(),
                Math.min(1.5 * given.bandwidth(), Math.max(0.2 * given.bandwidth(), bandwidth)),
                launch,
                given.int8Tops());
    }
}
