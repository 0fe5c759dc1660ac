package io.qdqlint.cli;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Value;
import io.qdqlint.trt.run.BuildMode;
import io.qdqlint.trt.run.CommandMachine;
import io.qdqlint.trt.run.LocalMachine;
import io.qdqlint.trt.run.Machine;
import io.qdqlint.trt.run.MachineException;
import io.qdqlint.trt.run.SshAddress;
import io.qdqlint.trt.run.SshMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where TensorRT runs, and for how long. */
final class MachineOptions {
    /** Ten years. */
    private static final long LONGEST = 315_360_000;

    private String trtexec;
    private String target;
    private List<String> sshOptions = new ArrayList<>();
    private String exec;
    private String workDir = "";
    private long timeout;
    private boolean verbose;

    /** Declares the options. */
    void declare(Syntax syntax) {
        syntax.option("--trtexec")
                .label("PATH")
                .says("trtexec, on the machine where it runs. Default: the first in PATH, /usr/src/tensorrt/bin,"
                        + " /usr/local/tensorrt/bin and /opt/tensorrt/bin; if there is none, the"
                        + " embedded TensorRT, if it was fetched (mvn -Ptensorrt package).")
                .to(String.class, v -> trtexec = v);
        syntax.option("--target")
                .label("[USER@]HOST[:PORT]")
                .says("Run on this machine by ssh, with your keys, agent and configuration; ssh checks its host key.")
                .to(String.class, v -> target = v);
        syntax.option("--ssh-option")
                .label("KEY=VALUE")
                .says("A further -o option for ssh, such as IdentityFile=...; may be repeated.")
                .toList(String.class, v -> sshOptions = v);
        syntax.option("--exec")
                .label("COMMAND")
                .says("Run with this command: {} stands for trtexec and its options,"
                        + " {dir} for the folder with the files: 'docker run --rm --gpus all -v {dir}:{dir}"
                        + " IMAGE {}'.")
                .to(String.class, v -> exec = v);
        syntax.option("--work-dir")
                .label("DIR[:INSIDE]")
                .says("With --exec: a folder that both sides see, and its name on the other side. Default: the"
                        + " current folder under its own name.")
                .to(String.class, v -> workDir = v);
        syntax.option("--timeout")
                .label("SECONDS")
                .byDefault("3600")
                .says("Stop a build that takes longer. Default: ${DEFAULT-VALUE}.")
                .to(Long.class, v -> timeout = v);
        syntax.option("-v", "--verbose").says("Show trtexec's own lines.").toFlag(v -> verbose = v);
    }

    /** The place that the options name. */
    Machine target() throws MachineException {
        if (target != null && exec != null) {
            throw new UsageException("--target and --exec exclude each other");
        }
        try {
            if (target != null) {
                return new SshMachine(SshAddress.parse(target), sshOptions, trtexec);
            }
            if (exec != null) {
                int colon = workDir.indexOf(':');
                Path shared = Path.of(colon < 0 ? workDir : workDir.substring(0, colon));
                return new CommandMachine(exec, shared, colon < 0 ? null : workDir.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return new LocalMachine(trtexec == null ? null : Path.of(trtexec));
    }

    Duration timeout() {
        if (timeout < 1 || timeout > LONGEST) {
            throw new UsageException("--timeout must be 1 to " + LONGEST + " seconds");
        }
        return Duration.ofSeconds(timeout);
    }

    boolean verbose() {
        return verbose;
    }

    /** The precisions a model with Q/DQ is to be built in. */
    static BuildMode mode(Model model, boolean stronglyTyped) {
        if (stronglyTyped) {
            return BuildMode.STRONGLY_TYPED;
        }
        return model.graph().values().stream().map(Value::type).anyMatch(t -> t.isFp8())
                ? BuildMode.FP8
                : BuildMode.INT8;
    }
}
