package io.qdqlint.trt.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine that ssh reaches.
 *
 * @param host name, address or alias of ssh's configuration, with the user in front if one was given
 * @param port 0 where none was given
 */
public record SshAddress(String host, int port) {
    private static final int LARGEST_PORT = 65_535;

    /** No leading dash, which ssh would take for an option. */
    private static final Pattern SYNTAX =
            Pattern.compile("((?:[\\w.][\\w.-]*@)?(?:[\\w.][\\w.-]*|\\[[0-9a-fA-F:.%\\w]+]))(?::(\\d{1,5}))?");

    /**
     * Reads {@code [user@]host[:port]}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static SshAddress parse(String text) {
        Matcher m = SYNTAX.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no address; write user@host or user@host:port");
        }
        int port = m.group(2) == null ? 0 : Integer.parseInt(m.group(2));
        if (m.group(2) != null && (port < 1 || port > LARGEST_PORT)) {
            throw new IllegalArgumentException("'" + text + "': a port is a number from 1 to " + LARGEST_PORT);
        }
        return new SshAddress(m.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    @Override
    public String toString() {
        return port == 0 ? host : host + ":" + port;
    }
}
