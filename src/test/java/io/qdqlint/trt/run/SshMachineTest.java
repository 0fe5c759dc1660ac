package io.qdqlint.trt.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qdqlint.trt.TensorRtVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system's ssh against a server in this process. */
class SshMachineTest {
    private static final String HOSTILE = "w'$(touch pwned)\n\"; touch pwned;";

    @TempDir
    private Path folder;

    private Path remote;
    private ShellServer server;
    private ModelFiles model;

    @BeforeEach
    void start() throws Exception {
        remote = Files.createDirectories(folder.resolve("remote"));
        server = new ShellServer(
                Files.createDirectories(folder.resolve("keys")),
                remote,
                folder.resolve("t") + ":" + System.getenv("PATH"));
        Path file = folder.resolve(HOSTILE + ".onnx");
        byte[] content = new byte[3_000_000];
        Arrays.fill(content, (byte) 7);
        Files.write(file, content);
        Path data = folder.resolve(HOSTILE + ".bin");
        Files.writeString(data, "weights");
        model = new ModelFiles(file, Map.of("sub dir/" + HOSTILE + ".bin", data));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private RecordedTrtexec recorded(String scenario) throws IOException {
        return new RecordedTrtexec(folder.resolve("t"), 100600, scenario);
    }

    private SshMachine target() {
        return new SshMachine(server.address(), server.options(), null);
    }

    private Trtexec.Outcome build(Duration timeout) throws Exception {
        return Trtexec.on(target())
                .build("label", model, BuildMode.INT8, List.of("--shapes=x:$(touch pwned)"), timeout, null, line -> {});
    }

    private void assertNothingLeft() throws IOException {
        RecordedTrtexec.await("the remote folder to be empty", () -> {
            try (var files = Files.list(remote)) {
                return files.findAny().isEmpty();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertFalse(Files.exists(Path.of("pwned")) || Files.exists(remote.resolve("pwned")));
    }

    @Test
    void theModelGoesThereAndTheResultsComeBack() throws Exception {
        RecordedTrtexec recorded = recorded("ok");
        assertEquals(new TensorRtVersion(10, 6, 0), target().version());
        Trtexec.Outcome outcome = build(Duration.ofSeconds(60));
        assertEquals(30, outcome.engine().orElseThrow().engine().layers().size());
        assertTrue(outcome.engine().orElseThrow().isTimed());
        assertEquals(1420.11, outcome.log().performance().throughput());
        assertEquals("--onnx=model.onnx", recorded.arguments().get(0));
        assertTrue(recorded.arguments().contains("--shapes=x:$(touch pwned)"));
        assertTrue(String.join("\n", recorded.files()).contains("./sub dir/" + HOSTILE + ".bin"));
        assertTrue(recorded.ranIn().startsWith(remote));
        assertNothingLeft();
    }

    @Test
    void aFailedBuildLeavesNothing() throws Exception {
        recorded("fails");
        assertTrue(build(Duration.ofSeconds(60)).engine().isEmpty());
        assertNothingLeft();
    }

    @Test
    void troublesThereAreToldWithTheMachinesName() throws Exception {
        recorded("disk-full");
        assertFails("me@127.0.0.1:" + server.address().port() + " has no room left on its disk");
        assertNothingLeft();
    }

    @Test
    void aFolderThatCannotBeMadeIsTold() throws Exception {
        recorded("ok");
        SshMachine target = target();
        target.version();
        Files.delete(remote);
        String told = assertThrows(
                        MachineException.class,
                        () -> Trtexec.on(target)
                                .build("l", model, BuildMode.INT8, List.of(), Duration.ofSeconds(30), null, line -> {}))
                .getMessage();
        assertTrue(told.contains("could not receive the model"), told);
        Files.createDirectories(remote);
    }

    @Test
    void withoutTrtexecItSaysSo() {
        assertFails("has no trtexec");
    }

    @Test
    void aBuildThatHangsIsEndedThere() throws Exception {
        RecordedTrtexec recorded = recorded("hangs");
        assertThrows(MachineException.class, () -> build(Duration.ofSeconds(3)));
        recorded.awaitGone();
        assertNothingLeft();
    }

    @Test
    void aConnectionThatIsCutEndsTheBuildThere() throws Exception {
        RecordedTrtexec recorded = recorded("hangs");
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread building = inThread(thrown);
        recorded.awaitStart();
        server.cut();
        building.join(30_000);
        assertEquals(MachineException.class, thrown.get().getClass());
        assertTrue(
                thrown.get().getMessage().contains("failed or was lost"),
                thrown.get().getMessage());
        recorded.awaitGone();
        assertNothingLeft();
    }

    @Test
    void anInterruptEndsTheBuildThere() throws Exception {
        RecordedTrtexec recorded = recorded("hangs");
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread building = inThread(thrown);
        recorded.awaitStart();
        building.interrupt();
        building.join(30_000);
        assertEquals(InterruptedException.class, thrown.get().getClass());
        recorded.awaitGone();
        assertNothingLeft();
    }

    private Thread inThread(AtomicReference<Exception> thrown) {
        Thread building = new Thread(() -> {
            try {
                build(Duration.ofSeconds(60));
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        building.start();
        return building;
    }

    @Test
    void aHostKeyThatIsNotKnownOrNotTheSameIsRefused() throws Exception {
        recorded("ok");
        String known = Files.readString(server.knownHosts());
        Files.writeString(server.knownHosts(), "");
        assertFails("host key");
        Path other = folder.resolve("other");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", other.toString())
                .start()
                .waitFor();
        String wrong = known.split(" ")[0] + " " + Files.readString(Path.of(other + ".pub"));
        Files.writeString(server.knownHosts(), wrong);
        assertFails("host key");
        List<String> careless = new ArrayList<>(server.options());
        careless.add("StrictHostKeyChecking=no");
        String told = assertThrows(
                        MachineException.class, () -> new SshMachine(server.address(), careless, null).version())
                .getMessage();
        assertTrue(told.contains("host key"), told);
    }

    @Test
    void aKeyThatIsNotAcceptedIsTold() {
        List<String> options = new ArrayList<>(server.options());
        options.set(0, "IdentityFile=/nowhere");
        String told = assertThrows(
                        MachineException.class, () -> new SshMachine(server.address(), options, null).version())
                .getMessage();
        assertTrue(told.contains("accepts none of your keys"), told);
    }

    @Test
    void addressesAreChecked() {
        assertEquals(new SshAddress("me@orin", 0), SshAddress.parse("me@orin"));
        assertEquals(new SshAddress("orin.local", 2222), SshAddress.parse("orin.local:2222"));
        assertEquals(new SshAddress("me@::1", 22), SshAddress.parse("me@[::1]:22"));
        for (String bad :
                List.of("-oProxyCommand=x", "a b", "me@$(x)", "me@-x", "", "orin:0", "orin:65536", "orin:99999")) {
            assertThrows(IllegalArgumentException.class, () -> SshAddress.parse(bad), bad);
        }
    }

    private void assertFails(String message) {
        String told = assertThrows(MachineException.class, () -> build(Duration.ofSeconds(30)))
                .getMessage();
        assertTrue(told.contains(message), told);
    }
}
