package io.qdqlint.onnx;

import java.nio.charset.StandardCharsets;

/**
 * Gives equal UTF-8 bytes the same String. Names make up most of a large model: each stands in the file once per producer,
 * consumer and value_info, and is kept here once, without garbage for the repetitions.
 */
final class StringTable {
    private String[] slots = new String[1 << 10];
    private int[] hashes = new int[1 << 10];
    private int used;

    /** The string of the first {@code length} bytes; malformed UTF-8 is decoded with replacement characters. */
    String get(byte[] bytes, int length) {
        if (length == 0) {
            return "";
        }
        int hash = 1;
        int signs = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
            signs |= bytes[i];
        }
        if (signs < 0) {
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
        hash *= 0x9E3779B9;
        int mask = slots.length - 1;
        int at = (hash >>> 16 ^ hash) & mask;
        while (slots[at] != null) {
            if (hashes[at] == hash && same(slots[at], bytes, length)) {
                return slots[at];
            }
            at = at + 1 & mask;
        }
        String made = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        slots[at] = made;
        hashes[at] = hash;
        if (++used * 2 > slots.length) {
            grow();
        }
        return made;
    }

    private static boolean same(String s, byte[] bytes, int length) {
        if (s.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (s.charAt(i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        String[] oldSlots = slots;
        int[] oldHashes = hashes;
        slots = new String[oldSlots.length * 2];
        hashes = new int[slots.length];
        int mask = slots.length - 1;
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != null) {
                int at = (oldHashes[i] >>> 16 ^ oldHashes[i]) & mask;
                while (slots[at] != null) {
                    at = at + 1 & mask;
                }
                slots[at] = oldSlots[i];
                hashes[at] = oldHashes[i];
            }
        }
    }
}
