package io.qdqlint.trt.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.jna.Function;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.qdqlint.trt.embedded.BuildOptions.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.NetworkDefinitionCreationFlag;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.global.nvinfer.ProfilingVerbosity;
import org.bytedeco.tensorrt.global.nvinfer_plugin;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;

/** TensorRT itself. Its objects live as long as the process. */
final class NativeTensorRt implements TensorRt {
    private static final int PARSER_WARNINGS = 2;

    private final MessageLog log;
    private Cuda cuda;
    private ILogger logger;
    private IBuilder builder;
    private INetworkDefinition network;
    private IParser parser;
    private ICudaEngine engine;

    NativeTensorRt(MessageLog log) {
        this.log = log;
    }

    /** Ends the process at once: libraries that tidy up at exit in any order must not change the status. */
    static void exit(int status) {
        Function.getFunction("c", "_exit").invoke(new Object[] {status});
    }

    /** Hands TensorRT's messages on; an object of a C++ class, so it is made after the libraries are loaded. */
    @SuppressFBWarnings(
            value = "EQ_DOESNT_OVERRIDE_EQUALS",
            justification = "pointers are equal if their addresses are")
    private static final class Logger extends ILogger {
        private final MessageLog log;

        Logger(MessageLog log) {
            this.log = log;
        }

        @Override
        public void log(Severity severity, String message) {
            log.tensorRt(severity.value, message);
        }
    }

    @Override
    public String start(int ordinal) throws TensorRtFailure {
        cuda = Cuda.select(ordinal);
        NativeLibraries.load();
        logger = new Logger(log);
        return cuda.name();
    }

    @Override
    public int version() {
        return nvinfer.getInferLibVersion();
    }

    @Override
    public void parse(BuildOptions options) throws TensorRtFailure {
        Path model = options.file("--onnx").orElseThrow(() -> new TensorRtFailure("--onnx=FILE is missing"));
        if (!nvinfer_plugin.initLibNvInferPlugins(logger, "")) {
            log.warning("TensorRT's own plugins cannot be used");
        }
        builder = made("builder", nvinfer.createInferBuilder(logger));
        int flags = options.has("--stronglyTyped") ? 1 << NetworkDefinitionCreationFlag.kSTRONGLY_TYPED.value : 0;
        network = made("network", builder.createNetworkV2(flags));
        parser = made("parser", nvonnxparser.createParser(network, logger));
        if (!parser.parseFromFile(model.toString(), PARSER_WARNINGS)) {
            throw TensorRtFailure.ofModel("Failed to parse onnx file");
        }
    }

    @Override
    public void build(BuildOptions options) throws TensorRtFailure {
        IBuilderConfig config = made("configuration", builder.createBuilderConfig());
        configure(config, options);
        shape(config, options);
        Optional<Path> cache = options.file("--timingCacheFile");
        if (cache.isPresent()) {
            readTimings(config, cache.get());
        }
        config.setProfileStream(Streams.of(cuda.stream()));
        IHostMemory plan = builder.buildSerializedNetwork(network, config);
        if (plan == null || plan.isNull()) {
            throw TensorRtFailure.ofModel("Engine could not be created from network");
        }
        if (cache.isPresent()) {
            writeTimings(config, cache.get());
        }
        engine = made("engine", nvinfer.createInferRuntime(logger).deserializeCudaEngine(plan.data(), plan.size()));
    }

