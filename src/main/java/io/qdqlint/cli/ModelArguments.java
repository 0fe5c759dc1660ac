package io.qdqlint.cli;

import io.qdqlint.ir.Model;
import io.qdqlint.onnx.OnnxReader;
import io.qdqlint.report.Run.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /** What a call does with each of its models. */
    interface Work {
        void on(Model model) throws Exception;
    }

    /**
     * Reads the models one after the other, each handed on before the next is read.
     *
     * @return the files with which something went wrong, be it in the file or in qdqlint; the others are done
     */
    List<Unreadable> read(Work each) throws IOException {
        List<Unreadable> unreadable = new ArrayList<>();
        Set<Path> files = new LinkedHashSet<>();
        for (String name : names) {
            try {
                List<Path> matches = expand(name);
                if (matches.isEmpty()) {
                    unreadable.add(new Unreadable(name, "no file matches this pattern"));
                }
                files.addAll(matches);
            } catch (InvalidPathException e) {
                unreadable.add(new Unreadable(name, "no file can have this name: " + e.getReason()));
            }
        }
        for (Path file : files) {
            try {
                each.on(OnnxReader.read(file));
            } catch (Output.OutputException e) {
                throw e;
            } catch (Throwable e) {
                unreadable.add(new Unreadable(file.toString(), Failures.describe(file, e)));
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
