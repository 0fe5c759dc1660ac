package io.qdqlint.cli;

import java.util.concurrent.Callable;

/** A command: what it takes, where it writes, and what it does. */
interface Command extends Callable<Integer> {
    /** Says what the command takes. */
    void declare(Syntax syntax);

    /** Tells the command where to write, before it runs. */
    void use(Streams streams);
}
