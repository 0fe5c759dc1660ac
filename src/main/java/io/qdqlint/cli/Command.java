package io.qdqlint.cli;

import java.util.concurrent.Callable;

/** A command: what it takes, where it writes, and what it does. */
abstract class Command implements Callable<Integer> {
    /** Where it writes; there once {@link #use} was called. */
    Streams streams;

    /** Says what the command takes. */
    abstract void declare(Syntax syntax);

    /** Says where to write, before the command runs. */
    final void use(Streams given) {
        streams = given;
    }
}
