package io.qdqlint.cli;

import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.report.Run.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The models of a call: files, and patterns that the shell did not expand. */
final class ModelArguments {
    private List<String> names = new ArrayList<>();

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.parameter("0..*", "1..*")
                .label("MODEL")
                .says("ONNX file, .onnx or .onnxtxt; a pattern such as 'models/**/*.onnx' works where the shell"
                        + " expands none.")
                .toList(String.class, v -> names = v);
    }

    /** Reads the models one after the other, each handed on before the next is read. */
    List<Unreadable> read(Consumer<Model> each) {
        List<Unreadable> unreadable = new ArrayList<>();
        Set<Path> files = new LinkedHashSet<>();
        for (String name : names) {
            List<Path> matches = expand(name);
            if (matches.isEmpty()) {
                unreadable.add(new Unreadable(name, "no file matches this pattern"));
            }
            files.addAll(matches);
        }
        for (Path file : files) {
            try {
                each.accept(OnnxReader.read(file));
            } catch (InvalidModelException e) {
                unreadable.add(new Unreadable(file.toString(), e.getMessage()));
            }
        }
        return unreadable;
    }

    private static List<Path> expand(String name) {
        Path literal = Path.of(name);
        if (Files.exists(literal) || name.chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '{')) {
            return List.of(literal);
        }
        Path base = literal.isAbsolute() ? literal.getRoot() : Path.of("");
        List<Path> out = new ArrayList<>();
        Path fixed = base;
        for (Path part : literal) {
            if (part.toString().chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{')) {
                break;
            }
            fixed = fixed.resolve(part);
        }
        PathMatcher matcher;
        try {
            matcher = literal.getFileSystem().getPathMatcher("glob:" + name);
        } catch (PatternSyntaxException e) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(fixed, name.contains("**") ? Integer.MAX_VALUE : literal.getNameCount())) {
            walk.filter(p -> matcher.matches(p) && Files.isRegularFile(p))
                    .sorted()
                    .forEach(out::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
        return out;
    }
}