    private void configure(IBuilderConfig config, BuildOptions options) throws TensorRtFailure {
        flag(config, options, "--fp16", BuilderFlag.kFP16);
        flag(config, options, "--bf16", BuilderFlag.kBF16);
        flag(config, options, "--int8", BuilderFlag.kINT8);
        flag(config, options, "--fp8", BuilderFlag.kFP8);
        if (options.has("--noTF32")) {
            config.clearFlag(BuilderFlag.kTF32);
        }
        if (options.has("--int8") && !DynamicRanges.explicit(network)) {
            DynamicRanges.set(network);
        }
        config.setProfilingVerbosity(
                switch (options.verbosity()) {
                    case DETAILED -> ProfilingVerbosity.kDETAILED;
                    case LAYER_NAMES_ONLY -> ProfilingVerbosity.kLAYER_NAMES_ONLY;
                    case NONE -> ProfilingVerbosity.kNONE;
                });
        options.number("--avgTiming").ifPresent(n -> config.setAvgTimingIterations(n.intValue()));
        options.number("--maxAuxStreams").ifPresent(n -> config.setMaxAuxStreams(n.intValue()));
        options.number("--builderOptimizationLevel").ifPresent(n -> config.setBuilderOptimizationLevel(n.intValue()));
        options.workspace().ifPresent(bytes -> config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, bytes));
    }

    private static void flag(IBuilderConfig config, BuildOptions options, String option, BuilderFlag flag) {
        if (options.has(option)) {
            config.setFlag(flag);
        }
    }

    /** Sets the shapes of inputs whose shape the model leaves open; an open dimension that is not given is 1. */
    private void shape(IBuilderConfig config, BuildOptions options) throws TensorRtFailure {
        Set<String> unmatched = options.shaped();
        IOptimizationProfile profile = builder.createOptimizationProfile();
        boolean open = false;
        for (int i = 0; i < network.getNbInputs(); i++) {
            ITensor input = network.getInput(i);
            String name = input.getName();
            unmatched.remove(name);
            if (input.isShapeTensor()) {
                throw new TensorRtFailure("input " + name
                        + " gives shapes of other tensors, which the embedded TensorRT cannot set; trtexec can");
            }
            long[] dims = Shapes.of(input.getDimensions());
            if (!Shapes.open(dims)) {
                continue;
            }
            open = true;
            for (Extent extent : Extent.values()) {
                Dims64 shape = Shapes.of(
                        Shapes.closed(name, dims, options.shape(name, extent).orElse(null)));
                if (!profile.setDimensions(name, OptProfileSelector.values()[extent.ordinal()], shape)) {
                    throw new TensorRtFailure("TensorRT refuses the shapes given for input " + name);
                }
            }
        }
        if (!unmatched.isEmpty()) {
            throw new TensorRtFailure("Cannot find input tensor with name " + String.join(", ", unmatched));
        }
        if (open && config.addOptimizationProfile(profile) < 0) {
            throw new TensorRtFailure("Error in add optimization profile");
        }
    }

    private static void readTimings(IBuilderConfig config, Path file) throws TensorRtFailure {
        try {
            byte[] known = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            Pointer blob = known.length == 0 ? new Pointer() : new BytePointer(known);
            ITimingCache cache = config.createTimingCache(blob, known.length);
            if (cache == null || cache.isNull() || !config.setTimingCache(cache, false)) {
                throw new TensorRtFailure("TensorRT cannot use the timing cache " + file);
            }
        } catch (IOException e) {
            throw new TensorRtFailure("the timing cache " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static void writeTimings(IBuilderConfig config, Path file) throws TensorRtFailure {
        IHostMemory timings = config.getTimingCache().serialize();
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            ByteBuffer bytes =
                    new BytePointer(timings.data()).capacity(timings.size()).asByteBuffer();
            try (FileChannel channel = FileChannel.open(next, CREATE, TRUNCATE_EXISTING, WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new TensorRtFailure("the timing cache " + file + " cannot be written: " + e.getMessage());
        }
    }

    @Override
    public Inference inference(BuildOptions options) throws TensorRtFailure {
        return new NativeInference(cuda, engine, options, log);
    }

    static <P extends Pointer> P made(String what, P pointer) throws TensorRtFailure {
        if (pointer == null || pointer.isNull()) {
            throw new TensorRtFailure("TensorRT makes no " + what);
        }
        return pointer;
    }
}
