package io.qdqlint.verify;

import io.qdqlint.ir.DataType;
import io.qdqlint.ir.Model;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A bound that a fix states: wherever the magnitude of {@code original} is at most {@code range}, {@code quantized} is
 * within {@code bound} of it.
 */
public record Claim(String original, String quantized, double bound, double range) {
    private static final double CODES = 127;

    /** The claims for quantizers that a fix touched and that are there in the end, given by the output of their DQ. */
    public static List<Claim> of(Model after, Collection<String> touched) {
        List<Claim> claims = new ArrayList<>();
        for (String name : touched) {
            Value out = after.graph().value(name);
            Node dq = out == null ? null : out.producer();
            Node q = dq == null || dq.input(0) == null ? null : dq.input(0).producer();
            if (q == null
                    || !q.opType().equals("QuantizeLinear")
                    || q.input(1) == null
                    || q.input(0).isConstant()) {
                continue;
            }
            Tensor scale = q.input(1).constant();
            boolean int8 = q.input(2) != null && q.input(2).type() == DataType.INT8;
            if (int8
                    && scale != null
                    && scale.elements() == 1
                    && after.graph().value(q.input(0).name()) != null) {
                double s = scale.doubles().orElse(new double[] {Double.NaN})[0];
                claims.add(new Claim(q.input(0).name(), name, s / 2, s * CODES));
            }
        }
        return claims;
    }
}
