package io.qdqlint.trt.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/**
 * An SSH server on the loopback that lets one key in and runs commands the way OpenSSH's does: by the user's shell, with
 * pipes, and without killing anything when the connection goes away; only the pipes are closed.
 */
final class ShellServer implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final Path folder;
    private final Path temporary;
    private final String searchPath;

    /**
     * @param folder for keys
     * @param temporary TMPDIR of the commands
     * @param searchPath PATH of the commands
     */
    ShellServer(Path folder, Path temporary, String searchPath) throws Exception {
        this.folder = folder;
        this.temporary = temporary;
        this.searchPath = searchPath;
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key().toString())
                .start()
                .waitFor();
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
        PublicKey own = PublicKeyEntry.parsePublicKeyEntry(
                        Files.readString(Path.of(key() + ".pub")).strip())
                .resolvePublicKey(null, null, null);
        SimpleGeneratorHostKeyProvider host = new SimpleGeneratorHostKeyProvider(folder.resolve("host.key"));
        host.setAlgorithm(KeyUtils.EC_ALGORITHM);
        server.setKeyPairProvider(host);
        server.setHost("127.0.0.1");
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(own, key));
        server.setCommandFactory((channel, command) -> new ShellCommand(command));
        server.start();
        know(host);
    }

    private void know(KeyPairProvider host) throws Exception {
        PublicKey key = host.loadKeys(null).iterator().next().getPublic();
        Files.writeString(
                knownHosts(),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + System.lineSeparator());
    }

    private Path key() {
        return folder.resolve("id");
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    SshAddress address() {
        return SshAddress.parse("me@127.0.0.1:" + server.getPort());
    }

    /** What lets ssh in here, and nowhere else. */
    List<String> options() {
        return new ArrayList<>(List.of(
                "IdentityFile=" + key(),
                "IdentitiesOnly=yes",
                "UserKnownHostsFile=" + knownHosts(),
                "GlobalKnownHostsFile=/dev/null"));
    }

    /** Cuts all connections, as a network does. */
    void cut() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private final class ShellCommand implements Command {
        private final String line;
        private InputStream in;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback exit;
        private Process process;

        ShellCommand(String line) {
            this.line = line;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line);
            builder.environment().put("TMPDIR", temporary.toString());
            builder.environment().put("PATH", searchPath);
            process = builder.start();
            ChildProcess.inThread(() -> copy(in, process.getOutputStream(), true));
            Thread errors = ChildProcess.inThread(() -> copy(process.getErrorStream(), err, false));
            Thread output = ChildProcess.inThread(() -> copy(process.getInputStream(), out, false));
            ChildProcess.inThread(() -> {
                int status = process.onExit().join().exitValue();
                try {
                    output.join(5000);
                    errors.join(5000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exit.onExit(status);
            });
        }

        private static void copy(InputStream from, OutputStream to, boolean close) throws IOException {
            byte[] buffer = new byte[1 << 15];
            try {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    to.write(buffer, 0, n);
                    to.flush();
                }
            } finally {
                if (close) {
                    to.close();
                }
            }
        }

        @Override
        public void destroy(ChannelSession channel) throws IOException {
            process.getOutputStream().close();
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }
    }
}
