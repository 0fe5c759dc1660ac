package io.qdqlint.lint;

import io.qdqlint.concept.Build.Blocker;
import io.qdqlint.concept.Commuting.CommutesWithQ;
import io.qdqlint.concept.Entries.RegionQ;
import io.qdqlint.concept.Epilogues.ConvAdd;
import io.qdqlint.concept.Epilogues.ConvPwn;
import io.qdqlint.concept.Fusion.LostFusion;
import io.qdqlint.concept.Groups.Avoidable;
import io.qdqlint.concept.Groups.MovedThrough;
import io.qdqlint.concept.Kernels.DequantizedFor;
import io.qdqlint.concept.Kernels.KeptDq;
import io.qdqlint.concept.Kernels.StandAlone;
import io.qdqlint.concept.Layers.KernelPart;
import io.qdqlint.concept.Motion.DqFlow;
import io.qdqlint.concept.Motion.Mixed;
import io.qdqlint.concept.Motion.MovedQ;
import io.qdqlint.concept.Motion.NeededInFloat;
import io.qdqlint.concept.Motion.OneInput;
import io.qdqlint.concept.Motion.Pure;
import io.qdqlint.concept.Pointwise.LoneClamp;
import io.qdqlint.concept.Pointwise.Pwn;
import io.qdqlint.concept.Pointwise.ScaleOrUnaryLayer;
import io.qdqlint.concept.Precision.DataPath;
import io.qdqlint.concept.Precision.NoInt8;
import io.qdqlint.concept.Precision.RunsIn;
import io.qdqlint.concept.Precision.WeightPath;
import io.qdqlint.concept.Regions.Anchor;
import io.qdqlint.concept.Regions.Myelin;
import io.qdqlint.concept.Regions.Pooling;
import io.qdqlint.concept.Requantize.RequantizeJoins;
import io.qdqlint.concept.Requantize.Sibling;
import io.qdqlint.concept.Writers.Absorbed;
import io.qdqlint.concept.Writers.Int8Writer;
import io.qdqlint.fact.Quantize;
import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;
import io.qdqlint.rules.run.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** The sentence of each concept about a node. Concepts stand in the order of the explanation. */
final class ConceptText {
    private static final List<Words<?>> ALL = new ArrayList<>();

    private record Words<T>(Class<T> type, BiFunction<T, Subject, String> text) {}

    private static <T> void say(Class<T> type, BiFunction<T, Subject, String> text) {
        ALL.add(new Words<>(type, text));
    }

