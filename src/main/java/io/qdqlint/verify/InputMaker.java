package io.qdqlint.verify;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Graph;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Inputs for a model: given ones, else random ones that repeat with the seed. Floating-point inputs are normally
 * distributed; where a quantizer reads one, over its range and not beyond it.
 */
final class InputMaker {
    /** Size of an open dimension other than the batch, which is 1. */
    private static final int OPEN = 64;

    /** Integers are indices and tokens more often than numbers: small ones are in every vocabulary. */
    private static final int INTEGERS = 8;

    /** Standard deviations that a calibrated range covers: the largest of a few million numbers are five away. */
    private static final double SIGMAS = 5;

    /** Half a gigabyte of FP32. */
    private static final long LARGEST = 1L << 27;

    private final Graph graph;
    private final Map<String, Path> given;

    InputMaker(Graph graph, Map<String, Path> given) {
        this.graph = graph;
        this.given = given;
    }

    /** The inputs of one run. */
    Map<String, Feed> make(long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, Feed> feeds = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            Path file = given.get(input.name());
            feeds.put(input.name(), file == null ? random(input, random) : NpyReader.read(file));
        }
        return feeds;
    }

    /** Whether each run has the same inputs. */
    boolean allGiven() {
        return graph.inputs().stream().allMatch(i -> given.containsKey(i.name()));
    }

    /** The share of each given input that the quantizer reading it clips, where it clips any. */
    Map<String, Double> clipped(Map<String, Feed> feeds) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            QuantizerRange range = InputRanges.of(input).orElse(null);
            if (range != null && given.containsKey(input.name())) {
                double[] values = feeds.get(input.name()).doubles();
                long beyond =
                        Arrays.stream(values).filter(v -> !range.contains(v)).count();
                if (beyond > 0) {
                    shares.put(input.name(), (double) beyond / values.length);
                }
            }
        }
        return shares;
    }

    /** Why there are no random numbers for an input that was not given; empty if there are. */
    Optional<String> obstacle() {
        for (Value input : graph.inputs()) {
            long elements = Shape.of(sizes(input)).elements();
            if (given.containsKey(input.name())) {
                continue;
            }
            if (!isMade(input.type())) {
                return Optional.of("the input '" + input.name() + "' is of type "
                        + input.type().onnxName()
                        + ", for which qdqlint makes no random numbers; give it with --input");
            }
            if (elements < 0 || elements > LARGEST) {
                return Optional.of("the input '" + input.name()
                        + "' has too many elements for random numbers; give it with --input");
            }
        }
        return Optional.empty();
    }

    private static long[] sizes(Value input) {
        Shape shape = input.shape();
        long[] sizes = new long[shape == null ? 0 : shape.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.dim(i) >= 0 ? shape.dim(i) : i == 0 ? 1 : OPEN;
        }
        return sizes;
    }

    private static boolean isMade(DataType type) {
        return switch (type) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16, INT64, UINT64, INT32, UINT32, INT16, UINT16, INT8, UINT8, BOOL ->
                true;
            default -> false;
        };
    }

    private static Feed random(Value input, Random random) {
        long[] sizes = sizes(input);
        long elements = Shape.of(sizes).elements();
        DataType type = input.type();
        QuantizerRange range = InputRanges.of(input).orElse(null);
        ByteBuffer out =
                ByteBuffer.allocate(Math.toIntExact(type.bytes(elements))).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < elements; i++) {
            switch (type) {
                case FLOAT -> out.putFloat((float) number(range, random));
                case DOUBLE -> out.putDouble(number(range, random));
                case FLOAT16 -> out.putShort(half(number(range, random)));
                case BFLOAT16 -> out.putShort((short) (Float.floatToIntBits((float) number(range, random)) >>> 16));
                case INT64, UINT64 -> out.putLong(random.nextInt(INTEGERS));
                case INT32, UINT32 -> out.putInt(random.nextInt(INTEGERS));
                case INT16, UINT16 -> out.putShort((short) random.nextInt(INTEGERS));
                case INT8, UINT8 -> out.put((byte) random.nextInt(256));
                case BOOL -> out.put((byte) random.nextInt(2));
                default -> throw new IllegalStateException("no random " + type);
            }
        }
        return new Feed(type, sizes, out.array());
    }

    private static double number(QuantizerRange range, Random random) {
        double normal = random.nextGaussian();
        if (range == null) {
            return normal;
        }
        double middle = (range.low() + range.high()) / 2;
        double value = middle + normal * (range.high() - range.low()) / 2 / SIGMAS;
        return Math.min(range.high(), Math.max(range.low(), value));
    }

    /** The FP16 number next to it on the side of zero; smaller ones than 2^-14 are zero. */
    private static short half(double value) {
        int sign = value < 0 ? 0x8000 : 0;
        int exponent = Math.getExponent(value);
        if (exponent < -14) {
            return (short) sign;
        }
        if (exponent > 15) {
            return (short) (sign | 0x7BFF);
        }
        return (short) (sign | exponent + 15 << 10 | (int) Math.scalb(Math.abs(value), 10 - exponent) - 1024);
    }
}
