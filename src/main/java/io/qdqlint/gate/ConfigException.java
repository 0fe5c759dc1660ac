package io.qdqlint.gate;

/** A configuration or a baseline is wrong. The message names the file, the place and what is right. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
