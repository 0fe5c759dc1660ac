package io.qdqlint.trt.embedded;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/** One GPU, through its driver. What is made here lives as long as the process. */
final class Cuda {
    private static final int NON_BLOCKING = 1;
    private static final int BLOCKING_SYNC = 1;
    private static final int CAPTURE_THREAD_LOCAL = 1;
    private static final int NAME_LENGTH = 256;

    private final String name;

    private Cuda(String name) {
        this.name = name;
    }

    /**
     * Makes a GPU the one this thread uses, with the context that TensorRT will use too.
     *
     * @throws TensorRtFailure without driver or GPU
     */
    static Cuda select(int ordinal) throws TensorRtFailure {
        try {
            CudaDriver.load();
        } catch (UnsatisfiedLinkError e) {
            throw new TensorRtFailure("there is no NVIDIA driver: " + reason(e));
        }
        check("cuInit", CudaDriver.cuInit(0));
        IntByReference number = new IntByReference();
        check("cuDeviceGetCount", CudaDriver.cuDeviceGetCount(number));
        if (ordinal < 0 || ordinal >= number.getValue()) {
            throw new TensorRtFailure("there is no GPU " + ordinal + "; the driver has " + number.getValue()
                    + ", counted from 0 (--device)");
        }
        check("cuDeviceGet", CudaDriver.cuDeviceGet(number, ordinal));
        byte[] name = new byte[NAME_LENGTH];
        check("cuDeviceGetName", CudaDriver.cuDeviceGetName(name, name.length, number.getValue()));
        PointerByReference context = new PointerByReference();
        check("cuDevicePrimaryCtxRetain", CudaDriver.cuDevicePrimaryCtxRetain(context, number.getValue()));
        check("cuCtxSetCurrent", CudaDriver.cuCtxSetCurrent(context.getValue()));
        return new Cuda(Native.toString(name, "UTF-8"));
    }

    /** JNA's message without its first line, which only gives the name. */
    private static String reason(UnsatisfiedLinkError e) {
        return e.getMessage().lines().skip(1).findFirst().orElse(e.getMessage());
    }

    /** The GPU's name. */
    String name() {
        return name;
    }

    /** Memory on the GPU, with {@code data} in it or zeros. */
    long allocate(long size, byte[] data) throws TensorRtFailure {
        LongByReference address = new LongByReference();
        check("cuMemAlloc of " + size + " bytes", CudaDriver.cuMemAlloc_v2(address, Math.max(1, size)));
        if (data == null) {
            check("cuMemsetD8", CudaDriver.cuMemsetD8_v2(address.getValue(), (byte) 0, Math.max(1, size)));
        } else {
            check("cuMemcpyHtoD", CudaDriver.cuMemcpyHtoD_v2(address.getValue(), data, data.length));
        }
        check("cuCtxSynchronize", CudaDriver.cuCtxSynchronize());
        return address.getValue();
    }

    Pointer stream() throws TensorRtFailure {
        PointerByReference out = new PointerByReference();
        check("cuStreamCreate", CudaDriver.cuStreamCreate(out, NON_BLOCKING));
        return out.getValue();
    }

    void synchronize(Pointer stream) throws TensorRtFailure {
        check("cuStreamSynchronize", CudaDriver.cuStreamSynchronize(stream));
    }

    /** An event; waiting for it burns the processor's time if {@code spin}, which is noticed sooner. */
    Pointer event(boolean spin) throws TensorRtFailure {
        PointerByReference out = new PointerByReference();
        check("cuEventCreate", CudaDriver.cuEventCreate(out, spin ? 0 : BLOCKING_SYNC));
        return out.getValue();
    }

    void record(Pointer event, Pointer stream) throws TensorRtFailure {
        check("cuEventRecord", CudaDriver.cuEventRecord(event, stream));
    }

    void await(Pointer event) throws TensorRtFailure {
        check("cuEventSynchronize", CudaDriver.cuEventSynchronize(event));
    }

    double millis(Pointer from, Pointer to) throws TensorRtFailure {
        FloatByReference out = new FloatByReference();
        check("cuEventElapsedTime", CudaDriver.cuEventElapsedTime(out, from, to));
        return out.getValue();
    }

    /** Work that is enqueued on a stream. */
    interface Work {
        boolean enqueue() throws TensorRtFailure;
    }

    /** The work as a graph that is launched at once; empty if it does what graphs cannot. */
    Optional<Pointer> capture(Pointer stream, Work work) throws TensorRtFailure {
        check("cuStreamBeginCapture", CudaDriver.cuStreamBeginCapture_v2(stream, CAPTURE_THREAD_LOCAL));
        boolean enqueued = work.enqueue();
        PointerByReference graph = new PointerByReference();
        int ended = CudaDriver.cuStreamEndCapture(stream, graph);
        if (!enqueued || ended != 0) {
            return Optional.empty();
        }
        PointerByReference executable = new PointerByReference();
        int made = CudaDriver.cuGraphInstantiateWithFlags(executable, graph.getValue(), 0);
        CudaDriver.cuGraphDestroy(graph.getValue());
        return made == 0 ? Optional.of(executable.getValue()) : Optional.empty();
    }

    void launch(Pointer graph, Pointer stream) throws TensorRtFailure {
        check("cuGraphLaunch", CudaDriver.cuGraphLaunch(graph, stream));
    }

    void discard(Pointer graph) throws TensorRtFailure {
        check("cuGraphExecDestroy", CudaDriver.cuGraphExecDestroy(graph));
    }

    private static void check(String what, int result) throws TensorRtFailure {
        if (result == 0) {
            return;
        }
        PointerByReference name = new PointerByReference();
        PointerByReference text = new PointerByReference();
        boolean known = CudaDriver.cuGetErrorName(result, name) == 0 && CudaDriver.cuGetErrorString(result, text) == 0;
        throw new TensorRtFailure(what + " failed: "
                + (known
                        ? name.getValue().getString(0) + " (" + text.getValue().getString(0) + ")"
                        : "error " + result));
    }
}
