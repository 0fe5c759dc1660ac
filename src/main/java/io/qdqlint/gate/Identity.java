package io.qdqlint.gate;

import io.qdqlint.ir.Node;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What identifies a node from one export of a network to the next. Its name, if the exporter took it from the network's modules
 * ({@code /model.2/cv1/Conv}). A number at the end of a name counts nodes ({@code Conv_12}) and changes with the nodes before it:
 * it is left out, and the weights around the node, or where they have no names of their own the shape of the graph, stand in for it.
 */
final class Identity {
    private static final Pattern COUNTER = Pattern.compile("(?:_\\d+)+(?=$|/)|(?<=^|/)\\d+(?=$|/)");

    private Identity() {}

    /** Equal for nodes that are the same to a person who compares two exports. */
    static String of(Node node) {
        String name = withoutCounters(node.rawName());
        if (name.equals(node.rawName()) && isOwn(name, node.opType())) {
            return name + "\0" + node.opType();
        }
        List<String> weights = WeightsAround.names(node);
        boolean named = !weights.isEmpty() && weights.stream().noneMatch(w -> w.contains(WeightsAround.UNNAMED));
        String place = String.join("\0", weights) + (named ? "" : "\0" + GraphShape.of(node));
        return (isOwn(name, node.opType()) ? name : "") + "\0" + node.opType() + "\0" + place;
    }

    /** Whether a weight's name was given by the network, not by the exporter. */
    static boolean isOwnOfWeight(String name) {
        return !name.isEmpty()
                && !name.startsWith("onnx::")
                && withoutCounters(name).equals(name);
    }

    private static boolean isOwn(String name, String opType) {
        return !name.isEmpty() && !name.equals(opType) && !name.equals("node_" + opType);
    }

    private static String withoutCounters(String name) {
        return COUNTER.matcher(name).replaceAll("");
    }
}
