package io.qdqlint.fact;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads scale, zero point, axis and block of every Q/DQ node (ONNX operators QuantizeLinear and DequantizeLinear). */
final class ScaleReader {
    private record Draft(
            Node node, DataType type, Tensor scale, Numbers scales, Tensor zero, Numbers zeros, ScaleGroups.Key key) {}

    /**
     * What is required of a tensor's elements.
     *
     * @param least NaN if there are none
     * @param most NaN if there are none
     * @param sum with {@code mix}, 128 bits that stand for the elements
     */
    private record Numbers(int count, double least, double most, boolean allZero, long sum, long mix) {

        /** In one loop, not by streams: it runs over every channel of every weight, mostly before it is compiled. */
        static Numbers of(double... values) {
            double least = values.length == 0 ? Double.NaN : values[0];
            double most = least;
            boolean allZero = true;
            long sum = values.length;
            long mix = 0x9E3779B97F4A7C15L;
            for (double v : values) {
                least = Math.min(least, v);
                most = Math.max(most, v);
                allZero &= v == 0;
                long bits = Double.doubleToLongBits(v);
                sum = sum * 31 + bits;
                mix = (mix ^ bits) * 0xFF51AFD7ED558CCDL;
                mix ^= mix >>> 32;
            }
            return new Numbers(values.length, least, most, allZero, sum, mix);
        }

        /** Stands for the elements. Written out in decimal they took more time than all other facts. */
        String bits() {
            return " " + count + ":" + sum + ":" + mix;
        }
    }

    private final DataFlow flow;

    /** A tensor is decoded once, however many nodes share it. */
    private final Map<Tensor, Optional<Numbers>> decoded = new HashMap<>();

    ScaleReader(DataFlow flow) {
        this.flow = flow;
    }

    /** What was read: the parameters of each Q/DQ node, and which of them count as one. */
    record Scales(Map<Node, Scale> byNode, List<SameScale> near) {}

    Scales read(Iterable<Node> quantizers) {
        Map<Node, Draft> drafts = new LinkedHashMap<>();
        for (Node n : quantizers) {
            drafts.put(n, draft(n));
        }
        ScaleGroups groups =
                new ScaleGroups(drafts.values().stream().map(Draft::key).toList());
        Map<Node, Scale> out = new HashMap<>();
        drafts.forEach((n, d) -> out.put(n, scale(d, groups.number(d.key()))));
        return new Scales(out, groups.near());
    }

    private Draft draft(Node n) {
        Value zeroPoint = n.input(2);
        Tensor scale = n.input(1) == null ? null : flow.stored(n.input(1));
        Tensor zero = zeroPoint == null ? null : flow.stored(zeroPoint);
        Numbers scales = numbers(scale);
        Numbers zeros = numbers(zero);
        DataType zeroType = zeroType(n);
        DataType type = zeroType != DataType.UNDEFINED ? zeroType : declaredType(n);
        return new Draft(n, type, scale, scales, zero, zeros, key(n, type, scales, zeros));
    }

    private Numbers numbers(Tensor t) {
        return t == null
                ? null
                : decoded.computeIfAbsent(t, d -> d.doubles().map(Numbers::of)).orElse(null);
    }

    /** Without a zero point: {@code output_dtype} of a Q (opset 21), the input's type of a DQ, else ONNX's UINT8. */
    private DataType declaredType(Node n) {
        DataType named = Operators.quantizedType(n);
        if (named != DataType.UNDEFINED) {
            return named;
        }
        DataType attribute = DataType.ofCode((int) n.intAttribute("output_dtype", 0));
        if (Operators.isDequantize(n)) {
            Value in = n.input(0);
            Node from = in == null ? null : flow.origin(in).producer();
            if (from != null && Operators.isQuantize(from)) {
                return draftType(from);
            }
            DataType computed = from == null
                    ? DataType.UNDEFINED
                    : Operators.computedType(from, flow.origin(in).outputSlot());
            if (computed != DataType.UNDEFINED) {
                return computed;
            }
            DataType codes = CodePaths.typeOf(in);
            return codes == DataType.UNDEFINED ? DataType.UINT8 : codes;
        }
        return attribute == DataType.UNDEFINED ? DataType.UINT8 : attribute;
    }

    private DataType draftType(Node quantize) {
        DataType zero = zeroType(quantize);
        return zero != DataType.UNDEFINED ? zero : declaredType(quantize);
    }

    /** The type of the zero point, which some exporters store in another type before a Cast; UNDEFINED where it is missing or not known. */
    private DataType zeroType(Node n) {
        Value zeroPoint = n.input(2);
        if (zeroPoint == null) {
            return DataType.UNDEFINED;
        }
        Node from = flow.origin(zeroPoint).producer();
        if (from != null && from.opType().equals("Cast")) {
            return DataType.ofCode((int) from.intAttribute("to", 0));
        }
        Tensor zero = flow.stored(zeroPoint);
        return zero != null ? zero.type() : zeroPoint.type();
    }

    private static ScaleGroups.Key key(Node n, DataType type, Numbers scales, Numbers zeros) {
        if (scales == null) {
            // Of the values nothing is known: equal only to what reads the very same tensor.
            String same = n.input(1) == null
                    ? "node " + n.index()
                    : "value " + n.input(1).id();
            return new ScaleGroups.Key(type + " unknown " + same, 0);
        }
        boolean zeroFree = zeros == null || zeros.allZero();
        if (scales.count() == 1 && zeroFree && !Double.isNaN(scales.most())) {
            return new ScaleGroups.Key(type + " per tensor", scales.most());
        }
        String shape = " axis " + n.intAttribute("axis", 1) + " block " + n.intAttribute("block_size", 0);
        return new ScaleGroups.Key(type + shape + scales.bits() + (zeroFree ? "" : zeros.bits()), 0);
    }

    private Scale scale(Draft d, int group) {
        Numbers s = d.scales();
        Numbers z = d.zeros();
        return new Scale(
                group,
                d.type(),
                s != null,
                s != null
                        ? s.count()
                        : d.scale() != null
                                ? (int) Math.min(Integer.MAX_VALUE, d.scale().elements())
                                : 0,
                rank(d),
                s == null ? Double.NaN : s.least(),
                s == null ? Double.NaN : s.most(),
                d.node().intAttribute("axis", 1),
                d.node().attribute("axis") != null,
                d.node().intAttribute("block_size", 0),
                zeroType(d.node()),
                z == null ? 0 : z.count(),
                z == null || z.allZero(),
                z == null || z.count() == 0 ? 0 : z.least(),
                z == null || z.count() == 0 ? 0 : z.most(),
                d.scale());
    }

    private static int rank(Draft d) {
        Value scale = d.node().input(1);
        if (scale != null && scale.shape() != null) {
            return scale.shape().rank();
        }
        return d.scale() == null ? -1 : d.scale().shape().rank();
    }
}
