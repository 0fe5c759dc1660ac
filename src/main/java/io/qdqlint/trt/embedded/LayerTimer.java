package io.qdqlint.trt.embedded;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.bytedeco.tensorrt.nvinfer.IProfiler;

/**
 * A C++ object of TensorRT's class IProfiler, made by hand: JavaCPP can call one, but not be one. The layout is that of the
 * Itanium C++ ABI, which all compilers on Linux follow: the object begins with the address of its table of virtual
 * functions, here reportLayerTime and the two destructors, and before the table lie two words that are read for casts only.
 */
final class LayerTimer {
    private static final int BEFORE_TABLE = 2;

    /** {@code void reportLayerTime(char const* layerName, float ms)}. */
    interface Report extends Callback {
        void invoke(Pointer self, Pointer layer, float millis);
    }

    /** A destructor that has nothing to do. */
    interface Destroy extends Callback {
        void invoke(Pointer self);
    }

    // Kept from the garbage collector, which does not see that TensorRT has their addresses.
    private final Report report;
    private final Destroy destroy = self -> {};
    private final Memory table = new Memory(5L * Native.POINTER_SIZE);
    private final Memory object = new Memory(Native.POINTER_SIZE);

    LayerTimer(LayerTimes into) {
        report = (self, layer, millis) -> into.add(layer.getString(0, "UTF-8"), millis);
        table.clear();
        put(0, report);
        put(1, destroy);
        put(2, destroy);
        object.setPointer(0, table.share((long) BEFORE_TABLE * Native.POINTER_SIZE));
    }

    private void put(int index, Callback function) {
        table.setPointer(
                (long) (BEFORE_TABLE + index) * Native.POINTER_SIZE, CallbackReference.getFunctionPointer(function));
    }

    IProfiler profiler() {
        return new IProfiler(new Address(object));
    }

    /** The C++ object. */
    Pointer object() {
        return object;
    }
}
