package io.qdqlint.gate;

/** A configuration or a baseline is not right; the message names the file, the place, and what would be. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
