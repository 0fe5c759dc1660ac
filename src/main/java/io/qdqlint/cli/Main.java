package io.qdqlint.cli;

import io.qdqlint.fact.Devices;
import io.qdqlint.gate.Suggestion;
import io.qdqlint.rules.run.RuleRunner;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. {@code qdqlint MODEL...} is short for {@code qdqlint check MODEL...}. */
public final class Main {
    private static final List<String> COMMANDS = List.of(
            "check",
            "fix",
            "baseline",
            "diff",
            "constraints",
            "forecast",
            "rules",
            "facts",
            "validate",
            "bench",
            "tune",
            "compare",
            "engine",
            "completion");

    /** Exit status for usage errors and unreadable input. */
    static final int FAILED = 2;

    private Main() {}

    public static void main(String[] args) {
        // Drools logs nowhere; SLF4J would announce that on standard error.
        System.setProperty("slf4j.internal.verbosity", "WARN");
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        for (String arg : args) {
            if (arg.endsWith(".onnx")) {
                RuleRunner.preload();
            }
        }
        System.exit(run(args, out, System.err));
    }

    /**
     * Runs one call.
     *
     * @return the exit status
     */
    public static int run(String[] args, OutputStream out, PrintStream err) {
        Output output = new Output(out);
        Streams streams = new Streams(output, err);
        int status;
        try {
            status = execute(args, streams);
        } catch (Throwable e) {
            streams.reportUnlessFull(e);
            status = FAILED;
        }
        streams.flush();
        if (output.failure() == null) {
            return status;
        }
        if (!output.failure().readerHasGone()) {
            streams.report(output.failure().getMessage());
        }
        return FAILED;
    }

    private static int execute(String[] args, Streams streams) {
        // picocli would load java.sql and java.time to convert options to their types, which none here has.
        System.setProperty("picocli.converters.excludes", "java\\.(sql|time)\\..*");
        CommandLine line = new CommandLine(Syntax.ofProgram(
                "qdqlint",
                "Reports which Q/DQ nodes of an ONNX file will cost TensorRT kernels and fusions, how much time they"
                        + " cost, and how to fix them.",
                "",
                "'qdqlint MODEL...' is short for 'qdqlint check MODEL...'.",
                "",
                "'qdqlint COMMAND --help' shows a command's options and exit statuses."));
        if (args.length == 0) {
            streams.report(
                    "Missing required parameter: 'MODEL'; name a file, a folder or a pattern. 'qdqlint --help' lists"
                            + " the commands");
            return FAILED;
        }
        List<String> listed = asksFor("--device", List.of(args))
                ? Devices.load(null).names()
                : asksFor("--tensorrt", List.of(args)) ? TensorRtVersions.lines() : List.of();
        if (!listed.isEmpty()) {
            new PrintWriter(streams.out(), true, StandardCharsets.UTF_8)
                    .println(String.join(System.lineSeparator(), listed));
            return 0;
        }
        String[] words = withCommand(args);
        if (args.length > 0 && words.length > args.length && isWord(args[0])) {
            streams.report("'" + args[0] + "' is neither a command nor a file; 'qdqlint --help' lists the commands"
                    + Suggestion.of(args[0], COMMANDS));
            return FAILED;
        }
        addCommands(line, words[0], streams);
        line.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, a) -> {
            streams.report(e.getMessage() + suggestion(e));
            streams.err()
                    .println("Try 'qdqlint "
                            + (e.getCommandLine().getParent() == null
                                    ? ""
                                    : e.getCommandLine().getCommandName() + " ") + "--help'.");
            return FAILED;
        });
        line.setExecutionExceptionHandler((e, l, r) -> {
            streams.reportUnlessFull(e);
            return FAILED;
        });
        return line.execute(words);
    }

    /** Adds the command that is called; all of them for the help that lists them. Each costs time at start. */
    private static void addCommands(CommandLine line, String called, Streams streams) {
        for (String name : COMMANDS) {
            if (called.startsWith("-") || called.equals(name)) {
                Command command = command(name);
                command.use(streams);
                line.addSubcommand(name, Syntax.of(name, command));
            }
        }
    }

    /** The program with all its commands. */
    private static CommandLine complete() {
        CommandLine line = new CommandLine(Syntax.ofProgram("qdqlint", ""));
        addCommands(line, "--help", new Streams(new Output(OutputStream.nullOutputStream()), System.err));
        return line;
    }

    private static Command command(String name) {
        return switch (name) {
            case "check" -> new CheckCommand();
            case "fix" -> new FixCommand();
            case "baseline" -> new BaselineCommand();
            case "diff" -> new DiffCommand();
            case "completion" -> new CompletionCommand(Main::complete);
            case "constraints" -> new ConstraintsCommand();
            case "forecast" -> new ForecastCommand();
            case "rules" -> new RulesCommand();
            case "facts" -> new FactsCommand();
            case "validate" -> new ValidateCommand();
            case "bench" -> new BenchCommand();
            case "tune" -> new TuneCommand();
            case "compare" -> new CompareCommand();
            default -> new EngineCommand();
        };
    }

    /** What an option that is not known may have been meant as. */
    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException u) || u.getUnmatched().isEmpty()) {
            return "";
        }
        String word = u.getUnmatched().get(0).replaceFirst("=.*", "");
        return Suggestion.of(
                word, e.getCommandLine().getCommandSpec().optionsMap().keySet());
    }

    /** Whether the call only asks which values there are for an option. */
    private static boolean asksFor(String option, List<String> words) {
        int at = words.indexOf(option);
        return words.contains(option + "=help")
                || at >= 0 && at + 1 < words.size() && words.get(at + 1).equals("help");
    }

    /** Whether it can hardly be meant as a file. */
    private static boolean isWord(String argument) {
        return argument.matches("[a-z]+") && !Files.exists(Path.of(argument));
    }

    /** Puts {@code check} first unless the first argument is a command, or asks to see help or the version. */
    private static String[] withCommand(String[] args) {
        List<String> own = List.of("-h", "--help", "-V", "--version");
        if (args[0].equals("help")) {
            return args.length > 1 ? new String[] {args[1], "--help"} : new String[] {"--help"};
        }
        if (COMMANDS.contains(args[0]) || own.contains(args[0])) {
            return args;
        }
        String[] out = new String[args.length + 1];
        out[0] = "check";
        System.arraycopy(args, 0, out, 1, args.length);
        return out;
    }
}
