package io.qdqlint.constraints;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The constraints as Python that applies them to a model with quantizer modules. */
public final class PythonSnippet {
    /** The tool whose quantizers are meant. */
    public enum Tool {
        /** NVIDIA's pytorch-quantization: {@code module._input_quantizer}. */
        PYTORCH_QUANTIZATION("_"),
        /** NVIDIA's ModelOpt: {@code module.input_quantizer}. */
        MODELOPT("");

        private final String prefix;

        Tool(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Pattern STANDARD = Pattern.compile("(.*\\.)_?((?:input|weight)_quantizer)");

    private final Tool tool;
    private final List<String> lines = new ArrayList<>();

    private PythonSnippet(Tool tool) {
        this.tool = tool;
    }

    /** The lines of a Python module with a function {@code apply_constraints(model)}. */
    public static List<String> of(Constraints constraints, Tool tool) {
        PythonSnippet snippet = new PythonSnippet(tool);
        snippet.write(constraints);
        return snippet.lines;
    }

    private void write(Constraints constraints) {
        say("\"\"\"Constraints for the quantizers of " + text(constraints.model()) + ", found by qdqlint.");
        say("");
        howToUse();
        for (String note : constraints.notes()) {
            say("");
            say("Note: " + text(note) + ".");
        }
        say("\"\"\"");
        say("");
        say("# The quantizers of a group become one object, so they share one scale.");
        say("SHARED = [");
        for (Constraints.Group group : constraints.shared()) {
            say("    [" + (group.rules().isEmpty() ? "" : "  # " + String.join(", ", group.rules())));
            group.members().forEach(m -> item("        ", m));
            say("    ],");
        }
        say("]");
        say("");
        say("# Quantizers to disable: TensorRT cannot fuse across them, or their kernels take longer than INT8 saves.");
        say("DISABLED = [");
        constraints.disabled().forEach(d -> item("    ", d.quantizer()));
        say("]");
        say("");
        say(
                "# Inputs that need a quantizer; forward() must call it as added_N_input_quantizer of the module, N counted from 0:");
        say("# (module, input, quantizer to share or None).");
        say("ADDED = [");
        for (Constraints.Added a : constraints.added()) {
            String shared = a.shares() == null ? null : path(a.shares());
            say(String.format(
                    Locale.ROOT,
                    "    (%s, %d, %s),  # %s: '%s' reads '%s'",
                    a.module() == null ? "None" : quote(a.module()),
                    a.input(),
                    shared == null ? "None" : quote(shared),
                    a.rule(),
                    text(a.node()),
                    text(a.tensor())));
        }
        say("]");
        say("");
        function();
    }

    private void howToUse() {
        say("Call apply_constraints(model) after the quantizers are in place and before calibration and fine-tuning.");
        say("A model exported afterwards needs no fix.");
        if (tool == Tool.MODELOPT) {
            say("");
            say("    mtq.quantize(model, config)  # without forward_loop: calibrated below");
            say("    apply_constraints(model)");
            say("    mtq.calibrate(model, \"max\", forward_loop)");
            say("");
            say("mto.restore does not support shared quantizers: to load trained weights, quantize and");
            say("constrain a model as above and load its state_dict.");
        }
    }

    private void function() {
        say("");
        say("def apply_constraints(model):");
        say("    def owner(path):");
        say("        module, _, attribute = path.rpartition(\".\")");
        say("        return model.get_submodule(module), attribute");
        say("");
        say("    for group in SHARED:");
        say("        for path in group[1:]:");
        say("            module, attribute = owner(path)");
        say("            setattr(module, attribute, getattr(*owner(group[0])))");
        say("    for path in DISABLED:");
        say("        getattr(*owner(path)).disable()");
        say("    for index, (module, _, shared) in enumerate(ADDED):");
        say("        if module is not None:");
        say("            quantizer = getattr(*owner(shared)) if shared else new_quantizer()");
        say("            setattr(model.get_submodule(module), f\"added_{index}_input_quantizer\", quantizer)");
        say("");
        say("");
        say("def new_quantizer():");
        if (tool == Tool.MODELOPT) {
            say("    from modelopt.torch.quantization.nn import TensorQuantizer");
            say("");
            say("    return TensorQuantizer()  # 8 bits, one scale per tensor");
        } else {
            say("    from pytorch_quantization import nn as quant_nn");
            say("");
            say("    return quant_nn.TensorQuantizer(quant_nn.QuantConv2d.default_quant_desc_input)");
        }
    }

    private void item(String indent, Constraints.Quantizer q) {
        String path = path(q);
        String comment = "  # " + text(q.node()) + (q.weight() == null ? "" : ", weight " + text(q.weight()));
        say(
                path == null
                        ? indent + comment.strip() + ": no module path in its names"
                        : indent + quote(path) + "," + comment);
    }

    /** The quantizer as the tool names it; one that another tool has put there is named by its layer. */
    private String path(Constraints.Quantizer q) {
        if (q.quantizer() == null) {
            return null;
        }
        Matcher own = STANDARD.matcher(q.quantizer());
        if (own.matches()) {
            return own.group(1) + tool.prefix + own.group(2);
        }
        if (q.quantizer().endsWith("quantizer")) {
            return q.quantizer();
        }
        boolean weight = q.quantizer().contains("weight_fake_quant");
        return q.module() == null
                ? null
                : q.module() + "." + tool.prefix + (weight ? "weight_quantizer" : "input_quantizer");
    }

    private void say(String line) {
        lines.add(line);
    }

    /** Names come from the model: nothing in them may end the comment or the string that they stand in, or show it otherwise than it is. */
    private static String text(String name) {
        return name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\"\\\\]", "?");
    }

    private static String quote(String name) {
        return '"' + text(name) + '"';
    }
}
