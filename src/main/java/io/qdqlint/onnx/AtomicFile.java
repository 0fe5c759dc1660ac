package io.qdqlint.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.concurrent.ThreadLocalRandom;

/** Replaces a file's content as a whole: through a file beside it that takes its place when everything is on the disk. */
public final class AtomicFile {
    private static final int LONGEST_ENDING = 16;

    private AtomicFile() {}

    /** Writes the content. */
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Checks the complete file before it replaces the target. An exception leaves the target as it was. */
    public interface Check {
        Check NONE = written -> {};

        void accept(Path written) throws IOException;
    }

    /** Writes {@code target} as {@link #write(Path, Content, Check)} does, unchecked. */
    public static void write(Path target, Content content) throws IOException {
        write(target, content, Check.NONE);
    }

    /**
     * Writes {@code target}. A symbolic link stays one, and the file it leads to keeps its owner and permissions. When writing
     * fails or the process is interrupted, the old content stays and the file beside it goes.
     */
    public static void write(Path target, Content content, Check check) throws IOException {
        Path place = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path beside =
                place.resolveSibling("." + random + ending(place.getFileName().toString()));
        if (place.getParent() != null && !Files.isDirectory(place.getParent())) {
            throw new NoSuchFileException(place.getParent().toString());
        }
        beside.toFile().deleteOnExit();
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            check.accept(beside);
            keepPermissions(place, beside);
            try {
                Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (FileSystemException e) {
            // The file beside it means nothing to the user.
            throw beside.toString().equals(e.getFile()) ? inTheNameOf(target, e) : e;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static FileSystemException inTheNameOf(Path target, FileSystemException e) {
        return e instanceof AccessDeniedException
                ? new AccessDeniedException(target.toString())
                : new FileSystemException(target.toString(), null, e.getReason());
    }

    /** The part of the name that identifies the kind of file, as the whole name may be too long. */
    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.length() - dot > LONGEST_ENDING ? "" : name.substring(dot);
    }

    /** Owner, group and permissions; root writes other users' files too. */
    private static void keepPermissions(Path old, Path made) throws IOException {
        PosixFileAttributeView from = Files.getFileAttributeView(old, PosixFileAttributeView.class);
        PosixFileAttributeView to = Files.getFileAttributeView(made, PosixFileAttributeView.class);
        if (Files.exists(old) && from != null && to != null) {
            PosixFileAttributes before = from.readAttributes();
            PosixFileAttributes after = to.readAttributes();
            try {
                if (!before.group().equals(after.group())) {
                    to.setGroup(before.group());
                }
                if (!before.owner().equals(after.owner())) {
                    to.setOwner(before.owner());
                }
            } catch (FileSystemException e) {
                // Only root can give files to others; then the new file is the user's, as every file the user makes.
            }
            // Last, as a new owner takes some permissions away.
            to.setPermissions(before.permissions());
        }
    }
}
