package io.qdqlint.ir;

/**
 * Attribute of a node. The value is one of {@code Double, Long, String, Tensor, Graph, double[], long[], String[],
 * Graph[]}, or {@link Unread} for kinds that no rule looks at.
 */
public record Attribute(String name, Object value) {
    /** An attribute that is in the file and was not decoded. */
    public record Unread() {}
}
