#!/usr/bin/env python3
"""Breaks each rewrite of the fix on purpose, and checks that a test fails each time.

    scripts/mutate-rewrites.py [--list] [--command COMMAND] [WORD...]

Each mutation replaces a piece of code in src/main/java/io/qdqlint/fix by a wrong one: a Clip is left out, a reader is ignored, or a
scale, sign, axis or zero point is wrong. The script applies one mutation at a time in a temporary worktree of the last commit (without
uncommitted changes), and runs the tests that are most likely to fail. First it runs them on the unchanged code. The status is 1 where a mutation survives, does not compile, or changes code that is no longer there.

    WORD       only mutations whose description contains one of these, such as RemovePair or Clip
    --list     print the mutations and whether their code is there, without running anything
    --command  what runs tests in the root of the checkout; {} stands for their classes. Default: mvn -o -q test -Dtest={}

Maven compiles all for each, which takes one to three minutes on two cores: some hours for all of them.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CODE = "src/main/java/io/qdqlint/fix"
TESTS = "src/test/java"
MAVEN = "mvn -o -q test -Dtest={}"
NOT_COMPILED = re.compile(r"COMPILATION ERROR|^\d+ errors?$", re.MULTILINE)

PROPERTY = "RewritePropertyTest"
# The test method that has the name of the rewrite.
OWN = PROPERTY + "#{}"

# rewrite: what is broken, the code, what takes its place, tests that see it.
Mutation = collections.namedtuple("Mutation", "rewrite damage old new tests")


def mutations():
    return [Mutation(r, d, old, new, t.replace("{}", r[0].lower() + r[1:])) for r, d, old, new, t in (
        ("MakeSymmetric", "no Clip", "clips.keep(change, quantizer, new Clippings.Bounds(-end, end));", "", OWN),
        ("MakeSymmetric", "other readers of the codes", "quantizer.requireCodesForValuesOnly();\n        boolean unsigned",
         "boolean unsigned", OWN),
        ("MakeSymmetric", "zero point of the DQ", "requireSameZeroPoints(quantizer);", "", OWN),
        ("MakeSymmetric", "scale is not widened", "scales[c] *= factors[factors.length == 1 ? 0 : c];", "", OWN),
        ("MakeSymmetric", "range of one side alone", "Math.max(-lowest, lowest + 255) / Quantizer.LARGEST_CODE", "(lowest + 255) / Quantizer.LARGEST_CODE", OWN),
        ("MakeSymmetric", "zero point of stored codes",
         "(unsigned ? bytes[i] & 0xFF : bytes[i]) - (int) zeros[zeros.length == 1 ? 0 : c]",
         "(unsigned ? bytes[i] & 0xFF : bytes[i]) - (unsigned ? SIGN : 0)", OWN),
        ("MakeSymmetric", "sign of stored codes", "unsigned ? bytes[i] & 0xFF : bytes[i]", "bytes[i]", OWN),
        ("MakeSymmetric", "stored codes are not scaled", "Math.rint(shifted[i] / factors[channels.of(i)])",
         "Math.max(-128, Math.min(127, shifted[i]))", OWN),

        ("RemovePair", "no Clip", "String kept = clips.keep(change, Quantizer.of(q), Clippings.Bounds.NONE);",
         "String kept = read.name();", OWN),
        ("RemovePair", "parameters of the DQ", "        Quantizer.requirePair(q, dq);\n        if (read.type()", "        if (read.type()", OWN),
        ("RemovePair", "Clip of the pair before it",
         "change.edits.stream().noneMatch(e -> e instanceof Edit.SetInput set && set.node() == q)", "true", OWN),
        ("RemovePair", "types", "if (read.type() != out.type() &&", "if (false &&", "FixerTest"),
        ("RemovePair", "name of the output", ".edit(new Edit.SetOutput(producer, in.outputSlot(), out.name()))", "", OWN),
        ("RemovePair", "other readers of the output's tensor", ".redirect(in, out.name());", ";", OWN),

        ("Bypass", "reads something else", "bypass(change, in, in.name(), node.output(0));",
         "bypass(change, in, in.producer().input(0).name(), node.output(0));", OWN),

        ("MovePair", "no Clip", "exact || up ? q.input(0).name() : clips.keep(change, Quantizer.of(q), Clippings.Bounds.NONE)",
         "q.input(0).name()", OWN),
        ("MovePair", "parameters of the DQ", "        Quantizer.requirePair(q, dq);\n        if (q.output(0)", "        if (q.output(0)", OWN),
        ("MovePair", "readers of the codes", "q.output(0).isGraphOutput() || q.output(0).uses().size() != 1", "false", OWN),
        ("MovePair", "readers of the moved tensor",
         "moved.uses().size() != 1 || moved.uses().get(0).node() != past || moved.isGraphOutput()", "false", OWN),
        ("MovePair", "readers of the node's result",
         "result.uses().size() != 1 || result.isGraphOutput() || moved.isGraphOutput()", "false", OWN),
        ("MovePair", "clipping of what is before", "clips.requireHarmless(q);", "", OWN),
        ("MovePair", "output reads the unquantized tensor", ".edit(new Edit.SetOutput(moved.producer(), 0, result.name()))", "", OWN),

        ("UnifyScales", "no Clip", "clips.keep(change, m.quantizer, new Clippings.Bounds(-end, end));", "", OWN),
        ("UnifyScales", "other readers of the codes", "        quantizer.requireOwnCodes();\n        if (!(made", "        if (!(made", OWN),
        ("UnifyScales", "smallest scale", "from.largest.scale > into.largest.scale", "from.largest.scale < into.largest.scale", OWN),
        ("UnifyScales", "DQs keep theirs", "for (Node node : m.quantizer.nodes()) {", "for (Node node : List.of(m.quantizer.first())) {", OWN),
        ("UnifyScales", "ratio", "if (large.scale / small.original > maxRatio)", "if (false)", "FixerTest"),

        ("LeaveInFloat", "no Clip", "clips.keep(change, read, Clippings.Bounds.NONE)", "data.name()", OWN),
        ("LeaveInFloat", "parameters of the DQ", "read.requireSameParameters();", "", OWN),
        ("LeaveInFloat", "weight", "change.edit(new Edit.SetInitializer(dequantized(quantizer, real)));",
         "change.edit(new Edit.SetInitializer(Tensors.floats(real, DataType.FLOAT, quantizer.data().shape(), "
         "weights.doubles(quantizer.data().constant()))));", OWN),

        ("QuantizeInput", "clipping", "            clips.requireHarmless(like);\n            for", "            for", OWN),
        ("QuantizeInput", "parameters of the DQ", "Quantizer.requirePair(like, dq);", "", OWN),
        ("QuantizeInput", "input", "return change.edit(new Edit.SetInput(node, rewrite.slot(), pair.output()))",
         "return change.edit(new Edit.SetInput(node, 1 - rewrite.slot(), pair.output()))", OWN),
        ("QuantizeInput", "zero point of another tensor's", "            requireSymmetric(like);\n            if (!other)", "            if (!other)", OWN),

        ("Together", "all parts", "insertion.quantizeInput(r, change);", "insertion.quantizeInput(r, new Change());", OWN + " RuleFixesTest"),
        ("Together", "bound", "exactness, Math.max(bound, howFar), says)", "exactness, 0, says)", OWN),
        ("Together", "exactness of the last part", "kind.compareTo(exactness) > 0 ? kind : exactness", "kind", "ChangeTest"),

        ("GemmAsConv", "scaled or transposed", "if (!plain || !along) {", "if (!along) {", OWN),
        ("GemmAsConv", "bias", "List.of(image, kernel, gemm.input(2).name())", "List.of(image, kernel)", OWN),
        ("GemmAsConv", "axis of the weight", 'pair.forEach(node -> change.edit(new Edit.SetAttribute(node, new Attribute("axis", 0L))));', "", OWN),
        ("GemmAsConv", "scales along inputs", "Math.floorMod(weight.axis(), 2) != 0", "false", OWN),
        ("GemmAsConv", "other readers of the pair", "|| quantize.output(0).uses().size() != 1\n                || dequantize.output(0).uses().size() != 1", "", OWN),
        ("QuantizeOutput", "scale of the calibration", "scale = magnitude / Quantizer.LARGEST_CODE;", "scale = magnitude / 254;", OWN),
        ("QuantizeOutput", "step twice as wide", "scale = magnitude / Quantizer.LARGEST_CODE;", "scale = magnitude / 63;", "FixerTest RuleFixesTest"),
        ("QuantizeOutput", "clipping", "if (!other) {", "if (false) {", OWN),
        ("QuantizeOutput", "readers", "change.redirect(out, pair.output());", "", "FixerTest RuleFixesTest"),

        ("QuantizeWeight", "scale", "largest[c] > 0 ? largest[c] / Quantizer.LARGEST_CODE", "largest[c] > 0 ? largest[c] / 254", OWN),
        ("QuantizeWeight", "largest of each channel", "Math.max(largest[c], Math.abs(values[i]));", "Math.max(largest[c], values[i]);", OWN),
        ("QuantizeWeight", "channel of zeros", ": ScaleRepair.TINY;", ": 0;", OWN),
        ("QuantizeWeight", "axis", 'case "Conv" -> 0;', 'case "Conv" -> 1;', "RuleFixesTest"),

        ("RepairScale", "sign", "stored(quantizer) && negate(change, quantizer, old)", "false", OWN),
        ("RepairScale", "sign of some channels", "boolean turned = old[channels.of(i)] < 0;", "boolean turned = true;", OWN),
        ("RepairScale", "codes of 0 are other bits", "Exactness stored = zeros ? Exactness.ROUNDING", "Exactness stored = false ? Exactness.ROUNDING", OWN),
        ("RepairScale", "-128", "if (code > Byte.MAX_VALUE)", "if (false)", "ReadersTest"),
        ("RepairScale", "other readers of the codes", "        quantizer.requireOwnCodes();\n        double[] old", "        double[] old", OWN),
        ("RepairScale", "codes that mean something", "if (magnitudes[c] > 0 && stored)", "if (false)", "FixerTest"),
        ("RepairScale", "range", "magnitudes[c] > 0 ? magnitudes[c] / Quantizer.LARGEST_CODE : TINY", "magnitudes[c] > 0 ? magnitudes[c] : TINY", "RuleFixesTest"),
        ("RepairScale", "magnitude", "repaired[c] = -old[c];", "repaired[c] = -2 * old[c];", OWN),

        ("MatchZeroPoint", "zero points of other DQs", "            if (zero) {", "            if (true) {", OWN),
        ("MatchZeroPoint", "type", "zero(change, own, quantizer.type())", "zero(change, own, DataType.INT8)", OWN),

        ("FoldConstant", "zero point", "double difference = stored[i] - zeros[zeros.length == 1 ? 0 : c];",
         "double difference = stored[i];", OWN),
        ("FoldConstant", "scale of the channel", "(float) difference * (float) scales[c]", "(float) difference * (float) scales[0]", OWN),
        ("FoldConstant", "one rounding", "(float) difference * (float) scales[c]", "difference * scales[c]", OWN),
        ("FoldConstant", "axis", "Channels channels = Channels.of(codes.shape(), scales.length, quantizer.axis());\n        double[] values",
         "Channels channels = Channels.of(codes.shape(), scales.length, Math.min(2, quantizer.axis()));\n        double[] values", OWN),
        ("FoldConstant", "defaults that callers replace", "if (value != null && overridable && value.isDefaulted())", "if (false)", "ReadersTest"),

        ("DequantizeFirst", "axis", 'change.edit(new Edit.SetAttribute(dq, new Attribute("axis", (long) axis)));', "", OWN),
        ("DequantizeFirst", "order", "moved.push(stored);", "moved.addLast(stored);", OWN),
        ("DequantizeFirst", "Transpose", "if (!moved.isEmpty()) {", "if (false) {", OWN),
        ("DequantizeFirst", "codes", "for (int i = 0; i < rewrite.between(); i++) {", "for (int i = 1; i < rewrite.between(); i++) {", OWN),

        ("FoldClip", "codes are not clipped", "(byte) Math.min(Math.max(stored[i], low), high)", "(byte) stored[i]", OWN),
        ("FoldClip", "codes that it changes", "if (stored < low || stored > high) {", "if (false) {", OWN),

        ("SetAxis", "axis", 'new Attribute("axis", (long) chosen)', 'new Attribute("axis", 1L - chosen)', OWN),
        ("SetAxis", "output channels", "int chosen = outputChannels(quantizer, shape == null ? 0 : shape.rank());", "int chosen = -1;", OWN),
        ("SetAxis", "axis that fits", "chosen = byDefault ? Quantizer.DEFAULT_AXIS : fitting.get(0);", "chosen = Quantizer.DEFAULT_AXIS;", OWN),
        ("SetAxis", "ONNX's default", "chosen = byDefault ? Quantizer.DEFAULT_AXIS : fitting.get(0);", "chosen = fitting.get(0);", OWN),
        ("SetAxis", "several that fit", "if (!byDefault && fitting.size() != 1)", "if (false)", "FixerTest"),

        ("SetWindow", "window", "long[] window = rewrite.window().stream().mapToLong(Long::longValue).toArray();", "long[] window = rewrite.window().stream().mapToLong(w -> 4 - w).toArray();", OWN),

        ("every Clip", "upper end", "inputs.add(bound(change, out + \"_max\", type, bounds.high()));", "", PROPERTY + "#removePair"),
        ("every Clip", "is not read by the Q", "change.edit(new Edit.SetInput(q, 0, clipped)).alsoSays(says(q, in, lost));", "change.alsoSays(says(q, in, lost));", PROPERTY + "#removePair"),
        ("every Clip", "lower end", "boolean below = counts(quantize, clipping, true) &&", "boolean below = false &&", PROPERTY + "#removePair"),
        ("every Clip", "upper end is not seen", "boolean above = counts(quantize, clipping, false) &&", "boolean above = false &&", PROPERTY + "#removePair"),
        ("every Clip", "a Relu for a Clip", "relu ? Double.POSITIVE_INFINITY : clipping.high()", "Double.POSITIVE_INFINITY", PROPERTY + "#removePair"),
        ("every Clip", "observed clipping", "seen.below() > Saturation.RARE", "false", PROPERTY + "#removePair"),
    )]


def place(mutation, root):
    """The file that has the code, once; None where none or several have it."""
    found = []
    for file in sorted((root / CODE).glob("*.java")):
        found += [file] * file.read_text().count(mutation.old)
    return found[0] if len(found) == 1 else None


def run(command, tests, root):
    done = subprocess.run(command.replace("{}", ",".join(tests)), shell=True, cwd=root, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def tried(mutation, command, root):
    file = place(mutation, root)
    text = file.read_text()
    try:
        file.write_text(text.replace(mutation.old, mutation.new))
        status, output = run(command, mutation.tests.split(), root)
    finally:
        file.write_text(text)
    if status == 0:
        return "SURVIVED"
    return "DOES NOT COMPILE" if NOT_COMPILED.search(output) else "killed"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--command", default=MAVEN)
    options = parser.parse_args()
    chosen = [m for m in mutations() if not options.words or any(w in f"{m.rewrite}: {m.damage}" for w in options.words)]
    gone = [m for m in chosen if place(m, ROOT) is None]
    for m in gone:
        print(f"{m.rewrite}: {m.damage}: the code is not there, or more than once:\n{m.old}")
    tests = sorted({t for m in chosen for t in m.tests.split()})
    missing = [t for t in tests if not list((ROOT / TESTS).rglob(t.split("#")[0] + ".java"))]
    if missing:
        print("no such test: " + ", ".join(missing))
    if options.list:
        for m in chosen:
            print(f"{m.rewrite}: {m.damage} ({m.tests})")
    if gone or missing or options.list:
        return 1 if gone or missing else 0
    with tempfile.TemporaryDirectory(prefix="qdqlint-mutations") as folder:
        root = pathlib.Path(folder) / "checkout"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(root), "HEAD"], check=True)
        try:
            return broken(chosen, tests, options.command, root)
        finally:
            subprocess.run([*git, "remove", "--force", str(root)], check=True)


def broken(chosen, tests, command, root):
    status, output = run(command, tests, root)
    if status:
        print(output[-5000:] + "\nthe tests fail without any mutation")
        return 1
    failed = 0
    for m in chosen:
        start = time.monotonic()
        outcome = tried(m, command, root)
        failed += outcome != "killed"
        print(f"{outcome:8} {m.rewrite}: {m.damage} ({m.tests}, {time.monotonic() - start:.0f} s)", flush=True)
    print(f"{len(chosen) - failed} of {len(chosen)} mutations killed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
