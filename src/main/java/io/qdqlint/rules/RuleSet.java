package io.qdqlint.rules;

import io.qdqlint.finding.RuleInfo;
import io.qdqlint.resource.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.drools.model.Model;

/** A compiled rule set: qdqlint's own, or a user's. */
public final class RuleSet {
    /** Resource that names the generated model classes, one a line. */
    public static final String MODELS = "rules/models.txt";

    /** Resource with the digest of all that the rule set was compiled from. */
    public static final String DIGEST = "rules/digest.txt";

    private final ClassLoader loader;
    private final UnaryOperator<String> texts;

    private RuleSet(ClassLoader loader, UnaryOperator<String> texts) {
        this.loader = loader;
        this.texts = texts;
    }

    /** The rules compiled with qdqlint. */
    public static RuleSet builtIn() {
        return new RuleSet(RuleSet.class.getClassLoader(), Texts::of);
    }

    /** The rules compiled into a jar or folder. They see qdqlint's classes, rule sets do not see each other. */
    public static RuleSet at(Path jarOrFolder) {
        try {
            URL[] urls = {jarOrFolder.toUri().toURL()};
            URLClassLoader loader = new URLClassLoader(urls, RuleSet.class.getClassLoader());
            return new RuleSet(loader, path -> text(loader, path));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The lint rules with their pages, sorted by id within each category. */
    public List<RuleInfo> rules() {
        return RuleIndex.read(texts);
    }

    /** The packages of the rules. */
    public Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        for (String model : texts.apply(MODELS).split("\n")) {
            packages.add(model.substring(0, model.lastIndexOf('.')));
        }
        return packages;
    }

    /** Digest of all that this set was compiled from, the classes it may use included. */
    public String digest() {
        return texts.apply(DIGEST);
    }

    /** What {@link RuleOutputs} finds in these rules. */
    String outputs() {
        return texts.apply(RuleOutputs.RESOURCE);
    }

    /** The order of these rules by themselves. */
    Strata strata() {
        return Strata.read(texts.apply(Strata.RESOURCE));
    }

    /** The rules as Drools builds a network of them. */
    public List<Model> models() {
        return models(texts.apply(MODELS), loader);
    }

    /** @param names the resource {@link #MODELS} */
    public static List<Model> models(String names, ClassLoader loader) {
        List<Model> models = new ArrayList<>();
        for (String name : names.split("\n")) {
            try {
                models.add(Class.forName(name, true, loader)
                        .asSubclass(Model.class)
                        .getDeclaredConstructor()
                        .newInstance());
            } catch (ReflectiveOperationException | LinkageError e) {
                throw new RuleException("compiled rules " + name + " cannot be loaded: " + e, e);
            }
        }
        return models;
    }

    private static String text(URLClassLoader loader, String path) {
        // Not getResource, which would find those of the built-in rules first.
        URL url = loader.findResource(path);
        if (url == null) {
            throw new RuleException("compiled rules lack the resource " + path);
        }
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
