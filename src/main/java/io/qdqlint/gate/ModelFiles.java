package io.qdqlint.gate;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The files that arguments stand for: a file itself, each model in a folder and below, each file that a pattern matches. Folders
 * whose names begin with a dot are entered only where the argument names them.
 */
public final class ModelFiles {
    private static final String IN_FOLDER = "**/*";

    private final Set<Path> files = new LinkedHashSet<>();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final List<FilePattern> excluded;
    private final boolean allowEmpty;

    private ModelFiles(List<String> exclude, boolean allowEmpty) {
        this.allowEmpty = allowEmpty;
        excluded = exclude.stream().map(FilePattern::ofTree).toList();
    }

    /**
     * Looks for the files.
     *
     * @param exclude patterns of files and folders to leave out, as from the working folder
     * @param allowEmpty whether a folder or a pattern may stand for no file
     */
    public static ModelFiles find(Collection<String> arguments, List<String> exclude, boolean allowEmpty) {
        ModelFiles found = new ModelFiles(exclude, allowEmpty);
        for (String argument : arguments) {
            try {
                found.add(argument);
            } catch (InvalidPathException e) {
                found.problems.put(argument, "no file can have this name: " + e.getReason());
            }
        }
        return found;
    }

    /** The files, in the order of the arguments, those of one argument by name, each once. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** Arguments that stand for no file, and folders that cannot be read: what is wrong with each. */
    public Map<String, String> problems() {
        return problems;
    }

    /** Leaves out some. */
    public ModelFiles without(Predicate<Path> which) {
        files.removeIf(which);
        return this;
    }

    /**
     * Leaves out what git says is as it was.
     *
     * @throws ConfigException where git cannot say
     */
    public ModelFiles changedSince(String revision) {
        Map<Path, Changes> byRepository = new HashMap<>();
        files.removeIf(file -> !Changes.of(file, revision, byRepository).affect(file));
        return this;
    }

    private void add(String argument) {
        Path literal = Path.of(argument);
        if (argument.equals("-")) {
            problems.put(argument, "standard input is not read; name a file");
        } else if (Files.isDirectory(literal)) {
            walk(
                    argument,
                    literal,
                    FilePattern.of(IN_FOLDER),
                    ModelFiles::isModel,
                    "there is no .onnx or .onnxtxt in it");
        } else if (Files.exists(literal) || !FilePattern.isPattern(argument)) {
            take(literal);
        } else {
            Path fixed = literal.isAbsolute() ? literal.getRoot() : Path.of("");
            int plain = 0;
            while (!FilePattern.isPattern(literal.getName(plain).toString())) {
                fixed = fixed.resolve(literal.getName(plain++));
            }
            Path rest = literal.subpath(plain, literal.getNameCount());
            walk(argument, fixed, FilePattern.of(rest.toString()), file -> true, "no file matches this pattern");
        }
    }

    private static boolean isModel(Path file) {
        return file.toString().endsWith(".onnx") || file.toString().endsWith(".onnxtxt");
    }

    private void take(Path file) {
        Path here = Path.of("").toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        Path relative = absolute.startsWith(here) ? here.relativize(absolute) : file.normalize();
        if (excluded.stream().noneMatch(pattern -> pattern.matchesTree(relative))) {
            files.add(file);
        }
    }

    private void walk(String argument, Path base, FilePattern pattern, Predicate<Path> which, String none) {
        if (!base.toString().isEmpty() && !Files.isDirectory(base)) {
            if (!allowEmpty) {
                problems.put(argument, none + ": there is no folder " + base);
            }
            return;
        }
        Search search = new Search(base, pattern, which);
        try {
            Files.walkFileTree(base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, search);
        } catch (IOException e) {
            problems.put(argument, e.getMessage());
            return;
        }
        search.matches.forEach(this::take);
        if (search.matches.isEmpty() && !allowEmpty) {
            problems.putIfAbsent(argument, none);
        }
    }

    /** Walks a folder; a link that leads back up is not followed again. */
    private final class Search extends SimpleFileVisitor<Path> {
        private final Path base;
        private final FilePattern pattern;
        private final Predicate<Path> which;
        private final Collection<Path> matches = new TreeSet<>();

        Search(Path base, FilePattern pattern, Predicate<Path> which) {
            this.base = base;
            this.pattern = pattern;
            this.which = which;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(base)) {
                return FileVisitResult.CONTINUE;
            }
            boolean hidden = folder.getFileName().toString().startsWith(".");
            return hidden || !pattern.couldMatchIn(base.relativize(folder))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink();
            if (readable && which.test(file) && pattern.matches(base.relativize(file))) {
                matches.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (!(e instanceof FileSystemLoopException)) {
                problems.put(file.toString(), "the folder cannot be read; its models were not checked");
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
