package io.qdqlint.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationReaderTest {
    @TempDir
    Path folder;

    private Calibration read(String content) throws IOException {
        return CalibrationReader.read(Files.writeString(folder.resolve("ranges"), content));
    }

    @Test
    void tensorrtCacheHoldsTheBitsOfScales() throws IOException {
        Calibration c = read("TRT-8601-EntropyCalibration2\nimages: 3c010204\n/model.0/conv: out: 3f800000\n");
        assertEquals(1.0, c.magnitude("images").orElseThrow(), 1e-6);
        assertEquals(127.0, c.magnitude("/model.0/conv: out").orElseThrow());
    }

    @Test
    void jsonHoldsMagnitudesOrBounds() throws IOException {
        Calibration c = read("""
                {"a": 2.5, "b": [-3, 1], "c": {"amax": 4}, "d": {"min": -1, "max": 0.5}}""");
        assertEquals(2.5, c.magnitude("a").orElseThrow());
        assertEquals(3, c.magnitude("b").orElseThrow());
        assertEquals(4, c.magnitude("c").orElseThrow());
        assertEquals(1, c.magnitude("d").orElseThrow());
    }

    @Test
    void onnxruntimeJson() throws IOException {
        Calibration c = read("""
                {"CLS": "TensorsData", "calibration_method": {"CLS": "CalibrationMethod", "value": "MinMax"},
                 "data": {"x": {"CLS": "TensorData",
                    "lowest": {"data": [-2.0], "dtype": "float32", "CLS": "numpy.array"},
                    "highest": {"data": 1.5, "dtype": "float32", "CLS": "numpy.array"}}}}""");
        assertEquals(2, c.magnitude("x").orElseThrow());
    }

    @Test
    void onnxruntimeText() throws IOException {
        assertEquals(1.25, read("conv out 1.25\n").magnitude("conv out").orElseThrow());
    }

    @Test
    void zeroAndInfinityAreNoRanges() throws IOException {
        Calibration c = read("a 0\nb Infinity\n");
        assertTrue(c.magnitude("a").isEmpty());
        assertTrue(c.magnitude("b").isEmpty());
        assertTrue(c.magnitude("missing").isEmpty());
    }

    @Test
    void othersAreRefusedWithTheReason() {
        assertTrue(assertThrows(IOException.class, () -> read("hello"))
                .getMessage()
                .contains("'hello'"));
        assertTrue(assertThrows(IOException.class, () -> read("{\"a\": {}}"))
                .getMessage()
                .contains("'a'"));
        assertTrue(assertThrows(IOException.class, () -> read("{")).getMessage().contains("JSON"));
    }

    @Test
    void jsonThatIsNestedTooDeepIsRefused() {
        String deep = "{\"a\": " + "[".repeat(5000) + "1" + "]".repeat(5000) + "}";
        String message = assertThrows(IOException.class, () -> read(deep)).getMessage();
        assertTrue(message.contains("nested too deep"), message);
    }

    @Test
    void aFileWithoutRangesIsRefused() {
        for (String empty : new String[] {
            "", "\n \n", "\ufeff", "{}", "{\"data\": {}}", "TRT-8600-MinMaxCalibration", "TRT-8600-M\n"
        }) {
            String message =
                    assertThrows(IOException.class, () -> read(empty), empty).getMessage();
            assertTrue(message.contains("is empty") || message.contains("holds no range"), message);
        }
    }

    @Test
    void aBinaryFileIsNamedAsSuch() throws IOException {
        byte[][] files = {{12, 0, 0, 0, 'x', ' ', '1'}, {'x', ' ', (byte) 0xff, '1'}, "x 1".getBytes("UTF-16")};
        for (byte[] bytes : files) {
            Path file = Files.write(folder.resolve("calibration.flatbuffers"), bytes);
            String message = assertThrows(IOException.class, () -> CalibrationReader.read(file))
                    .getMessage();
            assertTrue(message.contains("binary") && message.contains("calibration.json"), message);
        }
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertEquals(2, read("\ufeff{\"a\": 2}").magnitude("a").orElseThrow());
    }

    @Test
    void aMessageShowsTheStartOfALongLine() {
        String message =
                assertThrows(IOException.class, () -> read("x".repeat(5000))).getMessage();
        assertTrue(message.length() < 300, message);
    }
}
