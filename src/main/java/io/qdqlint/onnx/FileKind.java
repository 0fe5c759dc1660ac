package io.qdqlint.onnx;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Recognises files that users pass by mistake, so that the message says what they are. */
final class FileKind {
    /** Bytes from the start of the file that {@link #of} needs. */
    static final int HEAD = 512;

    private FileKind() {}

    /** A sentence that says what the file is and what to do; empty where the file is of no known kind. */
    static Optional<String> of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String said = null;
        if (text.startsWith("version https://git-lfs.github.com/spec/")) {
            said = "the file is a Git LFS pointer, not the model itself; run `git lfs pull` to get it";
        } else if (text.startsWith("TFL3", 4)) {
            said = "the file is a TensorFlow Lite model, not ONNX; convert it with tf2onnx first";
        } else if (text.startsWith("ORTM", 4)) {
            said = "the file is in ONNX Runtime's own .ort format; pass the .onnx file that it was made from";
        } else if (text.startsWith("PK\003\004")) {
            said = "the file is a zip archive (a PyTorch checkpoint is one); export the model to ONNX, or unpack it";
        } else if (text.startsWith("\037\213")
                || text.startsWith("\3757zXZ")
                || text.startsWith("BZh")
                || text.startsWith("(\265/\375")) {
            said = "the file is compressed; unpack it first";
        } else if (text.startsWith("\211PNG") || text.startsWith("\377\330\377") || text.startsWith("GIF8")) {
            said = "the file is a picture, not an ONNX model";
        } else if (text.startsWith("\211HDF")) {
            said = "the file is in HDF5 format (a Keras model is), not ONNX; convert it with tf2onnx first";
        } else if (text.startsWith("ftrt")) {
            said = "the file is a TensorRT engine; pass the ONNX model that it was built from";
        } else if (text.startsWith("%PDF")) {
            said = "the file is a PDF document, not an ONNX model";
        } else if (text.startsWith("\177ELF") || text.startsWith("MZ")) {
            said = "the file is a program or library, not an ONNX model";
        } else if (isText(head)) {
            said = ofText(text.stripLeading().toLowerCase(Locale.ROOT));
        }
        return Optional.ofNullable(said);
    }

    private static String ofText(String text) {
        if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml")) {
            return "the file is a web page, not an ONNX model; the download did not give the model itself";
        }
        if (text.contains("ir_version")) {
            return "the file is a model in text form; name it .onnxtxt if it is in ONNX's textual syntax";
        }
        return "the file is plain text, not an ONNX model";
    }

    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t' && b >= 0 || b == 0x7F) {
                return false;
            }
        }
        return head.length > 0;
    }
}
