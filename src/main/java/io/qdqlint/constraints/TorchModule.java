package io.qdqlint.constraints;

import io.qdqlint.ir.Node;
import io.qdqlint.onnx.NodeMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The PyTorch module whose forward() computes a node.
 *
 * @param path as {@code get_submodule} takes it
 * @param type the name of its class; null where the file does not have it
 */
record TorchModule(String path, String type) {
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private static final Pattern NUMBER = Pattern.compile("(?<=\\.|^)\\d+(?=\\.|$)");

    private static final String SCOPES = "pkg.torch.onnx.name_scopes";
    private static final String CLASSES = "pkg.torch.onnx.class_hierarchy";
    private static final String NAMESPACE = "namespace";

    /** By the node's name, as the TorchScript exporter gives it, else by what the dynamo exporter noted of it in the file. */
    static Optional<TorchModule> of(Path file, Node node) throws IOException {
        Optional<String> named = ModulePath.ofNode(node.rawName());
        return named.isPresent() ? named.map(path -> new TorchModule(path, null)) : of(NodeMetadata.of(file, node));
    }

    /** By the notes of the dynamo exporter: scopes and classes from the network to the operator, which is the last of them. */
    static Optional<TorchModule> of(Map<String, String> notes) {
        List<String> scopes = quoted(notes.get(SCOPES));
        List<String> classes = quoted(notes.get(CLASSES));
        if (scopes.size() >= 2) {
            return module(scopes, classes.size() == scopes.size() ? classes : null);
        }
        String[] levels = notes.getOrDefault(NAMESPACE, "").split("/");
        List<String> paths =
                List.of(levels).stream().map(l -> l.split(": ", 2)[0]).toList();
        List<String> types = List.of(levels).stream()
                .map(l -> l.substring(l.indexOf(": ") + 1).strip())
                .toList();
        return paths.size() >= 2 ? module(paths, types) : Optional.empty();
    }

    private static Optional<TorchModule> module(List<String> paths, List<String> classes) {
        int last = paths.size() - 2;
        String path = paths.get(last).strip();
        String type = classes == null ? null : classes.get(last);
        return path.isEmpty() || path.equals(":")
                ? Optional.empty()
                : Optional.of(new TorchModule(path, type == null ? null : type.substring(type.lastIndexOf('.') + 1)));
    }

    private static List<String> quoted(String list) {
        return list == null
                ? List.of()
                : QUOTED.matcher(list).results().map(r -> r.group(1)).toList();
    }

    /** The path with {@code *} for each number: modules that differ by their place alone have one. */
    String pattern() {
        return NUMBER.matcher(path).replaceAll("*");
    }
}
