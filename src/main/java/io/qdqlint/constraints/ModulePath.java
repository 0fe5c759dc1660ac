package io.qdqlint.constraints;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads PyTorch module paths out of the names that its exporter gives. */
final class ModulePath {
    private static final String WEIGHT = ".weight";

    private ModulePath() {}

    /** The path of the module that a layer comes from: by its weight's name, which is exact, else by its own. */
    static Optional<String> ofLayer(Node layer) {
        String weight = weight(layer);
        return weight != null && weight.endsWith(WEIGHT)
                ? Optional.of(weight.substring(0, weight.length() - WEIGHT.length()))
                : ofNode(layer.rawName());
    }

    /** The initializer after input 1 of a layer, through its Q and DQ; null if there is none. */
    static String weight(Node layer) {
        Value value = layer.input(1);
        for (int depth = 0; value != null && depth < 8; depth++) {
            if (value.producer() == null) {
                return value.isConstant() ? value.name() : null;
            }
            value = value.producer().input(0);
        }
        return null;
    }

    /**
     * The module of a node's name such as {@code /layer1/layer1.0/conv1/Conv}: each part names a module in the one before,
     * and a part that begins with the part before and a dot is its child in a Sequential or ModuleList.
     */
    static Optional<String> ofNode(String name) {
        if (!name.startsWith("/")) {
            return Optional.empty();
        }
        String[] parts = name.substring(1).split("/");
        List<String> path = new ArrayList<>();
        for (int i = 0; i < parts.length - 1; i++) {
            int last = path.size() - 1;
            if (last >= 0 && parts[i].startsWith(path.get(last) + ".")) {
                path.set(last, parts[i]);
            } else {
                path.add(parts[i]);
            }
        }
        return path.isEmpty() ? Optional.empty() : Optional.of(String.join(".", path));
    }

    /** Whether the name is that of a quantizer module of pytorch-quantization, ModelOpt or torch.ao. */
    static boolean isQuantizer(String module) {
        String last = module.substring(module.lastIndexOf('.') + 1);
        return last.endsWith("quantizer")
                || last.startsWith("activation_post_process")
                || last.endsWith("fake_quant")
                || last.equals("quant");
    }
}
