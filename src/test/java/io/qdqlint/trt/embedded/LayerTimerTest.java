package io.qdqlint.trt.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.qdqlint.trt.EngineProfile;
import io.qdqlint.trt.EngineProfileReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTimerTest {
    @TempDir
    private Path folder;

    /** As a C++ compiler calls a virtual function: through the table whose address the object begins with. */
    private static void call(Pointer object, int function, Object... arguments) {
        Pointer table = object.getPointer(0);
        Object[] all = new Object[arguments.length + 1];
        all[0] = object;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Function.getFunction(table.getPointer((long) function * Native.POINTER_SIZE))
                .invokeVoid(all);
    }

    @Test
    void itIsCalledAsAnObjectOfCpp() throws IOException {
        LayerTimes times = new LayerTimes();
        Pointer object = new LayerTimer(times).object();
        for (int query = 0; query < 3; query++) {
            call(object, 0, "convolution", 1f + query);
            call(object, 0, "same name", 0.5f);
            call(object, 0, "same name", 0.25f);
        }
        call(object, 1);
        call(object, 2);
        Path file = folder.resolve("profile.json");
        times.write(file);
        EngineProfile profile = EngineProfileReader.read(file);
        assertEquals(3, profile.runs());
        assertEquals(3, profile.rows().size());
        assertEquals(2, profile.rows().get(0).averageMs());
        assertEquals(0.25, profile.rows().get(2).medianMs());
        assertEquals(3, times.queries());
    }
}
