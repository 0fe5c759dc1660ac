package io.qdqlint.cli;

/** Fails as a rule of a user's own may, in the way that the operator's type names. */
public final class Trap {
    private Trap() {}

    public static void spring(String opType) {
        switch (opType) {
            case "Deep" -> spring(opType);
            case "Large" -> throw new OutOfMemoryError("Java heap space");
            case "Defect" -> throw new IllegalArgumentException("2 > 1");
            default -> {}
        }
    }
}
