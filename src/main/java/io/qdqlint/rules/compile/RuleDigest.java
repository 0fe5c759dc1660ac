package io.qdqlint.rules.compile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.kie.api.KieServices;

/** SHA-256 of all that a compiled rule set depends on. */
final class RuleDigest {
    private static final List<String> FACT_PACKAGES =
            List.of("author", "concept", "fact", "finding", "forecast", "ir", "rewrite", "rules", "rules/compile");

    private final MessageDigest digest;

    /** Begins with the version of Drools, whose generated code belongs to it. */
    RuleDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        add(String.valueOf(KieServices.class.getPackage().getImplementationVersion()));
    }

    RuleDigest add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    RuleDigest add(List<RuleSource> sources) {
        for (RuleSource source : sources) {
            add(source.file()).add(source.text()).add(source.page());
        }
        return this;
    }

    /** Adds the compiled classes that rules may use, where {@code classes} holds them. */
    RuleDigest addFactClasses(Path classes) throws IOException {
        for (String name : FACT_PACKAGES) {
            Path folder = classes.resolve("io/qdqlint").resolve(name);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        add(file.getFileName().toString());
                        digest.update(Files.readAllBytes(file));
                    }
                }
            }
        }
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
