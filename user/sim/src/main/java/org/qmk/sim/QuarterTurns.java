package org.qmk.sim;

import java.util.OptionalInt;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;

/// What makes a program Clifford: no T, CCZ or Toffoli gate, and every angle a multiple of pi/2.
final class QuarterTurns {

    private static final double QUARTER = Math.PI / 2;

    /// Angles are taken for multiples of pi/2 within the rounding of a few operations, and only
    /// where that rounding is small.
    private static final int ULPS = 4;

    private static final double ROUNDING_MAX = 1e-12;

    private QuarterTurns() {}

    /// The number of quarter turns, 0 to 3, that an angle in radians comes to; nothing if it is
    /// not a whole number.
    static OptionalInt of(double angle) {
        double tolerance = ULPS * Math.ulp(angle);
        if (tolerance > ROUNDING_MAX) return OptionalInt.empty();
        double turns = Math.rint(angle / QUARTER);
        if (Math.abs(angle - turns * QUARTER) > tolerance) return OptionalInt.empty();
        return OptionalInt.of((int) turns & 3);
    }

    /// The first node of a program that is not Clifford, if there is one.
    static OptionalInt firstOther(StepList steps) {
        for (int step = 0; step < steps.size(); step++) {
            if (!isClifford(steps, step)) return OptionalInt.of(steps.node(step));
        }
        return OptionalInt.empty();
    }

    /// `node 4 (APPLY_T)`, or with an angle `node 4 (RZ, angle 0.3)`.
    static String describe(Graph graph, int node) {
        String angle =
                switch (graph.argument(node)) {
                    case Argument.Rotation(var radians, var _) -> ", angle " + radians;
                    case Argument.PauliRotation(var _, var radians, var _) -> ", angle " + radians;
                    case Argument.Nothing _,
                            Argument.Profile _,
                            Argument.Tag _,
                            Argument.Pauli _,
                            Argument.Bit _,
                            Argument.Channel _,
                            Argument.Link _,
                            Argument.Policy _ ->
                            "";
                };
        return "node %s (%s%s)".formatted(graph.label(node), graph.opcode(node), angle);
    }

    private static boolean isClifford(StepList steps, int step) {
        return switch (steps.act(step)) {
            case T, TDG, CCZ, TOFFOLI -> false;
            case ROTATE, MEASURE_ANGLE -> of(steps.angle(step)).isPresent();
            case ALLOC,
                    FREE,
                    RESET,
                    MEASURE,
                    PAULI,
                    H,
                    S,
                    SDG,
                    SX,
                    SXDG,
                    CNOT,
                    CZ,
                    SWAP,
                    ISWAP,
                    ISWAPDG,
                    EVENT_CONST,
                    EVENT_NOT,
                    EVENT_XOR,
                    EVENT_AND,
                    EVENT_OR,
                    EVENT_SELECT ->
                    true;
        };
    }
}
