package io.qdqlint.fact;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A few numbers that are computed when the engine is built. Of a matrix, such as the pads that exporters turn round, {@code columns}
 * make a row; a list is a matrix of one column. NaN is a number that is not known.
 *
 * @param integer whether ONNX computes with them as integers
 */
record SmallTensor(double[] values, int columns, boolean integer) {
    /** A list. */
    SmallTensor(double[] values, boolean integer) {
        this(values, 1, integer);
    }

    /** Gives an element of a matrix. */
    interface Pick {
        double of(int row, int column);
    }

    static SmallTensor matrix(int rows, int columns, boolean integer, Pick pick) {
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = pick.of(i / columns, i % columns);
        }
        return new SmallTensor(values, columns, integer);
    }

    int rows() {
        return values.length / columns;
    }

    double at(int row, int column) {
        return values[row * columns + column];
    }

    SmallTensor as(boolean integers) {
        return new SmallTensor(values, columns, integers);
    }

    SmallTensor map(DoubleUnaryOperator f) {
        return new SmallTensor(Arrays.stream(values).map(f).toArray(), columns, integer);
    }

    /** Elementwise, by the ONNX operator of this name; lists only. */
    SmallTensor combined(String op, SmallTensor other) {
        boolean integers = integer && other.integer;
        DoubleBinaryOperator f = switch (op) {
            case "Add" -> Double::sum;
            case "Sub" -> (x, y) -> x - y;
            case "Mul" -> (x, y) -> x * y;
            case "Div" -> (x, y) -> integers ? truncate(x / y) : x / y;
            case "Mod" -> (x, y) -> x - y * Math.floor(x / y);
            case "Min" -> Math::min;
            case "Max" -> Math::max;
            case "Equal" -> (x, y) -> Double.isNaN(x + y) ? Double.NaN : x == y ? 1 : 0;
            default -> throw new IllegalArgumentException(op);
        };
        double[] out = new double[Math.max(values.length, other.values.length)];
        for (int i = 0; i < out.length; i++) {
            double result = f.applyAsDouble(broadcast(i), other.broadcast(i));
            out[i] = Double.isInfinite(result) ? Double.NaN : result;
        }
        return new SmallTensor(out, integers);
    }

    /** Of {@code yes} where {@code which} is not 0, otherwise of {@code no}; lists only. */
    static SmallTensor where(SmallTensor which, SmallTensor yes, SmallTensor no) {
        double[] out = new double[Math.max(which.values.length, Math.max(yes.values.length, no.values.length))];
        for (int i = 0; i < out.length; i++) {
            double condition = which.broadcast(i);
            out[i] = Double.isNaN(condition) ? Double.NaN : condition != 0 ? yes.broadcast(i) : no.broadcast(i);
        }
        return new SmallTensor(out, yes.integer);
    }

    private double broadcast(int i) {
        return values.length == 1 ? values[0] : i < values.length ? values[i] : Double.NaN;
    }

    static double truncate(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }
}
