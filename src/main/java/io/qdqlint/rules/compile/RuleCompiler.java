package io.qdqlint.rules.compile;

import io.qdqlint.rules.RuleException;
import io.qdqlint.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.wiring.api.ComponentsFactory;
import org.drools.wiring.dynamic.DynamicComponentsSupplier;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;

/** Compiles DRL to classes of Drools' executable model. Takes seconds: done at build time, and once for user rules. */
final class RuleCompiler {
    private RuleCompiler() {}

    /**
     * Compiles all sources together.
     *
     * @param root the rules folder, for messages
     * @param loader sees the classes that the rules import
     * @return file contents by path, to be put on a class path: the classes and {@link RuleSet#MODELS}
     * @throws RuleException naming file and line of each error
     */
    static Map<String, byte[]> compile(Path root, List<RuleSource> sources, ClassLoader loader) {
        // In parallel, which is the default from ten rules, the names of generated classes differ from build to build.
        System.setProperty("drools.parallelRulesBuildThreshold", "-1");
        // Also where a run was content with the static ones.
        ComponentsFactory.setComponentsSupplier(new DynamicComponentsSupplier());
        KieServices services = KieServices.get();
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(services.newReleaseId("io.qdqlint", "rules", "1"));
        for (RuleSource source : sources) {
            files.write("src/main/resources/rules/" + source.file(), source.text());
        }
        KieBuilder builder = services.newKieBuilder(files, loader);
        builder.buildAll(ExecutableModelProject.class);
        List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
        if (!errors.isEmpty()) {
            throw new RuleException(String.join(System.lineSeparator(), RuleErrors.describe(root, sources, errors)));
        }
        InternalKieModule module = (InternalKieModule) builder.getKieModule();
        Map<String, byte[]> output = new TreeMap<>(Map.of(RuleSet.MODELS, new byte[0]));
        for (String file : module.getFileNames()) {
            // The project model would only be read by a KieContainer.
            if (file.endsWith(".class") && !file.startsWith("org/drools/")) {
                output.put(file, module.getBytes(file));
            } else if (file.endsWith("/drools-model")) {
                output.put(RuleSet.MODELS, modelNames(module.getBytes(file)));
            }
        }
        return output;
    }

    /** Drools' own list of models, sorted, without its leading version line. */
    private static byte[] modelNames(byte[] list) {
        return new String(list, StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .filter(name -> !name.isBlank())
                .sorted()
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
