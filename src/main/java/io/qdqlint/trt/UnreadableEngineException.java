package io.qdqlint.trt;

import java.io.IOException;

/** A file is not what trtexec exports. The message names the file and says what is wrong, in one sentence. */
public final class UnreadableEngineException extends IOException {
    private static final long serialVersionUID = 1;

    public UnreadableEngineException(String message) {
        super(message);
    }
}
