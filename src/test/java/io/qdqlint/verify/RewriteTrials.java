package io.qdqlint.verify;

import static io.qdqlint.onnx.TextModel.by;

import io.qdqlint.ir.Model;
import io.qdqlint.rewrite.Bypass;
import io.qdqlint.rewrite.DequantizeFirst;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.FoldClip;
import io.qdqlint.rewrite.FoldConstant;
import io.qdqlint.rewrite.GemmAsConv;
import io.qdqlint.rewrite.LeaveInFloat;
import io.qdqlint.rewrite.MakeSymmetric;
import io.qdqlint.rewrite.MatchZeroPoint;
import io.qdqlint.rewrite.MovePair;
import io.qdqlint.rewrite.QuantizeInput;
import io.qdqlint.rewrite.QuantizeOutput;
import io.qdqlint.rewrite.QuantizeWeight;
import io.qdqlint.rewrite.RemovePair;
import io.qdqlint.rewrite.RepairScale;
import io.qdqlint.rewrite.Rewrite;
import io.qdqlint.rewrite.SetAxis;
import io.qdqlint.rewrite.SetWindow;
import io.qdqlint.rewrite.Together;
import io.qdqlint.rewrite.UnifyScales;
import io.qdqlint.verify.RandomSubject.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random networks for each rewrite, in which it has something to do. */
final class RewriteTrials {
    private static final String RULE = "QDQ001";
    private static final String TURN = "perm = [0, 1, 3, 2]";

    private RewriteTrials() {}

    /**
     * A network and what is done to it.
     *
     * @param wanted a network that computes what the given one has to compute afterwards; mostly the given one
     * @param ranges what a calibration file would say
     * @param gain the largest difference of an output, in bounds that the rewrite states
     */
    record Trial(
            String given,
            String wanted,
            Map<String, Double> ranges,
            double gain,
            Function<Model, List<Rewrite>> rewrites) {
        Trial(RandomSubject in, double gain, Function<Model, List<Rewrite>> rewrites) {
            this(in.text(), in.text(), Map.of(), gain, rewrites);
        }
    }

    /** A tensor through a quantizer "q" and "d", which others read too, now and then by its codes. */
    private static Parameters pair(RandomSubject in, String tensor) {
        return pair(in, tensor, in.parameters());
    }

    private static Parameters pair(RandomSubject in, String tensor, Parameters p) {
        in.quantize("q", tensor, p);
        in.dequantize(
                "d",
                "q",
                in.chance(8)
                        ? in.parameters(p.type(), in.step(true), p.zero())
                        : in.chance(8) ? in.parameters(p.type(), p.step(), p.zero() / 2 + 9) : p);
        if (in.chance(3)) {
            in.readCodes("q", p);
        }
        if (in.chance(3)) {
            in.read(tensor);
        }
        return p;
    }

    static Trial removePair(RandomSubject in) {
        Parameters p = pair(in, in.source());
        // Where the second pair stays, it rounds the difference once more.
        boolean two = in.chance(3);
        in.read("d");
        Parameters next = in.symmetric(true);
        if (two) {
            in.dequantize("d2", in.quantize("q2", "d", next), next);
            in.read("d2");
        }
        return new Trial(in, two ? 1 + 2 * next.step() / p.step() : 1, m -> {
            List<Rewrite> all = new ArrayList<>();
            all.add(new RemovePair(RULE, by(m, "q"), by(m, "q"), by(m, "d"), Exactness.CHANGES_NUMERICS));
            if (two) {
                all.add(new RemovePair(RULE, by(m, "q2"), by(m, "q2"), by(m, "d2"), Exactness.CHANGES_NUMERICS));
            }
            return all;
        });
    }

    static Trial bypass(RandomSubject in) {
        Parameters p = in.parameters();
        in.quantize("q", in.source(), p);
        if (in.chance(2)) {
            in.named("c", "Identity", "", "q");
        } else {
            in.named("c", "Cast", "to = " + (p.type().equals("int8") ? 3 : 2), "q");
        }
        in.read(in.dequantize("d", "c", p));
        in.readCodes("c", p);
        return new Trial(in, 0, m -> List.of(new Bypass(RULE, by(m, "c"), by(m, "c"))));
    }

