package io.qdqlint.trt;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Element type of a tensor in an engine. */
public enum Precision {
    FP32(4),
    FP16(2),
    BF16(2),
    FP8(1),
    INT8(1),
    UINT8(1),
    INT4(0.5),
    FP4(0.5),
    INT32(4),
    INT64(8),
    BOOL(1),
    UNKNOWN(0);

    /** A word that names a type, in the phrases of TensorRT 8.4 to 11 and in the names of its API. */
    private static final Pattern WORD = Pattern.compile(
            "\\b(?:k)?(fp32|float32|float|fp16|float16|half|bf16|bfloat16|fp8\\w*|float8\\w*|fp4\\w*|float4\\w*"
                    + "|uint8|int8|int4|int32|int64|bool)\\b");

    /** The operands of a kernel and what it adds up in: {@code _i8i32_}, {@code _f16f32_}. */
    private static final Pattern KERNEL = Pattern.compile("_(i8|f16|bf16|e4m3|t?f32)(?:i32|f16|f32)_");

    private final double bytes;

    Precision(double bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element; 0 when the type is not known. */
    public double bytes() {
        return bytes;
    }

    /** INT8, FP8, INT4 or FP4. */
    public boolean isQuantized() {
        return this == INT8 || this == UINT8 || this == FP8 || this == INT4 || this == FP4;
    }

    /** The word that {@link io.qdqlint.forecast.Forecast.Layer#precision()} uses: {@code int8}, {@code fp16}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type that a format phrase such as {@code Channel major FP16 format where channel % 8 == 0}, or a type word such
     * as {@code Half}, speaks of.
     */
    public static Precision of(String phrase) {
        Matcher m = WORD.matcher(phrase.toLowerCase(Locale.ROOT));
        return m.find() ? ofWord(m.group(1)) : UNKNOWN;
    }

    /** The type that a kernel of TensorRT's reads, where its name has it twice, as {@code xmma_gemm_i8f32_i8i32_f32} has: {@code i8i32}. */
    static Precision ofKernel(String name) {
        Matcher m = KERNEL.matcher(name.toLowerCase(Locale.ROOT));
        if (!m.find()) {
            return UNKNOWN;
        }
        return switch (m.group(1)) {
            case "i8" -> INT8;
            case "e4m3" -> FP8;
            case "f16" -> FP16;
            case "bf16" -> BF16;
            default -> FP32;
        };
    }

    private static Precision ofWord(String word) {
        return switch (word) {
            case "fp32", "float32", "float" -> FP32;
            case "fp16", "float16", "half" -> FP16;
            case "bf16", "bfloat16" -> BF16;
            case "uint8" -> UINT8;
            case "int8" -> INT8;
            case "int4" -> INT4;
            case "int32" -> INT32;
            case "int64" -> INT64;
            case "bool" -> BOOL;
            default -> word.contains("8") ? FP8 : FP4;
        };
    }
}
