package io.qdqlint.onnx;

import static io.qdqlint.ir.InvalidModelException.quote;

import io.qdqlint.ir.InvalidModelException;
import io.qdqlint.ir.Storage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code TensorProto.external_data}: the keys location, offset and length; others (checksum, basepath) are ignored. */
final class ExternalEntries {
    private String location = "";
    private long offset;
    private long length = -1;

    void put(String tensor, String key, String value) {
        switch (key) {
            case "location" -> location = value == null ? "" : value;
            case "offset" -> offset = number(tensor, key, value);
            case "length" -> length = number(tensor, key, value);
            default -> {}
        }
    }

    private static long number(String tensor, String key, String value) {
        try {
            long n = Long.parseLong(value == null ? "" : value.strip());
            if (n >= 0) {
                return n;
            }
        } catch (NumberFormatException e) {
            // reported below, like a negative number
        }
        throw new InvalidModelException("tensor " + quote(tensor) + " has the external-data " + key + " " + quote(value)
                + ", which is not a count of bytes; save the external data again");
    }

    Storage storage(String tensor) {
        if (location.isEmpty()) {
            throw new InvalidModelException("tensor " + quote(tensor)
                    + " is marked as external data but names no file; save the external data again");
        }
        if (!isPath(location)) {
            throw new InvalidModelException("tensor " + quote(tensor) + " is marked as external data in "
                    + quote(location) + ", which cannot be the name of a file; save the external data again");
        }
        return new Storage.External(location, offset, length);
    }

    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
