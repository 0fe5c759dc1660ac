package io.qdqlint.gate;

import io.qdqlint.finding.Diagnosis;
import io.qdqlint.finding.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Names for findings that stay the same when the model is exported again: made of the rule's id and of what identifies the node
 * ({@link Identity}), and of nothing that moves, such as scales, costs, positions or numbers in names.
 */
public final class Fingerprints {
    private static final int BYTES = 8;

    private Fingerprints() {}

    /** One for each finding, in order: 16 hexadecimal digits, {@code :}, and 1, or more where a node has a rule's finding twice. */
    public static List<String> of(Diagnosis diagnosis) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> out = new ArrayList<>();
        for (Finding f : diagnosis.findings()) {
            String hash = hash(f.ruleId() + "\0" + Identity.of(f.node()));
            out.add(hash + ":" + seen.merge(hash, 1, Integer::sum));
        }
        return out;
    }

    /** 16 hexadecimal digits that stand for a text. */
    public static String hash(String s) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(s.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
