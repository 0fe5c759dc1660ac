package io.qdqlint.trt.run;

import io.qdqlint.trt.TensorRtVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** This machine, with its trtexec or the embedded TensorRT. */
public final class LocalMachine implements Machine {
    private static final List<String> USUAL_PLACES =
            List.of("/usr/src/tensorrt/bin", "/usr/local/tensorrt/bin", "/opt/tensorrt/bin");

    private final String name;
    private final List<String> program;

    /**
     * @param named where trtexec is; null to look in PATH and the usual places, then for the embedded TensorRT
     * @throws MachineException if there is none of them
     */
    public LocalMachine(Path named) throws MachineException {
        this(named, System.getenv("PATH"), EmbeddedTensorRt.HOME);
    }

    LocalMachine(Path named, String searchPath, Path embedded) throws MachineException {
        if (named != null && (!Files.isExecutable(named) || Files.isDirectory(named))) {
            throw new MachineException("there is no program " + named + " (--trtexec)");
        }
        Optional<Path> trtexec = named == null ? find(searchPath) : Optional.of(named);
        if (trtexec.isPresent()) {
            name = "this machine";
            program = List.of(trtexec.get().toAbsolutePath().toString());
        } else {
            name = "this machine (embedded TensorRT)";
            program = EmbeddedTensorRt.command(embedded)
                    .orElseThrow(() -> new MachineException("this machine has no trtexec, neither in PATH nor in "
                            + String.join(", ", USUAL_PLACES)
                            + ", and qdqlint has no TensorRT of its own. Name a trtexec with --trtexec, or another"
                            + " machine with --target; or get TensorRT (1 GB) with 'mvn -Ptensorrt package'"));
        }
    }

    private static Optional<Path> find(String searchPath) {
        return Stream.concat(
                        Stream.of((searchPath == null ? "" : searchPath).split(File.pathSeparator)),
                        USUAL_PLACES.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "trtexec"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TensorRtVersion version() throws IOException, InterruptedException {
        return CommandMachine.version(name(), VersionProbe.run(command(List.of("--help")), ChildProcess.Kind.PROGRAM));
    }

    @Override
    public Ended run(Job job, Path results, Consumer<String> log) throws IOException, InterruptedException {
        try (Workspace workspace = new Workspace(null)) {
            job.link(workspace.folder());
            List<String> command = command(job.flags(workspace.folder() + "/"));
            return CommandMachine.run(
                    name(), ChildProcess.Kind.PROGRAM, command, job, workspace.folder(), results, log);
        }
    }

    private List<String> command(List<String> flags) {
        List<String> out = new ArrayList<>(program);
        out.addAll(flags);
        return out;
    }
}
