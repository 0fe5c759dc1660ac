package io.qdqlint.trt.embedded;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** The functions of the NVIDIA driver that are called, under their own names. Each returns 0 or a CUresult. */
final class CudaDriver {
    private CudaDriver() {}

    /**
     * Loads the driver's library.
     *
     * @throws UnsatisfiedLinkError where there is none
     */
    static void load() {
        Native.register(CudaDriver.class, NativeLibrary.getInstance("libcuda.so.1"));
    }

    static native int cuInit(int flags);

    static native int cuGetErrorName(int error, PointerByReference name);

    static native int cuGetErrorString(int error, PointerByReference text);

    static native int cuDeviceGetCount(IntByReference count);

    static native int cuDeviceGet(IntByReference device, int ordinal);

    static native int cuDeviceGetName(byte[] name, int length, int device);

    static native int cuDevicePrimaryCtxRetain(PointerByReference context, int device);

    static native int cuCtxSetCurrent(Pointer context);

    static native int cuCtxSynchronize();

    static native int cuMemAlloc_v2(LongByReference address, long size);

    static native int cuMemsetD8_v2(long address, byte value, long size);

    static native int cuMemcpyHtoD_v2(long to, byte[] from, long size);

    static native int cuStreamCreate(PointerByReference stream, int flags);

    static native int cuStreamSynchronize(Pointer stream);

    static native int cuEventCreate(PointerByReference event, int flags);

    static native int cuEventRecord(Pointer event, Pointer stream);

    static native int cuEventSynchronize(Pointer event);

    static native int cuEventElapsedTime(FloatByReference millis, Pointer from, Pointer to);

    static native int cuStreamBeginCapture_v2(Pointer stream, int mode);

    static native int cuStreamEndCapture(Pointer stream, PointerByReference graph);

    static native int cuGraphInstantiateWithFlags(PointerByReference executable, Pointer graph, long flags);

    static native int cuGraphLaunch(Pointer executable, Pointer stream);

    static native int cuGraphExecDestroy(Pointer executable);

    static native int cuGraphDestroy(Pointer graph);
}
