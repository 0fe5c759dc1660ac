package io.qdqlint.cli;

import io.qdqlint.fact.Target;
import io.qdqlint.trt.TensorRtVersion;
import io.qdqlint.trt.run.MachineException;

/** The option {@code --strongly-typed}, of commands that forecast and of those that build. */
final class StrongTyping {
    private boolean chosen;

    void declare(Syntax syntax) {
        syntax.option("--strongly-typed")
                .says("The engine has the model's own types and no others, as trtexec --stronglyTyped builds it:"
                        + " TensorRT 10; always so since 11.")
                .toFlag(v -> chosen = v);
    }

    boolean chosen() {
        return chosen;
    }

    /**
     * What the TensorRT of a machine builds.
     *
     * @throws MachineException where it has no strong typing though that is chosen
     */
    Target of(TensorRtVersion version) throws MachineException {
        Target target = new Target(version.major(), version.minor());
        try {
            return chosen ? target.strong() : target;
        } catch (IllegalArgumentException e) {
            throw new MachineException(e.getMessage());
        }
    }
}
