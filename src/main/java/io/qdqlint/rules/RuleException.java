package io.qdqlint.rules;

/** Rules that cannot be used: misplaced, malformed or not compiling. The message says which file, and where it can, which line. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RuleException(String message) {
        super(message);
    }

    public RuleException(String message, Throwable cause) {
        super(message, cause);
    }
}