    /** Past Relu to the bit; past others the difference is that of the old rounding and that of the new one. */
    static Trial movePair(RandomSubject in) {
        boolean relu = in.chance(3);
        String op = relu ? "Relu" : in.chance(2) ? "Tanh" : "Elu";
        Exactness exactness = relu ? Exactness.EXACT : Exactness.CHANGES_NUMERICS;
        boolean up = in.chance(3);
        String source = in.source();
        // A step with which the range ends within that of the activation function, or any.
        Parameters p = in.chance(2) ? in.parameters() : in.parameters("int8", 0.003 + in.random.nextDouble() / 500, 0);
        if (up) {
            in.dequantize("d", in.quantize("q", in.named("n", op, "", source), p), p);
            if (in.chance(3)) {
                in.read("n");
            }
            in.read("d");
        } else {
            in.dequantize(
                    "d",
                    in.quantize("q", source, p),
                    in.chance(8) ? in.parameters(p.type(), in.step(true), p.zero()) : p);
            in.named("n", op, "", "d");
            in.read("n");
            if (in.chance(4)) {
                in.read("d");
            }
            if (in.chance(4)) {
                in.readCodes("q", p);
            }
        }
        return new Trial(
                in, 2, m -> List.of(new MovePair(RULE, by(m, "n"), by(m, "q"), by(m, "d"), by(m, "n"), exactness)));
    }

    /** The quantizer to take the scale from, or null for the calibration file: of the tensor itself, or of another. */
    private static String like(RandomSubject in, String tensor) {
        if (in.chance(4)) {
            return null;
        }
        if (in.chance(2)) {
            pair(in, tensor, in.chance(3) ? in.parameters() : in.symmetric(in.chance(2)));
            in.read("d");
            return "q";
        }
        Parameters p =
                in.chance(3) ? in.parameters("uint8", in.step(true), in.random.nextInt(256)) : in.symmetric(true);
        in.read(in.dequantize("ld", in.quantize("l", in.node("Abs", "", "x"), p), p));
        return "l";
    }

    static Trial quantizeInput(RandomSubject in) {
        String source = in.source();
        String like = like(in, source);
        int slot = in.random.nextInt(2);
        String other = in.node("Neg", "", "x");
        in.named("n", "Sub", "", slot == 0 ? source : other, slot == 0 ? other : source);
        in.read("n");
        in.read(source);
        return new Trial(
                in.text(),
                in.text(),
                like == null ? Map.of(source, 1.0) : Map.of(),
                1,
                m -> List.of(new QuantizeInput(RULE, by(m, "n"), by(m, "n"), slot, like == null ? null : by(m, like))));
    }

    /** Both inputs of a node, which may read one tensor twice and then read one pair. */
    static Trial together(RandomSubject in) {
        String source = in.source();
        String like = like(in, source);
        String other = in.chance(3) ? source : in.node("Neg", "", "x");
        in.named("n", "Sub", "", source, other);
        in.read("n");
        in.read(source);
        return new Trial(
                in.text(),
                in.text(),
                Stream.of(like == null ? source : other, other).distinct().collect(Collectors.toMap(t -> t, t -> 1.0)),
                2,
                m -> List.of(new Together(
                        RULE,
                        by(m, "n"),
                        List.of(
                                new QuantizeInput(RULE, by(m, "n"), by(m, "n"), 0, like == null ? null : by(m, like)),
                                new QuantizeInput(RULE, by(m, "n"), by(m, "n"), 1, null)))));
    }

    static Trial quantizeOutput(RandomSubject in) {
        in.named("n", in.chance(2) ? "Tanh" : "Neg", "", in.source());
        String like = like(in, "n");
        in.read("n");
        in.read("n");
        return new Trial(
                in.text(),
                in.text(),
                like == null ? Map.of("n", 1.0) : Map.of(),
                1,
                m -> List.of(new QuantizeOutput(RULE, by(m, "n"), by(m, "n"), like == null ? null : by(m, like))));
    }

    /** Each output is a sum of as many products as there are input channels, of numbers up to 1. */
    static Trial quantizeWeight(RandomSubject in) {
        String source = in.source();
        boolean dead = in.chance(3);
        RandomModel.Element element = i ->
                dead && i < RandomSubject.CHANNELS ? "0" : RandomSubject.number((in.random.nextDouble() - 0.5) / 8 * i);
        switch (in.random.nextInt(3)) {
            case 0 -> in.named("n", "Conv", "", source, in.constant("float[4,4,1,1]", 16, element));
            case 1 -> in.named("n", "ConvTranspose", "", source, in.constant("float[4,4,1,1]", 16, element));
            default -> in.named("n", "MatMul", "", source, in.constant("float[6,6]", 36, element));
        }
        in.show("float", "n");
        return new Trial(in, RandomSubject.SIDE, m -> List.of(new QuantizeWeight(RULE, by(m, "n"), by(m, "n"))));
    }

