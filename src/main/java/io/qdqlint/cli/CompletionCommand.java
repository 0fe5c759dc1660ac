package io.qdqlint.cli;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;

final class CompletionCommand extends Command {
    private final Supplier<CommandLine> program;

    /** @param program the program with all its commands */
    CompletionCommand(Supplier<CommandLine> program) {
        this.program = program;
    }

    @Override
    void declare(Syntax syntax) {
        syntax.describe("Prints the completion script for bash and zsh; use it with: source <(qdqlint completion)");
        syntax.footer("", "Exit status: 0 done.");
    }

    @Override
    public Integer call() throws Exception {
        streams.out().write(AutoComplete.bash("qdqlint", program.get()).getBytes(StandardCharsets.UTF_8));
        return 0;
    }
}
