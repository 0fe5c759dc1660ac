package io.qdqlint.trt.run;

import io.qdqlint.trt.TensorRtVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A machine reached by the system's ssh, with the user's own configuration, keys and agent. One connection sends the
 * model, runs trtexec and brings the results; a script on the far side removes everything when it ends or the connection
 * does.
 */
public final class SshMachine implements Machine {
    private static final int SSH_FAILED = 255;
    private static final int NO_FOLDER = 91;
    private static final int NOT_UNPACKED = 92;
    private static final Pattern SSH_SAYS = Pattern.compile(
            "^ssh:|Host key|HOST IDENTIFICATION|Permission denied|Connection|kex_exchange|Could not resolve|Timeout|Broken pipe");

    private final SshAddress address;
    private final List<String> options;
    private final String named;
    private String found = "";

    /**
     * @param options further {@code KEY=VALUE} for ssh's {@code -o}; they cannot turn host key checking off
     * @param trtexec where it is on the far side; null to look in PATH and the usual places
     */
    public SshMachine(SshAddress address, List<String> options, String trtexec) {
        this.address = address;
        this.options = List.copyOf(options);
        this.named = trtexec;
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public TensorRtVersion version() throws IOException, InterruptedException {
        VersionProbe probe = VersionProbe.run(
                ssh("locate.sh", named == null ? List.of() : List.of(named)), ChildProcess.Kind.CLIENT);
        if (probe.status() == SSH_FAILED && probe.version().isEmpty()) {
            throw unreachable(probe.tail());
        }
        if (probe.path().isEmpty() && !probe.timedOut()) {
            throw new MachineException(name() + " has no trtexec, neither in its PATH nor in the usual places;"
                    + " name it with --trtexec");
        }
        found = probe.path();
        return CommandMachine.version(name(), probe);
    }

    @Override
    public Ended run(Job job, Path results, Consumer<String> log) throws IOException, InterruptedException {
        if (found.isEmpty()) {
            version();
        }
        List<String> trtexec = new ArrayList<>();
        trtexec.add(found);
        trtexec.addAll(job.flags(""));
        try (Workspace workspace = new Workspace(null)) {
            job.link(workspace.folder());
            LogTail tail = new LogTail();
            ChildProcess child = ChildProcess.start(ssh("build.sh", trtexec), null, ChildProcess.Kind.CLIENT);
            Thread errors = child.lines(false, line -> {
                tail.add(line);
                log.accept(line);
            });
            Thread output = ChildProcess.inThread(() -> RemoteResults.read(child.output(), results));
            ChildProcess.inThread(() -> send(workspace.folder(), child.input()));
            ChildProcess.Ended ended = child.await(job.timeout(), errors, output);
            check(ended, job, tail);
            return new Ended(ended.status(), trtexec);
        }
    }

    /**
     * Sends an archive of the folder and leaves the stream open: its end would tell the far side to stop. So it does when
     * the archive is not whole.
     */
    private static void send(Path folder, OutputStream to) throws IOException {
        Process tar = new ProcessBuilder("tar", "-chf", "-", "-C", folder.toString(), ".")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean whole = false;
        try (InputStream archive = tar.getInputStream()) {
            archive.transferTo(to);
            to.flush();
            whole = tar.onExit().join().exitValue() == 0;
        } finally {
            tar.destroy();
            if (!whole) {
                to.close();
            }
        }
    }

    private void check(ChildProcess.Ended ended, Job job, LogTail tail) throws MachineException {
        if (!ended.timedOut() && ended.status() == SSH_FAILED) {
            throw unreachable(tail);
        }
        CommandMachine.check(name(), ended, job, tail);
        if (ended.status() == NO_FOLDER || ended.status() == NOT_UNPACKED) {
            throw new MachineException(name() + " could not receive the model: " + tail.last());
        }
    }

    private MachineException unreachable(LogTail tail) {
        Optional<String> said = tail.last(SSH_SAYS);
        String line = said.orElse(tail.last()).strip();
        if (line.contains("Host key") || line.contains("HOST IDENTIFICATION")) {
            return new MachineException("the host key of " + name()
                    + " differs from known_hosts or is not known yet; connect once with ssh and check it: "
                    + line);
        }
        if (line.contains("Permission denied")) {
            return new MachineException(
                    name() + " accepts none of your keys (qdqlint never prompts for a password): " + line);
        }
        return new MachineException("the connection to " + name() + " failed or was lost: " + line);
    }

    /** Our own options stand first, since ssh takes the first value it gets. */
    private List<String> ssh(String script, List<String> arguments) throws IOException {
        List<String> out = new ArrayList<>(List.of(
                "ssh",
                "-T",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "ConnectTimeout=20",
                "-o",
                "ServerAliveInterval=10",
                "-o",
                "ServerAliveCountMax=3",
                "-o",
                "ClearAllForwardings=yes"));
        for (String option : options) {
            out.add("-o");
            out.add(option);
        }
        if (address.port() > 0) {
            out.add("-p");
            out.add(Integer.toString(address.port()));
        }
        out.add("--");
        out.add(address.host());
        StringBuilder remote = new StringBuilder("exec sh -c ")
                .append(Words.quote(script(script)))
                .append(" qdqlint");
        arguments.forEach(a -> remote.append(' ').append(Words.quote(a)));
        out.add(remote.toString());
        return out;
    }

    private static String script(String name) throws IOException {
        try (InputStream in = SshMachine.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