    /** A classifier over pooled channels, its pair before or after the Flatten; now and then something else reads what the pair gives. */
    static Trial gemmAsConv(RandomSubject in) {
        String image = in.named("p", "GlobalAveragePool", "", in.source());
        boolean before = in.chance(3);
        Parameters p = in.parameters();
        String read = before ? image : in.node("Flatten", "", image);
        in.dequantize("d", in.quantize("q", read, p), p);
        String data = before ? in.node("Flatten", "", "d") : "d";
        String of = in.chance(3) ? "" : "[4]";
        String scale = in.constant("float" + of, of.isEmpty() ? 1 : 4, i -> RandomSubject.number(0.0005 * (1 + i)));
        String zero = in.constant("int8" + of, of.isEmpty() ? 1 : 4, i -> "0");
        int axis = in.chance(4) ? -2 : in.chance(8) ? 1 : 0;
        in.named("w", "DequantizeLinear", "axis = " + axis, in.codes("int8", "[4,4]", 16), scale, zero);
        String transposed = in.chance(8) ? "transB = 0" : in.chance(8) ? "transB = 1, alpha = 2.0" : "transB = 1";
        String[] inputs = in.chance(3)
                ? new String[] {data, "w"}
                : new String[] {data, "w", in.constant("float[4]", 4, i -> RandomSubject.number(0.1 * i))};
        in.named("n", "Gemm", transposed, inputs);
        if (in.chance(4)) {
            in.show(
                    "float",
                    in.node(
                            "Add",
                            "",
                            "x",
                            in.node("Reshape", "", data, in.constant("int64[4]", 4, i -> i == 1 ? "4" : "1"))));
        }
        String back = in.node("Reshape", "", "n", in.constant("int64[4]", 4, i -> i == 1 ? "4" : "1"));
        in.show("float", in.node("Add", "", "x", back));
        return new Trial(
                in,
                0,
                m -> List.of(
                        new GemmAsConv(RULE, by(m, "n"), by(m, "n"), m.graph().value(before ? "d" : "p"))));
    }

    static Trial leaveInFloat(RandomSubject in) {
        pair(in, in.source());
        String type = in.chance(3) ? "uint8" : "int8";
        int scales = in.chance(2) ? 1 : RandomSubject.CHANNELS;
        String size = scales == 1 ? "" : "[4]";
        String scale = in.constant("float" + size, scales, i -> RandomSubject.number(0.0005 * (1 + i)));
        String zero = in.constant(type + size, scales, i -> "" + in.random.nextInt(100));
        String codes = in.codes(type, "[4,4,1,1]", 16);
        in.named("w", "DequantizeLinear", "axis = 0", codes, scale, zero);
        in.named("n", "Conv", "", "d", "w");
        in.show("float", "n");
        if (in.chance(2)) {
            in.read("d");
        }
        // 4 products with a weight of up to 255 steps of 0.002.
        return new Trial(
                in, 2.04, m -> List.of(new LeaveInFloat(RULE, by(m, "n"), by(m, "n"), by(m, "q"), by(m, "w"), null)));
    }

    /** Stored codes in 4 or 6 scales along an axis, or in one. */
    private static void stored(RandomSubject in, String result, String codes, String type, int axis, boolean explicit) {
        int scales = axis < 0 ? 1 : axis == 1 ? RandomSubject.CHANNELS : RandomSubject.SIDE;
        String size = scales == 1 ? "" : "[" + scales + "]";
        String scale = in.constant("float" + size, scales, i -> RandomSubject.number(in.step(false)));
        String zero = in.constant(type + size, scales, i -> type.equals("int32") ? "0" : "" + in.random.nextInt(120));
        in.named(
                result,
                "DequantizeLinear",
                axis < 0 || axis == 1 && !explicit ? "" : "axis = " + axis,
                codes,
                scale,
                zero);
    }

    static Trial foldConstant(RandomSubject in) {
        String type = List.of("int8", "uint8", "int32").get(in.random.nextInt(3));
        String codes = type.equals("int32")
                ? in.constant("int32[1,4,6,6]", 144, i -> "" + in.random.nextInt())
                : in.codes(type, "[1,4,6,6]", 144);
        stored(in, "d", codes, type, in.random.nextInt(4) - 1 == 0 ? -1 : 1 + in.random.nextInt(3), in.chance(2));
        in.show("float", in.node("Transpose", TURN, "d"));
        in.read("d");
        return new Trial(in, 0, m -> List.of(new FoldConstant(RULE, by(m, "d"), by(m, "d"))));
    }

