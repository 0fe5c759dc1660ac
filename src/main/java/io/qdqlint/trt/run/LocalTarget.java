package io.qdqlint.trt.run;

import io.qdqlint.trt.TensorRtVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** This machine. */
public final class LocalTarget implements Target {
    private static final List<String> USUAL_PLACES =
            List.of("/usr/src/tensorrt/bin", "/usr/local/tensorrt/bin", "/opt/tensorrt/bin");

    private final Path trtexec;

    /**
     * @param named where trtexec is; null to look in PATH and the usual places
     * @throws TargetException if it is not there
     */
    public LocalTarget(Path named) throws TargetException {
        this(named, System.getenv("PATH"));
    }

    LocalTarget(Path named, String searchPath) throws TargetException {
        if (named != null) {
            if (!Files.isExecutable(named) || Files.isDirectory(named)) {
                throw new TargetException("there is no program " + named + " (--trtexec)");
            }
            trtexec = named.toAbsolutePath();
            return;
        }
        trtexec = Stream.concat(
                        Stream.of((searchPath == null ? "" : searchPath).split(File.pathSeparator)),
                        USUAL_PLACES.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "trtexec"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toAbsolutePath)
                .orElseThrow(() -> new TargetException(
                        "this machine has no trtexec, neither in PATH nor in " + String.join(", ", USUAL_PLACES)
                                + "; name it with --trtexec, or another machine with --target"));
    }

    @Override
    public String name() {
        return "this machine";
    }

    @Override
    public TensorRtVersion version() throws IOException, InterruptedException {
        return CommandTarget.version(name(), VersionProbe.run(List.of(trtexec.toString(), "--help")));
    }

    @Override
    public Ended run(Job job, Path results, Consumer<String> log) throws IOException, InterruptedException {
        try (Workspace workspace = new Workspace(null)) {
            job.files().link(workspace.folder());
            List<String> command = new ArrayList<>();
            command.add(trtexec.toString());
            command.addAll(job.flags(workspace.folder() + "/"));
            return CommandTarget.run(name(), command, job, workspace.folder(), results, log);
        }
    }
}
