package io.qdqlint.trt.run;

import java.io.IOException;

/** trtexec could not be run, or did not get far enough to say anything of the model. The message is one clear sentence. */
public final class MachineException extends IOException {
    private static final long serialVersionUID = 1;

    public MachineException(String message) {
        super(message);
    }
}
