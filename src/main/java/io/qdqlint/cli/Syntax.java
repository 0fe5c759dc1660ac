package io.qdqlint.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The options and parameters of a command, in the order in which help lists them. Commands do not use picocli's annotations:
 * reading them generates a class for each kind of annotation in every process, which takes 30 ms, a tenth of a short run.
 */
final class Syntax {
    private final CommandSpec spec;

    private Syntax(CommandSpec spec) {
        this.spec = spec;
    }

    /** picocli's model of a command. */
    static CommandSpec of(String name, Command command) {
        Syntax syntax = new Syntax(CommandSpec.wrapWithoutInspection(command).name(name));
        command.declare(syntax);
        return syntax.complete();
    }

    /** picocli's model of the program, which does nothing without a command. */
    static CommandSpec ofProgram(String name, String description, String... footer) {
        Syntax syntax = new Syntax(CommandSpec.create().name(name));
        syntax.describe(description);
        syntax.footer(footer);
        syntax.spec.usageMessage().synopsisSubcommandLabel("COMMAND");
        return syntax.complete();
    }

    void describe(String... lines) {
        spec.usageMessage().description(lines);
    }

    void footer(String... lines) {
        spec.usageMessage().footer(lines);
    }

    OptionSyntax option(String... names) {
        return new OptionSyntax(OptionSpec.builder(names));
    }

    /**
     * A parameter.
     *
     * @param index its place, or places, among the parameters: {@code 0}, {@code 1..*}
     * @param arity how many there may be: {@code 1}, {@code 0..1}, {@code 1..*}
     */
    ParameterSyntax parameter(String index, String arity) {
        return new ParameterSyntax(
                PositionalParamSpec.builder().index(index).arity(arity).required(!arity.startsWith("0")));
    }

    private CommandSpec complete() {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        spec.usageMessage().sortOptions(false);
        return spec.version("qdqlint " + Version.NUMBER);
    }

    /** An option. Its declaration ends with the field that gets the value. */
    final class OptionSyntax {
        private final OptionSpec.Builder builder;

        private OptionSyntax(OptionSpec.Builder builder) {
            this.builder = builder;
        }

        /** The word that stands for the value in help. */
        OptionSyntax label(String label) {
            builder.paramLabel(label);
            return this;
        }

        OptionSyntax says(String description) {
            builder.description(description);
            return this;
        }

        OptionSyntax byDefault(String value) {
            builder.defaultValue(value);
            return this;
        }

        /** Several values may stand in one argument with this between them. */
        OptionSyntax split(String separator) {
            builder.splitRegex(separator);
            return this;
        }

        <T> void to(Class<T> type, Consumer<T> value) {
            bind(type, value);
        }

        <T> void toList(Class<T> element, Consumer<List<T>> value) {
            builder.auxiliaryTypes(element);
            bind(List.class, value);
        }

        <T> void toMap(Class<T> element, Consumer<Map<String, T>> value) {
            builder.auxiliaryTypes(String.class, element);
            bind(Map.class, value);
        }

        void toFlag(Consumer<Boolean> value) {
            bind(boolean.class, value);
        }

        /** {@code --x} and {@code --no-x}; neither is as good as the first. */
        void toNegatable(Consumer<Boolean> value) {
            builder.negatable(true).defaultValue("true").fallbackValue("true");
            bind(boolean.class, value);
        }

        private <T> void bind(Class<?> type, Consumer<T> value) {
            Binding<T> binding = new Binding<>(value);
            spec.addOption(builder.type(type).getter(binding).setter(binding).build());
        }
    }

    /**
     * A parameter. Its declaration ends with the field that gets the value. Apart from {@link OptionSyntax}, as the type
     * that picocli's two builders have in common is not public.
     */
    final class ParameterSyntax {
        private final PositionalParamSpec.Builder builder;

        private ParameterSyntax(PositionalParamSpec.Builder builder) {
            this.builder = builder;
        }

        /** The word that stands for the value in help. */
        ParameterSyntax label(String label) {
            builder.paramLabel(label);
            return this;
        }

        ParameterSyntax says(String description) {
            builder.description(description);
            return this;
        }

        <T> void to(Class<T> type, Consumer<T> value) {
            bind(type, value);
        }

        <T> void toList(Class<T> element, Consumer<List<T>> value) {
            builder.auxiliaryTypes(element);
            bind(List.class, value);
        }

        private <T> void bind(Class<?> type, Consumer<T> value) {
            Binding<T> binding = new Binding<>(value);
            spec.addPositional(
                    builder.type(type).getter(binding).setter(binding).build());
        }
    }
}
