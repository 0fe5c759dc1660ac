package io.qdqlint.trt.embedded;

import com.sun.jna.Pointer;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer.LayerInformationFormat;
import org.bytedeco.tensorrt.global.nvinfer.TensorIOMode;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IEngineInspector;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/** Queries on random inputs, as a CUDA graph where that is requested and possible. */
final class NativeInference implements TensorRt.Inference {
    private static final int SLOTS = 2;

    private final Cuda cuda;
    private final ICudaEngine engine;
    private final MessageLog log;
    private final boolean asGraph;
    private final IExecutionContext context;
    private final Pointer stream;
    private final CUstream_st computing;
    private final Pointer origin;
    private final long hostOrigin;
    private final Pointer[] started = new Pointer[SLOTS];
    private final Pointer[] ended = new Pointer[SLOTS];
    private final double[] enqueueStart = new double[SLOTS];
    private final double[] enqueueEnd = new double[SLOTS];
    private Pointer graph;
    private LayerTimer timer;

    NativeInference(Cuda cuda, ICudaEngine engine, BuildOptions options, MessageLog log) throws TensorRtFailure {
        this.cuda = cuda;
        this.engine = engine;
        this.log = log;
        asGraph = options.has("--useCudaGraph");
        context = NativeTensorRt.made("execution context", engine.createExecutionContext());
        stream = cuda.stream();
        computing = Streams.of(stream);
        bind(options);
        boolean spin = options.has("--useSpinWait");
        for (int i = 0; i < SLOTS; i++) {
            started[i] = cuda.event(spin);
            ended[i] = cuda.event(spin);
        }
        prepare();
        origin = cuda.event(spin);
        cuda.record(origin, stream);
        cuda.await(origin);
        hostOrigin = System.nanoTime();
    }

    /** Gives each input and output its memory. */
    private void bind(BuildOptions options) throws TensorRtFailure {
        for (int i = 0; i < engine.getNbIOTensors(); i++) {
            String name = engine.getIOTensorName(i);
            if (engine.getTensorIOMode(name).value == TensorIOMode.kINPUT.value) {
                long[] dims = Shapes.of(engine.getTensorShape(name));
                if (Shapes.open(dims)) {
                    dims = Shapes.closed(name, dims, options.shape(name).orElse(null));
                    if (!context.setInputShape(name, Shapes.of(dims))) {
                        throw new TensorRtFailure("TensorRT refuses the shape given for input " + name);
                    }
                }
                long volume = Shapes.volume(
                        dims, engine.getTensorVectorizedDim(name), engine.getTensorComponentsPerElement(name));
                bind(name, volume, engine.getTensorDataType(name).value);
            }
        }
        for (int i = 0; i < engine.getNbIOTensors(); i++) {
            String name = engine.getIOTensorName(i);
            if (engine.getTensorIOMode(name).value == TensorIOMode.kOUTPUT.value) {
                address(name, cuda.allocate(context.getMaxOutputSize(name), null));
            }
        }
    }

    private void bind(String name, long volume, int type) throws TensorRtFailure {
        Optional<byte[]> data = Inputs.random(volume, type, new Random(name.hashCode()));
        address(name, cuda.allocate(volume * Inputs.bytes(type), data.orElse(null)));
    }

    private void address(String name, long at) throws TensorRtFailure {
        if (!context.setTensorAddress(name, new Address(at))) {
            throw new TensorRtFailure("TensorRT refuses the memory for " + name);
        }
    }

    /** Runs once, as the first run does work that later ones do not, then records the graph. */
    private void prepare() throws TensorRtFailure {
        if (graph != null) {
            cuda.discard(graph);
            graph = null;
        }
        enqueue();
        cuda.synchronize(stream);
        if (asGraph) {
            graph = cuda.capture(stream, () -> context.enqueueV3(computing)).orElse(null);
            if (graph == null) {
                log.warning("CUDA graphs cannot run this engine; it runs without them");
            }
        }
    }

    private void enqueue() throws TensorRtFailure {
        if (graph != null) {
            cuda.launch(graph, stream);
        } else if (!context.enqueueV3(computing)) {
            throw new TensorRtFailure("Inference enqueue failed.");
        }
        if (timer != null && !context.reportToProfiler()) {
            throw new TensorRtFailure("TensorRT reported no layer times");
        }
    }

    @Override
    public String layers() {
        IEngineInspector inspector = engine.createEngineInspector();
        inspector.setExecutionContext(context);
        BytePointer json = inspector.getEngineInformation(LayerInformationFormat.kJSON.value);
        return json.getString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void enqueue(int slot) throws TensorRtFailure {
        enqueueStart[slot] = hostMillis();
        cuda.record(started[slot], stream);
        enqueue();
        cuda.record(ended[slot], stream);
        enqueueEnd[slot] = hostMillis();
    }

    @Override
    public TensorRt.Query finish(int slot) throws TensorRtFailure {
        cuda.await(ended[slot]);
        return new TensorRt.Query(
                enqueueStart[slot],
                enqueueEnd[slot],
                cuda.millis(origin, started[slot]),
                cuda.millis(origin, ended[slot]));
    }

    @Override
    public void profile(LayerTimes into) throws TensorRtFailure {
        cuda.synchronize(stream);
        timer = new LayerTimer(into);
        context.setProfiler(timer.profiler());
        // reportToProfiler requests it, as no graph may be captured otherwise.
        context.setEnqueueEmitsProfile(false);
        prepare();
        into.clear();
    }

    private double hostMillis() {
        return (System.nanoTime() - hostOrigin) / 1e6;
    }
}
