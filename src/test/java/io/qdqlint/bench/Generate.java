package io.qdqlint.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes the models that benchmarks read: the name of a {@link Yolo} in small letters, {@code FILE};
 * {@code synthetic NODES FILE}; or the name of a {@link Family}, {@code SIZE FILE}.
 */
public final class Generate {
    private static final long SEED = 2024;

    private Generate() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 3 && !args[0].equals("synthetic")) {
            Files.writeString(Path.of(args[2]), Family.valueOf(args[0]).text(Integer.parseInt(args[1])));
            return;
        }
        boolean yolo = args.length == 2;
        if (!yolo && !(args.length == 3 && args[0].equals("synthetic"))) {
            System.err.println("usage: Generate YOLO FILE | Generate synthetic NODES FILE | Generate FAMILY SIZE FILE");
            System.exit(2);
        }
        Path file = Path.of(args[args.length - 1]);
        ModelFile model = yolo
                ? Yolo.valueOf(args[0].toUpperCase(Locale.ROOT)).build(1)
                : new Chain().build(Integer.parseInt(args[1]));
        model.write(file, SEED);
        System.out.printf("%s: %d nodes, %.1f MB%n", file, model.nodeCount(), Files.size(file) / 1e6);
    }
}