    static {
        say(Blocker.class, (c, s) -> s.is(c.node()) ? "TensorRT stops here: " + c.message() : null);
        say(Anchor.class, (c, s) -> s.is(c.node()) ? "Myelin forms a region around it" : null);
        say(Pooling.class, (c, s) -> s.is(c.node()) ? "it is a pooling layer to TensorRT" : null);
        say(Myelin.class, (c, s) -> s.is(c.node()) ? "it is part of a region that Myelin compiles" : null);

        say(KernelPart.class, (c, s) -> s.is(c.node()) && !s.is(c.root()) ? "it is fused into " + of(c.root()) : null);
        say(Pwn.class, (c, s) -> {
            if (!s.is(c.node())) {
                return null;
            }
            return "it is "
                    + (s.is(c.end()) ? "the end of a pointwise layer" : "in the pointwise layer of " + of(c.end()));
        });
        say(LoneClamp.class, (c, s) -> s.is(c.node()) ? "it is not fused into another layer" : null);
        say(ScaleOrUnaryLayer.class, (c, s) -> s.is(c.node()) ? "it is a layer of its own: Scale or Unary" : null);
        say(
                ConvAdd.class,
                (c, s) -> s.is(c.add()) || s.is(c.conv())
                        ? of(c.add()) + " fuses into " + of(c.conv()) + "; " + of(c.other()) + " is its residual"
                        : null);
        say(
                ConvPwn.class,
                (c, s) -> s.is(c.end()) || s.is(c.conv())
                        ? "the pointwise layer of " + of(c.end()) + " fuses into " + of(c.conv())
                        : null);
        say(Sibling.class, (c, s) -> s.is(c.conv()) ? "another convolution of its geometry is merged with it" : null);
        say(
                WeightPath.class,
                (c, s) -> s.weight(c.tensor())
                        ? "its weight is dequantized by " + of(c.source().node())
                        : null);
        say(
                DataPath.class,
                (c, s) -> s.data(c.tensor())
                        ? "its data is dequantized by " + of(c.source().node())
                        : null);
        say(
                NoInt8.class,
                (c, s) -> s.is(c.node()) ? "TensorRT has no INT8 kernel for its shape and surroundings" : null);
        say(RunsIn.class, (c, s) -> s.is(c.node()) ? "it runs in " + precision(c.precision()) : null);
        say(
                CommutesWithQ.class,
                (c, s) -> s.is(c.node())
                        ? "it commutes with Q: a Q that alone reads " + of(c.out()) + " moves above it"
                        : null);

        say(
                MovedQ.class,
                (c, s) -> s.is(c.quantizer().node())
                                && c.tensor() == c.quantizer().input()
                        ? "it needs " + of(c.tensor()) + " in INT8 with scale " + scale(c.quantizer())
                        : null);
        say(
                RegionQ.class,
                (c, s) -> s.is(c.quantizer().node())
                        ? "its input, seen through reshaping and other pairs, is " + of(c.tensor())
                        : null);
        say(Pure.class, (c, s) -> s.about(c.tensor()) ? of(c.tensor()) + " is needed in this one scale only" : null);
        say(
                MovedThrough.class,
                (c, s) -> s.asksFor(c.tensor(), c.quantizer().group())
                        ? "it moves above " + of(c.node()) + " and needs " + of(c.tensor())
                        : null);
        say(
                MovedQ.class,
                (c, s) -> s.about(c.tensor()) && !s.is(c.quantizer().node())
                        ? of(c.quantizer().node()) + " needs " + of(c.tensor()) + " with scale " + scale(c.quantizer())
                        : null);
        say(
                NeededInFloat.class,
                (c, s) -> s.about(c.tensor())
                        ? of(c.tensor())
                                + (c.by() == null
                                        ? " leaves the graph in floating point"
                                        : " is needed in floating point by " + of(c.by()))
                        : null);
        say(
                Mixed.class,
                (c, s) ->
                        s.about(c.tensor()) ? "so " + of(c.tensor()) + " is needed in several scales or types" : null);
        say(OneInput.class, (c, s) -> s.is(c.node()) ? "it reads INT8, and with a Q after it writes INT8" : null);
        say(
                Int8Writer.class,
                (c, s) -> s.about(c.tensor())
                        ? of(c.by()) + " can write " + of(c.tensor()) + " in INT8: " + c.how()
                        : null);
        say(
                Absorbed.class,
                (c, s) -> s.about(c.tensor())
                        ? "the Q at " + of(c.tensor()) + " is part of the kernel of " + of(c.by())
                        : null);

        say(
                DqFlow.class,
                (c, s) -> s.is(c.source().node())
                        ? gives(c)
                        : s.about(c.tensor()) || s.reads(c.tensor())
                                ? of(c.tensor()) + " is INT8 data that "
                                        + of(c.source().node()) + " dequantizes"
                                : null);
        say(
                DequantizedFor.class,
                (c, s) -> s.flows(c.tensor())
                        ? of(c.tensor())
                                + (c.by() == null
                                        ? " leaves the graph in floating point"
                                        : " is read in floating point by " + of(c.by()))
                        : null);
        say(
                RequantizeJoins.class,
                (c, s) -> s.about(c.tensor()) || s.flows(c.tensor())
                        ? "a requantization of " + of(c.tensor()) + " is part of the kernel before it"
                        : null);
        say(
                LostFusion.class,
                (c, s) -> s.is(c.pair().quantize().node())
                                || s.is(c.pair().dequantize().node())
                                || s.is(c.before())
                                || s.is(c.after())
                        ? "the pair of " + of(c.pair().quantize().node()) + " keeps " + of(c.before()) + " and "
                                + of(c.after()) + " apart"
                        : null);
        say(KeptDq.class, (c, s) -> s.is(c.dequantize().node()) ? "so the DQ stays a kernel" : null);
        say(
                StandAlone.class,
                (c, s) ->
                        s.owns(c) ? "a " + c.kind() + " kernel stays at " + of(c.tensor()) + ": " + c.reason() : null);
        say(
                Avoidable.class,
                (c, s) -> s.owns(c.kernel())
                        ? "other scales would remove the kernel at "
                                + of(c.kernel().tensor())
                        : null);
    }

    private ConceptText() {}

    /** A sentence about the subject and the fact it reports. */
    record Sentence(String text, Object fact) {}

    /** All that the facts say of the subject, in the order of the explanation. */
    static List<Sentence> of(Result result, Subject subject) {
        List<Sentence> out = new ArrayList<>();
        for (Words<?> words : ALL) {
            add(result, words, subject, out);
        }
        return out;
    }

    private static <T> void add(Result result, Words<T> words, Subject subject, List<Sentence> out) {
        for (T fact : result.all(words.type())) {
            String text = words.text().apply(fact, subject);
            if (text != null) {
                out.add(new Sentence(text, fact));
            }
        }
    }

    private static String gives(DqFlow flow) {
        boolean own = flow.tensor() == flow.source().output();
        return own
                ? "it dequantizes " + of(flow.tensor()) + " from INT8 data"
                : "it moves down and dequantizes " + of(flow.tensor());
    }

    private static String of(Node node) {
        return "'" + node.name() + "'";
    }

    private static String of(Value value) {
        return "'" + value.name() + "'";
    }

    private static String scale(Quantize quantize) {
        return quantize.scale().text();
    }

    private static String precision(String word) {
        return word.equals("float") ? "floating point" : word.toUpperCase(Locale.ROOT);
    }
}