    /** Stored codes, or those of a stored weight; the bounds of the Clip are wide now and then, and now and then left out. */
    static Trial foldClip(RandomSubject in) {
        Parameters p = in.parameters("int8", in.step(true), 0);
        String codes = in.chance(2)
                ? in.codes("int8", "[1,4,6,6]", 144)
                : in.quantize(
                        "q",
                        in.constant("float[1,4,6,6]", 144, i -> RandomSubject.number(in.random.nextGaussian())),
                        p);
        String low = in.chance(4) ? "" : in.constant("int8", in.chance(3) ? "{-40}" : "{-127}");
        String high = in.constant("int8", in.chance(3) ? "{50}" : "{127}");
        in.named("c", "Clip", "", codes, low, high);
        in.read(in.dequantize("d", "c", p));
        if (in.chance(3)) {
            in.readCodes("c", p);
        }
        return new Trial(in, 0, m -> List.of(new FoldClip(RULE, by(m, "c"), by(m, "c"))));
    }

    static Trial dequantizeFirst(RandomSubject in) {
        String type = in.chance(2) ? "int8" : "uint8";
        String codes = in.codes(type, "[1,4,6,6]", 144);
        int axis = 1 + in.random.nextInt(3);
        int before = axis;
        List<String> moved = new ArrayList<>(List.of(codes));
        for (int i = in.random.nextInt(3); i >= 0; i--) {
            String last = moved.get(moved.size() - 1);
            switch (in.random.nextInt(4)) {
                case 0 -> moved.add(in.node("Identity", "", last));
                case 1 -> {
                    // The same as to turn it, if they keep their order.
                    String behind = in.node("Transpose", "perm = [0, 2, 3, 1]", last);
                    String turned = in.node("Transpose", "perm = [0, 2, 1, 3]", behind);
                    moved.addAll(List.of(behind, turned, in.node("Transpose", "perm = [0, 3, 1, 2]", turned)));
                    before = before == 1 ? 1 : 5 - before;
                }
                default -> {
                    moved.add(in.node("Transpose", TURN, last));
                    before = before == 1 ? 1 : 5 - before;
                }
            }
        }
        boolean one = in.chance(3);
        String last = moved.get(moved.size() - 1);
        stored(in, "d", last, type, one ? -1 : axis, true);
        in.read("d");
        if (in.chance(2)) {
            in.show(type, last);
        }
        int from = one ? 0 : before;
        return new Trial(
                in, 0, m -> List.of(new DequantizeFirst(RULE, by(m, "d"), by(m, "d"), moved.size() - 1, from)));
    }

    /** The old rounding, where there was one, and the new one. */
    static Trial makeSymmetric(RandomSubject in) {
        if (in.chance(3)) {
            String type = in.chance(2) ? "int8" : "uint8";
            stored(in, "d", in.codes(type, "[1,4,6,6]", 144), type, in.chance(2) ? -1 : 1, in.chance(2));
        } else {
            pair(in, in.source(), in.chance(2) ? in.parameters() : in.around(in.random.nextInt(256)));
        }
        in.read("d");
        return new Trial(in, 2, m -> List.of(new MakeSymmetric(RULE, by(m, "d"), by(m, "d"))));
    }

    /** Without an axis a quantizer of a weight means that of the output channels, any other ONNX's default or the one that fits. */
    static Trial setAxis(RandomSubject in) {
        String scale = in.constant("float[4]", 4, i -> RandomSubject.number(0.001 * (1 + i)));
        String zero = in.constant("int8[4]", "{0, 0, 0, 0}");
        String weight = in.codes("int8", "[4,4]", 16);
        String shape = in.constant("int64[2]", "{36, 4}");
        String back = in.constant("int64[4]", "{1, 4, 6, 6}");
        int kind = in.random.nextInt(5);
        int axis = kind == 1 || kind == 3 ? 0 : 1;
        String codes =
                kind == 3 ? in.codes("int8", "[4,36]", 144) : kind == 2 ? in.codes("int8", "[36,4]", 144) : weight;
        in.named("w", "DequantizeLinear", "AXIS", codes, scale, zero);
        String flat = in.node("Reshape", "", in.source(), shape);
        String made = switch (kind) {
            case 0 -> in.node("MatMul", "", flat, "w");
            case 1 -> in.node("Gemm", "transB = 1", flat, "w");
            case 4 -> in.node("MatMul", "", flat, in.node("Transpose", "perm = [1, 0]", "w"));
            default -> in.node("Relu", "", "w");
        };
        in.read(in.node("Reshape", "", made, back));
        return new Trial(
                in.text().replace(" <AXIS>", ""),
                in.text().replace("AXIS", "axis = " + axis),
                Map.of(),
                0,
                m -> List.of(new SetAxis(RULE, by(m, "w"), by(m, "w"))));
    }

