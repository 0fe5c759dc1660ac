package io.qdqlint.fact;

/** Numbers of axes as ONNX gives them: negative ones count from the back. */
final class Axis {
    private Axis() {}

    /** From 0 to {@code rank} - 1; -1 when out of range. */
    static int of(long axis, int rank) {
        long a = axis < 0 ? axis + rank : axis;
        return a >= 0 && a < rank ? (int) a : -1;
    }

    /** Marks the listed axes of a tensor of this rank; null when one is out of range. */
    static boolean[] marked(double[] axes, int rank) {
        boolean[] marked = new boolean[rank];
        for (double a : axes) {
            int axis = of((long) a, rank);
            if (axis < 0 || Double.isNaN(a)) {
                return null;
            }
            marked[axis] = true;
        }
        return marked;
    }
}
