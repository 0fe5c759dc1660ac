package io.qdqlint.fix;

/** Ends the planning of one rewrite; the message says why, in a sentence. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message, null, false, false);
    }
}