    /** A convolution whose weight is dequantized or stored, of windows that are square and that are not. */
    static Trial setWindow(RandomSubject in) {
        long high = in.chance(2) ? 3 : 1;
        long wide = in.chance(2) ? 3 : 1;
        String codes = in.codes("int8", "[4,4," + high + "," + wide + "]", (int) (16 * high * wide));
        String weight = in.node(
                "DequantizeLinear", "", codes, in.constant("float", 1, i -> RandomSubject.number(in.step(true))));
        String pads = "pads = [" + high / 2 + ", " + wide / 2 + ", " + high / 2 + ", " + wide / 2 + "]";
        in.read(in.named("c", "Conv", pads, in.source(), weight));
        return new Trial(in, 0, m -> List.of(new SetWindow(RULE, by(m, "c"), List.of(high, wide))));
    }

    /** A zero point of one element where there are four scales; ONNX Runtime needs four. */
    static Trial matchZeroPoint(RandomSubject in) {
        String type = in.chance(2) ? "int8" : "uint8";
        boolean zeroOfQ = !in.chance(4);
        String scale = in.constant("float[4]", 4, i -> RandomSubject.number(in.step(false)));
        String other = in.constant("float[4]", 4, i -> RandomSubject.number(in.step(false)));
        String zero = in.constant(type + "ZERO", zeroOfQ ? "{0ALL}" : "{0, 3, 5, 7}".replace("ALL", ""));
        String own = in.constant(type + "[4]", 4, i -> "" + (3 + i));
        in.named("q", "QuantizeLinear", "axis = 1", in.source(), scale, zero);
        in.named("d", "DequantizeLinear", "axis = 1", "q", in.chance(2) ? other : scale, zero);
        in.named("e", "DequantizeLinear", "axis = 1", "q", scale, own);
        in.read("d");
        in.read("e");
        return new Trial(
                in.text().replace("ZERO", zeroOfQ ? "" : "[4]").replace("0ALL", "0"),
                in.text().replace("ZERO", "[4]").replace("0ALL", "0, 0, 0, 0"),
                Map.of(),
                0,
                m -> List.of(new MatchZeroPoint(RULE, by(m, "q"), by(m, "q"))));
    }

    /** Negative scales, and 0 for a channel of zeros. */
    static Trial repairScale(RandomSubject in) {
        if (in.chance(2)) {
            Parameters p = in.parameters("int8", -in.step(true), 0);
            pair(in, in.source(), p);
        } else {
            String scale = in.constant(
                    "float[4]",
                    4,
                    i -> i == 0 ? "0" : (in.chance(2) ? "-" : "") + RandomSubject.number(in.step(false)));
            String codes = in.constant(
                    "int8[1,4,6,6]", 144, i -> i < 36 || i % 36 == 0 ? "0" : "" + (in.random.nextInt(255) - 127));
            String zero = in.constant("int8[4]", "{0, 0, 0, 0}");
            in.named("d", "DequantizeLinear", in.chance(2) ? "" : "axis = 1", codes, scale, zero);
        }
        in.read("d");
        return new Trial(in, 2, m -> List.of(new RepairScale(RULE, by(m, "d"), by(m, "d"))));
    }

    /** Each tensor is as far from the unquantized one as the old step and the new one say. */
    static Trial unifyScales(RandomSubject in) {
        boolean signed = in.chance(2);
        List<String> names = new ArrayList<>(List.of("q", "q2"));
        pair(
                in,
                in.source(),
                signed ? in.parameters("int8", in.step(false), -in.random.nextInt(2) * 128) : in.symmetric(false));
        Parameters p = in.symmetric(in.chance(2));
        in.read(in.dequantize("d2", in.quantize("q2", in.source(), p), p));
        if (in.chance(2)) {
            Parameters third = in.symmetric(false);
            in.read(in.dequantize("d3", in.quantize("q3", in.source(), third), third));
            names.add("q3");
        }
        in.read("d");
        return new Trial(
                in,
                2,
                m -> List.of(new UnifyScales(
                        RULE, by(m, "q2"), names.stream().map(n -> by(m, n)).toList())));
    }
}
