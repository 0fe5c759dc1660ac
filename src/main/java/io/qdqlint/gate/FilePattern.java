package io.qdqlint.gate;

import java.io.File;
import java.nio.file.Path;
import org.codehaus.plexus.util.MatchPattern;

/**
 * A pattern of files as Ant, git and bash read it: {@code *} and {@code ?} stay within a folder's name, {@code **} stands for any
 * number of folders, none included. Other characters stand for themselves.
 */
public final class FilePattern {
    private final MatchPattern pattern;

    private FilePattern(String text) {
        pattern = MatchPattern.fromString("%ant[" + text.replace('/', File.separatorChar) + "]");
    }

    public static FilePattern of(String text) {
        return new FilePattern(text.startsWith("./") ? text.substring(2) : text);
    }

    /**
     * A pattern that also stands for all that lies in a folder it matches. Without a slash in it, it matches a file or a folder of
     * that name at any depth.
     */
    public static FilePattern ofTree(String text) {
        String name = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return of(name.contains("/") ? name : "**/" + name);
    }

    /** Whether the text has a character that stands for others. */
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Whether the pattern is of this file. */
    public boolean matches(Path relative) {
        return pattern.matchPath(relative.toString(), true);
    }

    /** Whether the pattern is of this file or of a folder it lies in. */
    public boolean matchesTree(Path relative) {
        for (int n = 1; n <= relative.getNameCount(); n++) {
            if (matches(relative.subpath(0, n))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file in this folder, or below, could match. */
    public boolean couldMatchIn(Path folder) {
        return pattern.matchPatternStart(folder.toString(), true);
    }
}
