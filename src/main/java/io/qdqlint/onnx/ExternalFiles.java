package io.qdqlint.onnx;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The files beside a model that hold its external data. A model written to another folder needs them there. */
public final class ExternalFiles {
    private ExternalFiles() {}

    /** What becomes of them. */
    public enum Transfer {
        /** Each is copied. */
        COPY,
        /** Hard links: they take no space, and both folders must be on one file system. */
        LINK,
        /** Neither: the caller copies the files. */
        LEAVE
    }

    /** The locations that the model names, sorted, relative to its folder. */
    public static Set<String> locations(Model model) {
        Set<String> found = new TreeSet<>();
        for (Tensor tensor : model.graph().tensors()) {
            if (tensor.storage() instanceof Storage.External external) {
                found.add(external.location());
            }
        }
        return found;
    }

    /**
     * Brings the files to the folder of {@code target}. A file that is there already with the same content stays.
     *
     * @return the locations that are not there to be brought
     * @throws FileAlreadyExistsException if a file of that name with other content is there; none has been brought then
     */
    public static List<String> transfer(Model model, Path target, Transfer transfer) throws IOException {
        Path from = folder(model.file());
        Path to = folder(target);
        List<String> missing = new ArrayList<>();
        Map<Path, Path> absent = new LinkedHashMap<>();
        if (transfer == Transfer.LEAVE || OnnxWriter.sameFile(from, to)) {
            return missing;
        }
        for (String location : locations(model)) {
            Path source = from.resolve(location).normalize();
            Path copy = to.resolve(location).normalize();
            if (!source.startsWith(from) || !Files.isRegularFile(source)) {
                missing.add(location);
            } else if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
                absent.put(source, copy);
            } else if (!Files.isRegularFile(copy) || Files.mismatch(source, copy) >= 0) {
                throw new FileAlreadyExistsException(
                        copy.toString(), null, "exists with other content; write the model to another folder");
            }
        }
        for (Map.Entry<Path, Path> file : absent.entrySet()) {
            Files.createDirectories(file.getValue().getParent());
            bring(file.getKey(), file.getValue(), transfer);
        }
        return missing;
    }

    private static void bring(Path source, Path copy, Transfer transfer) throws IOException {
        if (transfer == Transfer.LINK) {
            // Of a symbolic link, what it leads to: the link itself may lead elsewhere from the other folder.
            Files.createLink(copy, source.toRealPath());
            return;
        }
        AtomicFile.write(copy, channel -> {
            try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
                long size = in.size();
                for (long at = 0; at < size; ) {
                    at += in.transferTo(at, size - at, channel);
                }
            }
        });
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }
}
