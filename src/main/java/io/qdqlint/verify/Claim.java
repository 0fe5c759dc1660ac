package io.qdqlint.verify;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A bound that a fix states: where {@code original} is from {@code low} to {@code high}, {@code quantized} is within it. */
public record Claim(String original, String quantized, double bound, double low, double high) {

    /** The claims for quantizers that a fix touched and that are there in the end, given by the output of their DQ. */
    public static List<Claim> of(Model after, Collection<String> touched) {
        List<Claim> claims = new ArrayList<>();
        for (String name : touched) {
            Value out = after.graph().value(name);
            Node dq = out == null ? null : out.producer();
            Node q = dq == null || dq.input(0) == null ? null : dq.input(0).producer();
            Value read = q == null ? null : q.input(0);
            Tensor scale = q == null || q.input(1) == null ? null : q.input(1).constant();
            boolean one = scale != null && scale.elements() == 1 && isIntegers(q);
            if (one && !read.isConstant() && after.graph().value(read.name()) != null) {
                double step = scale.doubles().orElse(new double[] {Double.NaN})[0];
                QuantizerRange.of(q)
                        .ifPresent(r -> claims.add(new Claim(read.name(), name, step / 2, r.low(), r.high())));
            }
        }
        return claims;
    }

    /** The codes of FP8 and FP4 are not equally far apart: half a step bounds nothing. */
    private static boolean isIntegers(Node quantizer) {
        Value zero = quantizer.input(2);
        return zero != null
                && switch (zero.type()) {
                    case INT8, UINT8, INT16, UINT16, INT4, UINT4 -> true;
                    default -> false;
                };
    }
}
