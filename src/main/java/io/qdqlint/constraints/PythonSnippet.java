package io.qdqlint.constraints;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        say("\"\"\"What the quantizers of " + text(constraints.model()) + " have to obey, found by qdqlint.");
        say("");
        say("Call apply_constraints(model) after the quantizers are in place and before calibration or fine-tuning.");
        say("A model exported afterwards needs no fix.");
        say("\"\"\"");
        say("");
        say("# Quantizers of one group are one object, and so have one scale.");
        say("SHARED = [");
        for (Constraints.Group group : constraints.shared()) {
            say("    [" + (group.rules().isEmpty() ? "" : "  # " + String.join(", ", group.rules())));
            group.members().forEach(m -> item("        ", m));
            say("    ],");
        }
        say("]");
        say("");
        say("# Quantizers to switch off: TensorRT cannot fuse across them, or they take longer than INT8 saves.");
        say("DISABLED = [");
        constraints.disabled().forEach(d -> item("    ", d.quantizer()));
        say("]");
        say("");
        say(
                "# Inputs that need a quantizer, which forward() has to call: (module, input, quantizer to share or None).");
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
        say("            setattr(model.get_submodule(module), f\"residual_quantizer_{index}\", quantizer)");
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

    private String path(Constraints.Quantizer q) {
        String path = q.quantizer();
        return path != null && (path.endsWith("._input_quantizer") || path.endsWith("._weight_quantizer"))
                ? path.substring(0, path.lastIndexOf('.') + 1) + tool.prefix + path.substring(path.lastIndexOf('.') + 2)
                : path;
    }

    private void say(String line) {
        lines.add(line);
    }

    /** Names come from the model: nothing in them may end the comment or the string that they stand in. */
    private static String text(String name) {
        return name.replaceAll("[\\p{Cntrl}\"\\\\]", "?");
    }

    private static String quote(String name) {
        return '"' + text(name) + '"';
    }
}
