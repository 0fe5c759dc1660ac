package io.qdqlint.ir;

/** The file is not a model that can be analysed. The message is one sentence for the person who passed the file. */
public final class InvalidModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidModelException(String message) {
        super(message);
    }

    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
