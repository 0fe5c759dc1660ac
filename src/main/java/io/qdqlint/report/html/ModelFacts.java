package io.qdqlint.report.html;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Value;
import io.qdqlint.report.Amounts;
import io.qdqlint.report.Printable;
import io.qdqlint.report.QuantizerText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** A model in one line. */
final class ModelFacts {
    private static final int PRODUCER = 80;
    private static final int INPUTS = 3;
    private static final int DIGITS = 12;
    private static final int BUFFER = 1 << 20;
    private static final int INPUT = 80;

    private ModelFacts() {}

    /** {@code pytorch 2.4, opset 17, 412 nodes, 180 of them Q or DQ; reads images float 1x3x640x640; 391 kB, SHA-256 0d5f61ab2c3e…}. */
    static String of(Model model) {
        long quantizers = model.graph().nodes().stream()
                .filter(QuantizerText::isQuantizer)
                .count();
        String producer = model.producer().isBlank() ? "" : Printable.line(model.producer(), PRODUCER) + ", ";
        return producer + "opset " + model.opset() + ", "
                + Amounts.count(model.graph().nodes().size(), "node") + ", " + quantizers + " of them Q or DQ"
                + reads(model.graph().inputs())
                + file(model.file());
    }

    /** Size and checksum of the file; empty where the model comes from no file. */
    private static String file(Path file) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            return "; " + Amounts.bytes(Files.size(file)) + ", SHA-256 " + hash.substring(0, DIGITS)
                    + Printable.ELLIPSIS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String reads(List<Value> inputs) {
        String named = inputs.stream()
                .limit(INPUTS)
                .map(v -> Printable.line(v.name() + " " + GraphJson.type(v), INPUT)
                        .strip())
                .collect(Collectors.joining(", "));
        int more = inputs.size() - INPUTS;
        return named.isEmpty() ? "" : "; reads " + named + (more > 0 ? " and " + more + " more" : "");
    }
}
