package io.qdqlint.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, copied beside a jar that is none and started with a java that only says how it was called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            dump= used=
            for a in "$@"; do
                case $a in
                    -XX:SharedArchiveFile=*) used=${a#*=} ;;
                    -Xshare:dump) dump=1 ;;
                esac
            done
            [ "$dump" ] && printf archive > "$used" && exit 0
            echo "columns=${QDQLINT_COLUMNS-none} locale=${LC_ALL-none} archive=${used##*/}"
            """;

    /** Starts a program in a terminal that is 93 columns wide, and prints what it prints. */
    private static final String TERMINAL = """
            import fcntl, os, pty, struct, sys, termios
            pid, fd = pty.fork()
            if pid == 0:
                fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 93, 0, 0))
                os.execv(sys.argv[1], sys.argv[1:])
            out = b''
            try:
                while part := os.read(fd, 1024):
                    out += part
            except OSError:
                pass
            print(out.decode())
            """;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path home;

    @BeforeEach
    void install() throws IOException {
        Path jdk = folder.resolve("jdk");
        executable(jdk.resolve("bin/java"), JAVA);
        executable(jdk.resolve("bin/jar"), "#!/bin/sh\n");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        home = folder.resolve("app");
        Files.createDirectories(home.resolve("target"));
        Files.createDirectories(home.resolve("examples"));
        Files.writeString(home.resolve("target/qdqlint.jar"), "jar");
        executable(home.resolve("qdqlint"), Files.readString(Path.of("qdqlint")));
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private record Said(String out, String err, int status) {}

    private Said run(List<String> command) throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().keySet().removeIf(k -> !k.equals("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(out, Files.readString(err), process.waitFor());
    }

    private Said launch() throws Exception {
        return run(List.of(home.resolve("qdqlint").toString(), "m.onnx"));
    }

    @Test
    void aTerminalsWidthIsHandedOn() throws Exception {
        environment.put("CI", "true");
        assertTrue(launch().out.contains("columns=none"));
        Said said =
                run(List.of("python3", "-c", TERMINAL, home.resolve("qdqlint").toString(), "m.onnx"));
        assertTrue(said.out.contains("columns=93"), said.toString());
    }

    @Test
    void namesOfFilesAreUtf8InThePosixLocale() throws Exception {
        environment.put("CI", "true");
        environment.put("LC_ALL", "C");
        assertTrue(launch().out.contains("locale=C.UTF-8"));
        environment.put("LC_ALL", "de_DE.UTF-8");
        assertTrue(launch().out.contains("locale=de_DE.UTF-8"));
    }

    @Test
    void theArchiveIsMadeOnceForAJarAndAJdk() throws Exception {
        Said first = launch();
        assertTrue(first.err.contains("preparing faster starts"), first.toString());
        assertTrue(first.out.contains(".jsa"), first.toString());
        Said second = launch();
        assertEquals(first.out, second.out);
        assertFalse(second.err.contains("preparing"), second.toString());

        Files.writeString(home.resolve("target/qdqlint.jar"), "another jar");
        Said third = launch();
        assertTrue(third.err.contains("preparing"), third.toString());
        try (var left = Files.list(folder.resolve("cache/qdqlint"))) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void aCopyElsewhereHasAnArchiveOfItsOwn() throws Exception {
        launch();
        Path moved = folder.resolve("moved");
        Files.move(home, moved);
        home = moved;
        assertTrue(launch().err.contains("preparing"));
    }

    @Test
    void aReleaseUsesItsOwnJava() throws Exception {
        environment.remove("JAVA_HOME");
        Path image = folder.resolve("an image");
        executable(image.resolve("bin/qdqlint"), Files.readString(Path.of("qdqlint")));
        executable(image.resolve("runtime/bin/java"), "#!/bin/sh\nprintf '[%s]' \"$@\"\n");
        Files.createDirectories(image.resolve("lib"));
        Files.writeString(image.resolve("lib/qdqlint.aot"), "cache");
        String out = run(List.of(image.resolve("bin/qdqlint").toString(), "m.onnx")).out;
        assertTrue(out.contains("[-XX:AOTCache=" + image + "/lib/qdqlint.aot]"), out);
        assertTrue(out.endsWith("[-cp][" + image + "/lib/qdqlint.jar][io.qdqlint.cli.Main][m.onnx]"), out);
        assertFalse(Files.exists(folder.resolve("cache")));
    }

    @Test
    void aLauncherWithoutItsJarSaysSo() throws Exception {
        Files.delete(home.resolve("target/qdqlint.jar"));
        Said said = launch();
        assertEquals(2, said.status);
        assertTrue(said.err.contains("link to the launcher instead of copying it"), said.err);
    }
}
