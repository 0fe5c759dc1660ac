package io.qdqlint.trt.run;

import io.qdqlint.trt.TensorRtVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whatever a command of the user's reaches, such as a container. The command is split into words here and run without a
 * shell; the word {@code {}} becomes trtexec and its options, {@code {dir}} within a word the folder with the files.
 */
public final class CommandMachine implements Machine {
    private final List<String> template;
    private final Path parent;
    private final String inside;

    /**
     * @param template such as {@code docker exec box {}}
     * @param parent a folder that both sides see
     * @param inside the same folder's name on the other side; null if it has the same name there
     */
    public CommandMachine(String template, Path parent, String inside) {
        this.template = Words.split(template);
        this.parent = parent.toAbsolutePath();
        this.inside = inside;
        if (!this.template.contains("{}")) {
            throw new IllegalArgumentException(
                    "--exec needs the word {} in place of trtexec and its options: 'docker exec box {}'");
        }
    }

    @Override
    public String name() {
        return "'" + template.get(0) + "'";
    }

    @Override
    public TensorRtVersion version() throws IOException, InterruptedException {
        try (Workspace workspace = new Workspace(parent)) {
            return version(
                    name(),
                    VersionProbe.run(
                            command(workspace.folder(), List.of("trtexec", "--help")), ChildProcess.Kind.COMMAND));
        }
    }

    @Override
    public Ended run(Job job, Path results, Consumer<String> log) throws IOException, InterruptedException {
        try (Workspace workspace = new Workspace(parent)) {
            job.copy(workspace.folder());
            List<String> trtexec = new ArrayList<>();
            trtexec.add("trtexec");
            trtexec.addAll(job.flags(inside(workspace.folder()) + "/"));
            return run(
                    name(),
                    ChildProcess.Kind.COMMAND,
                    command(workspace.folder(), trtexec),
                    job,
                    workspace.folder(),
                    results,
                    log);
        }
    }

    private String inside(Path folder) {
        return inside == null ? folder.toString() : inside + "/" + folder.getFileName();
    }

    private List<String> command(Path folder, List<String> trtexec) {
        List<String> out = new ArrayList<>();
        for (String word : template) {
            if (word.equals("{}")) {
                out.addAll(trtexec);
            } else {
                out.add(word.replace("{dir}", folder.toString()));
            }
        }
        return out;
    }

    /** What a probe found out, or why it found nothing. */
    static TensorRtVersion version(String where, VersionProbe probe) throws MachineException {
        if (probe.version().isPresent()) {
            return probe.version().get();
        }
        if (probe.timedOut()) {
            throw new MachineException(where + " did not report trtexec's version in time");
        }
        String reason = probe.tail().trouble().orElse(null);
        if (reason != null) {
            throw new MachineException(where + " " + reason);
        }
        throw new MachineException(
                where + " has no working trtexec: " + probe.tail().last());
    }

    /** Runs a command that writes into {@code folder}, and moves what it exported to {@code results}. */
    static Ended run(
            String where,
            ChildProcess.Kind kind,
            List<String> command,
            Job job,
            Path folder,
            Path results,
            Consumer<String> log)
            throws IOException, InterruptedException {
        LogTail tail = new LogTail();
        ChildProcess child = ChildProcess.start(command, folder, kind);
        child.input().close();
        ChildProcess.Ended ended = child.await(job.timeout(), child.lines(true, line -> {
            tail.add(line);
            log.accept(line);
        }));
        check(where, ended, job, tail);
        for (String name : TrtexecFlags.RESULTS) {
            if (Files.isRegularFile(folder.resolve(name))) {
                Files.copy(folder.resolve(name), results.resolve(name));
            }
        }
        return new Ended(ended.status(), command);
    }

    /** Separates failures of the machine from TensorRT's messages about the model. */
    static void check(String where, ChildProcess.Ended ended, Job job, LogTail tail) throws MachineException {
        if (ended.timedOut()) {
            throw new MachineException("the build on " + where + " took longer than "
                    + words(job.timeout().toSeconds()) + " and was stopped; --timeout allows more. Its last line: "
                    + tail.last());
        }
        if (ended.status() != 0 && tail.trouble().isPresent()) {
            throw new MachineException(where + " " + tail.trouble().get());
        }
    }

    private static String words(long seconds) {
        return seconds % 60 == 0 && seconds > 60 ? seconds / 60 + " minutes" : seconds + " seconds";
    }
}
