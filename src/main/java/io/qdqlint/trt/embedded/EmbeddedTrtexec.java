package io.qdqlint.trt.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Builds, inspects, times and profiles an engine with TensorRT in this process: trtexec's options, log and files. It is a
 * process of its own because TensorRT ends the process it lives in when it meets something it does not expect, and because
 * a build can be stopped in no other way.
 */
public final class EmbeddedTrtexec {
    /** Begins an error that says nothing of the model. */
    private static final String CANNOT = "cannot run: ";

    /** What a process that SIGTERM ends has for a status. */
    private static final int ENDED = 143;

    private EmbeddedTrtexec() {}

    public static void main(String[] args) {
        // TensorRT's libraries may crash when they tidy up after a build that is still running.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> NativeTensorRt.exit(ENDED)));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int status = run(args, out, NativeTensorRt::new);
        out.flush();
        NativeTensorRt.exit(status);
    }

    /** Does what the options say; returns the exit status. */
    static int run(String[] args, PrintStream out, Function<MessageLog, TensorRt> tensorRts) {
        MessageLog log = new MessageLog(out, Arrays.asList(args).contains("--verbose"));
        TensorRt tensorRt = tensorRts.apply(log);
        boolean begun = false;
        boolean passed = false;
        try {
            BuildOptions options = BuildOptions.parse(args);
            String device = tensorRt.start(options.device());
            log.mark("RUNNING", tensorRt.version(), args);
            begun = true;
            if (!options.has("--help")) {
                log.info("Selected Device: " + device);
                build(tensorRt, options, log);
                measure(tensorRt.inference(options), options, log);
            }
            passed = true;
        } catch (TensorRtFailure e) {
            log.error(e.isOfModel() ? e.getMessage() : CANNOT + e.getMessage());
        } catch (IOException e) {
            log.error(CANNOT + "cannot write " + e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            // What TensorRT's C++ throws arrives so. Without a line in the log the process would seem to have been
            // ended.
            log.error(CANNOT + e);
        }
        if (begun) {
            log.mark(passed ? "PASSED" : "FAILED", tensorRt.version(), args);
        }
        return passed ? 0 : 1;
    }

    private static void build(TensorRt tensorRt, BuildOptions options, MessageLog log) throws TensorRtFailure {
        log.info("Start parsing network model.");
        tensorRt.parse(options);
        log.info("Finished parsing network model.");
        long start = System.nanoTime();
        tensorRt.build(options);
        log.info(String.format(Locale.ROOT, "Engine built in %.3f sec.", (System.nanoTime() - start) / 1e9));
    }

    private static void measure(TensorRt.Inference inference, BuildOptions options, MessageLog log)
            throws TensorRtFailure, IOException {
        Optional<Path> layers = options.file("--exportLayerInfo");
        if (layers.isPresent()) {
            Files.writeString(layers.get(), inference.layers());
        }
        log.info("Starting inference");
        List<TensorRt.Query> queries = Stopwatch.run(inference, options);
        log.info(String.format(
                Locale.ROOT,
                "Timing trace has %d queries over %.3f s",
                queries.size(),
                (queries.get(queries.size() - 1).computeEnd() - queries.get(0).computeStart()) / 1000));
        Optional<Path> times = options.file("--exportTimes");
        if (times.isPresent()) {
            Stopwatch.write(queries, times.get());
        }
        Optional<Path> profile = options.file("--exportProfile");
        if (profile.isPresent()) {
            LayerTimes layerTimes = new LayerTimes();
            inference.profile(layerTimes);
            Stopwatch.run(inference, options);
            log.info("Profile has " + layerTimes.queries() + " queries");
            layerTimes.write(profile.get());
        }
    }
}
