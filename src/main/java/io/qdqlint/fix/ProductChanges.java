package io.qdqlint.fix;

import io.qdqlint.ir.Attribute;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Shape;
import io.qdqlint.ir.Tensor;
import io.qdqlint.ir.Value;
import io.qdqlint.rewrite.Exactness;
import io.qdqlint.rewrite.GemmAsConv;
import java.util.List;

/** Writes matrix products as convolutions. */
final class ProductChanges {
    /** Features are channels of images of one position. */
    private static final int RANK = 4;

    private static final String SUFFIX = "_1x1";

    private final Scope scope;

    ProductChanges(Scope scope) {
        this.scope = scope;
    }

    /** Adds to the change what makes the Gemm a 1x1 Conv. */
    Change asConv(GemmAsConv rewrite, Change change) {
        Node gemm = rewrite.gemm();
        requirePlain(gemm);
        Node weight = weight(gemm);
        change.takes(gemm);
        String image = image(rewrite, change);
        String kernel = kernel(change, weight);
        Value out = gemm.output(0);
        String features = scope.fresh(out.name() + "_Conv_Output");
        List<String> inputs = gemm.input(2) == null
                ? List.of(image, kernel)
                : List.of(image, kernel, gemm.input(2).name());
        change.edit(new Edit.RemoveNode(gemm))
                .edit(new Edit.AddNode(
                        gemm,
                        scope.fresh(gemm.name() + "_Conv"),
                        "Conv",
                        inputs,
                        List.of(features),
                        List.of(new Attribute("kernel_shape", new long[] {1, 1}))))
                .edit(new Edit.AddNode(
                        gemm,
                        scope.fresh(gemm.name() + "_Flatten"),
                        "Flatten",
                        List.of(features),
                        List.of(out.name()),
                        List.of(new Attribute("axis", 1L))))
                .edit(new Edit.Declare(features, out.type(), asImage(out.shape())));
        return change.alsoSays(Exactness.ROUNDING, 0, "Gemm '" + gemm.name() + "' is a 1x1 Conv before the Flatten");
    }

    private static void requirePlain(Node gemm) {
        boolean plain = gemm.intAttribute("transA", 0) == 0
                && gemm.intAttribute("transB", 0) == 1
                && isOne(gemm.attribute("alpha"))
                && (gemm.input(2) == null || isOne(gemm.attribute("beta")));
        Tensor bias = gemm.input(2) == null ? null : gemm.input(2).constant();
        boolean along = gemm.input(2) == null || bias != null && bias.shape().rank() == 1 && bias.elements() != 1;
        if (!plain || !along) {
            throw new RefusedException("Gemm '" + gemm.name()
                    + "' cannot be a convolution: it scales or transposes, or its bias is not one"
                    + " stored number for each output");
        }
    }

    private static boolean isOne(Object factor) {
        return factor == null || factor.equals(1.0);
    }

    /** The DQ of the weight, which nothing else reads. */
    private static Node weight(Node gemm) {
        Quantizer weight = Quantizer.of(gemm.input(1).producer());
        Node dequantize = gemm.input(1).producer();
        Tensor stored = weight.data().constant();
        boolean shared = dequantize.output(0).uses().size() != 1
                || weight.quantize() != null
                        && weight.quantize().output(0).uses().size() != 1;
        if (stored == null || stored.shape().rank() != 2 || shared || dequantize.intAttribute("block_size", 0) > 0) {
            throw new RefusedException("the weight of '" + gemm.name() + "' is not stored, or has other readers");
        }
        if (weight.scales().length > 1 && Math.floorMod(weight.axis(), 2) != 0) {
            throw new RefusedException("the weight of '" + gemm.name() + "' has scales along its input channels");
        }
        return dequantize;
    }

    /** What the Conv reads: the pair moves from the features to the images. */
    private String image(GemmAsConv rewrite, Change change) {
        Node dequantize = rewrite.gemm().input(0).producer();
        Value image = rewrite.image();
        change.needs(image);
        if (dequantize == null || !Quantizer.isDequantize(dequantize)) {
            return image.name();
        }
        Quantizer features = Quantizer.of(dequantize);
        Node quantize = features.quantize();
        if (quantize == null
                || quantize.output(0).uses().size() != 1
                || dequantize.output(0).uses().size() != 1) {
            throw new RefusedException(
                    "the output of the pair of '" + rewrite.gemm().name() + "' has other readers");
        }
        change.takes(quantize).edit(new Edit.SetInput(quantize, 0, image.name()));
        String dequantized = asImages(change, List.of(quantize, dequantize), image.shape());
        change.touches(dequantized);
        return dequantized;
    }

    /** The same elements as 1x1 kernels. */
    private String kernel(Change change, Node dequantize) {
        Quantizer weight = Quantizer.of(dequantize);
        Tensor stored = weight.data().constant();
        Shape shape = asImage(stored.shape());
        String name = scope.fresh(stored.name() + SUFFIX);
        change.takes(weight.first())
                .edit(new Edit.SetInitializer(new Tensor(name, stored.type(), shape, stored.storage())))
                .edit(new Edit.SetInput(weight.first(), 0, name));
        List<Node> pair = weight.quantize() == null ? List.of(dequantize) : List.of(weight.quantize(), dequantize);
        if (weight.scales().length > 1) {
            pair.forEach(node -> change.edit(new Edit.SetAttribute(node, new Attribute("axis", 0L))));
        }
        return asImages(change, pair, shape);
    }

    /** Gives the outputs of a Q and its DQ a new shape, and so new names: a name stands for one tensor before and after. */
    private String asImages(Change change, List<Node> pair, Shape shape) {
        String last = null;
        for (Node node : pair) {
            Value output = node.output(0);
            if (output.isGraphOutput()) {
                throw new RefusedException(
                        "'" + output.name() + "' is an output of the model, and would get another shape");
            }
            if (last != null) {
                change.edit(new Edit.SetInput(node, 0, last));
            }
            last = scope.fresh(output.name() + SUFFIX);
            change.edit(new Edit.SetOutput(node, 0, last)).edit(new Edit.Declare(last, output.type(), shape));
        }
        return last;
    }

    /** N images of C channels and one position for a matrix of N times C. */
    private static Shape asImage(Shape matrix) {
        if (matrix == null || matrix.rank() != 2) {
            return null;
        }
        long[] sizes = new long[RANK];
        java.util.Arrays.fill(sizes, 1);
        sizes[0] = matrix.dim(0);
        sizes[1] = matrix.dim(1);
        return Shape.of(sizes);
    }
}
