package io.qdqlint.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. {@code qdqlint MODEL...} is short for {@code qdqlint check MODEL...}. */
@Command(
        name = "qdqlint",
        description =
                "Tells from the ONNX file alone where TensorRT will stumble over Q/DQ nodes, what it costs, and what to do.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {CheckCommand.class, ForecastCommand.class, RulesCommand.class, FactsCommand.class},
        footer = {
            "",
            "'qdqlint MODEL...' is short for 'qdqlint check MODEL...'.",
            "",
            "Exit status: 0 clean; 1 findings at or above --fail-on; 2 bad usage or unreadable input."
        })
public final class Main {
    /** Exit status for usage errors and unreadable input. */
    static final int FAILED = 2;

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false);
        PrintStream err = System.err;
        int status = run(args, out, err);
        out.flush();
        System.exit(status);
    }

    /**
     * Runs one call.
     *
     * @return the exit status
     */
    public static int run(String[] args, OutputStream out, PrintStream err) {
        CommandLine line = new CommandLine(new Main());
        addTargetCommands(line, args.length == 0 ? "" : args[0]);
        Streams streams = new Streams(out, err);
        for (CommandLine sub : line.getSubcommands().values()) {
            if (sub.getCommand() instanceof Streams.User user) {
                user.use(streams);
            }
        }
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, a) -> {
            err.println("qdqlint: " + e.getMessage());
            err.println("Try 'qdqlint "
                    + (e.getCommandLine().getParent() == null
                            ? ""
                            : e.getCommandLine().getCommandName() + " ") + "--help'.");
            return FAILED;
        });
        line.setExecutionExceptionHandler((e, l, r) -> {
            err.println("qdqlint: " + Failures.describe(e));
            return FAILED;
        });
        return line.execute(withCommand(args, line.getSubcommands().keySet()));
    }

    /**
     * Adds the commands that work with engines. Their classes cost time at start, so only the one that is called is
     * loaded; all of them for the help that lists them.
     */
    private static void addTargetCommands(CommandLine line, String called) {
        boolean listed = called.isEmpty() || called.equals("-h") || called.equals("--help");
        for (String name : List.of("compare", "engine")) {
            if (listed || called.equals(name)) {
                line.addSubcommand(targetCommand(name));
            }
        }
    }

    private static Object targetCommand(String name) {
        return switch (name) {
            case "compare" -> new CompareCommand();
            default -> new EngineCommand();
        };
    }

    /** Puts {@code check} in front unless the first argument is a command or asks for help or the version. */
    private static String[] withCommand(String[] args, Set<String> commands) {
        List<String> own = List.of("-h", "--help", "-V", "--version");
        if (args.length == 0) {
            return new String[] {"--help"};
        }
        if (commands.contains(args[0]) || own.contains(args[0])) {
            return args;
        }
        String[] out = new String[args.length + 1];
        out[0] = "check";
        System.arraycopy(args, 0, out, 1, args.length);
        return out;
    }
}
