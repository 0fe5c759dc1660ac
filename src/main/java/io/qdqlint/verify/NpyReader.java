package io.qdqlint.verify;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads NumPy's .npy files (format 1 to 3), little endian and in C order, as {@code numpy.save} writes them. */
final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DTYPE = Pattern.compile("'descr':\\s*'([<|=])(\\w+)'");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

    private NpyReader() {}

    static Feed read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        if (all.length < 12 || !Arrays.equals(Arrays.copyOf(all, MAGIC.length), MAGIC)) {
            throw new IOException(file + " is not a .npy file");
        }
        int lengthBytes = all[6] == 1 ? 2 : 4;
        int length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length |= (all[8 + i] & 0xFF) << 8 * i;
        }
        int start = 8 + lengthBytes + length;
        if (length < 0 || start < 0 || start > all.length) {
            throw new IOException(file + " is cut short");
        }
        String header = new String(all, 8 + lengthBytes, length, StandardCharsets.UTF_8);
        Matcher dtype = DTYPE.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!dtype.find() || !shape.find() || header.contains("'fortran_order': True")) {
            throw new IOException(
                    file + " is not a little-endian array in C order; save it with numpy.ascontiguousarray");
        }
        DataType type = switch (dtype.group(2)) {
            case "f4" -> DataType.FLOAT;
            case "f8" -> DataType.DOUBLE;
            case "f2" -> DataType.FLOAT16;
            case "i1" -> DataType.INT8;
            case "u1" -> DataType.UINT8;
            case "i2" -> DataType.INT16;
            case "i4" -> DataType.INT32;
            case "i8" -> DataType.INT64;
            case "b1" -> DataType.BOOL;
            default -> throw new IOException(file + " holds " + dtype.group(2) + ", a type that no model reads");
        };
        long[] sizes = Arrays.stream(shape.group(1).split(","))
                .map(String::strip)
                .filter(s -> s.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .toArray();
        byte[] data = Arrays.copyOfRange(all, start, all.length);
        if (data.length != type.bytes(Shape.of(sizes).elements())) {
            throw new IOException(file + " is cut short");
        }
        return new Feed(type, sizes, data);
    }
}
