package io.qdqlint.rewrite;

import io.qdqlint.ir.Node;

/**
 * A change of the model that fixes a finding. Rules derive rewrites together with their findings. The planner of package fix
 * turns them into edits, all together, so that those of several rules do not contradict each other.
 */
public sealed interface Rewrite
        permits UnifyScales,
                RemovePair,
                Bypass,
                MovePair,
                QuantizeInput,
                QuantizeOutput,
                Together,
                QuantizeWeight,
                GemmAsConv,
                LeaveInFloat,
                FoldConstant,
                FoldClip,
                DequantizeFirst,
                MakeSymmetric,
                SetAxis,
                SetWindow,
                MatchZeroPoint,
                RepairScale {
    /** The rule that proposes it, such as {@code QDQ101}. */
    String rule();

    /** The node that the rule's finding is at. */
    Node at();

    /** Which rewrites go first: a round applies those of the first phase that has any. */
    Phase phase();

    /** Calls the visitor's method for this kind of edit. */
    void accept(Visitor visitor);

    /** Does something with each kind of edit. A new kind does not compile before each visitor has a method for it. */
    interface Visitor {
        void visit(UnifyScales edit);

        void visit(RemovePair edit);

        void visit(Bypass edit);

        void visit(MovePair edit);

        void visit(QuantizeInput edit);

        void visit(QuantizeOutput edit);

        void visit(Together edit);

        void visit(QuantizeWeight edit);

        void visit(GemmAsConv edit);

        void visit(LeaveInFloat edit);

        void visit(FoldConstant edit);

        void visit(FoldClip edit);

        void visit(DequantizeFirst edit);

        void visit(MakeSymmetric edit);

        void visit(SetAxis edit);

        void visit(SetWindow edit);

        void visit(MatchZeroPoint edit);

        void visit(RepairScale edit);
    }

    /** The order in which models are fixed (rules-catalogue, fix order). */
    enum Phase {
        /** Defects that TensorRT's parser refuses. */
        HYGIENE,
        /** Pairs at the wrong place. */
        STRUCTURE,
        /** Scales that have to be equal. */
        SCALES,
        /** Layers that stay in floating point, where nothing else removes the kernel before them. */
        PRECISION
    }
}
