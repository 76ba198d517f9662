package org.qmk.machine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// How to compute the last of a chain of dependent stages in few registers, and leave nothing else
/// behind: reversible pebbling of a line (Bennett 1989). A move computes a stage from the one
/// before it, or uncomputes it.
///
/// @param stages length of the chain
/// @param registers how many stages may be kept at once
/// @param moves stages, from 1, in the order in which they are computed or uncomputed
public record PebblePlan(int stages, int registers, int[] moves) {

    /// The longest chain that a plan is made for.
    public static final int STAGES_MAX = 128;

    private static final long NEVER = Long.MAX_VALUE / 4;

    public PebblePlan {
        moves = moves.clone();
    }

    /// A copy.
    @Override
    public int[] moves() {
        return moves.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PebblePlan that
                && stages == that.stages
                && registers == that.registers
                && Arrays.equals(moves, that.moves);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * stages + registers) + Arrays.hashCode(moves);
    }

    /// The plan with the fewest moves, or nothing if there are too few registers: with P of them
    /// the longest chain is 2^(P-1).
    ///
    /// To reach stage n: reach some stage m, reach n from there with one register less, and take m
    /// back with one register less, so that F(n, P) = min F(m, P) + F(m, P-1) + F(n-m, P-1).
    ///
    /// @param stages 1 to `STAGES_MAX`
    /// @param registers 1 or more
    public static Optional<PebblePlan> least(int stages, int registers) {
        if (stages < 1 || stages > STAGES_MAX || registers < 1) {
            throw new IllegalArgumentException(
                    "%d stages in %d registers, expected 1 to %d in 1 or more"
                            .formatted(stages, registers, STAGES_MAX));
        }
        int enough = Math.min(stages, registers);
        var table = new Table(stages, enough);
        if (table.cost[stages][enough] >= NEVER) return Optional.empty();
        table.reach(0, stages, enough, true);
        return Optional.of(new PebblePlan(stages, registers, table.moves));
    }

    /// Whether each move is allowed: the stage before is there, no more registers are used than
    /// there are; and whether the last stage is all that remains.
    public boolean isLegal() {
        BitSet kept = new BitSet();
        for (int stage : moves) {
            if (stage < 1 || stage > stages) return false;
            if (stage > 1 && !kept.get(stage - 1)) return false;
            kept.flip(stage);
            if (kept.cardinality() > registers) return false;
        }
        return kept.cardinality() == 1 && kept.get(stages);
    }

    /// The recursion's table, and the moves that it yields.
    private static final class Table {
        /// By stages and registers: the fewest moves, and the m that gives them.
        final long[][] cost;

        final int[][] middle;
        int[] moves = new int[0];
        private int made;

        Table(int stages, int registers) {
            cost = new long[stages + 1][registers + 1];
            middle = new int[stages + 1][registers + 1];
            for (int n = 1; n <= stages; n++) {
                cost[n][0] = NEVER;
                for (int p = 1; p <= registers; p++) {
                    cost[n][p] = n == 1 ? 1 : NEVER;
                    for (int m = 1; m < n; m++) {
                        long sum = cost[m][p] + cost[m][p - 1] + cost[n - m][p - 1];
                        if (sum >= cost[n][p]) continue;
                        cost[n][p] = sum;
                        middle[n][p] = m;
                    }
                }
            }
            if (cost[stages][registers] < NEVER) moves = new int[(int) cost[stages][registers]];
        }

        /// Computes, or uncomputes by the same moves backwards, the stage `from + n`, where the
        /// stage `from` is there.
        void reach(int from, int n, int registers, boolean forward) {
            if (n == 1) {
                moves[made++] = from + 1;
                return;
            }
            int m = middle[n][registers];
            if (forward) {
                reach(from, m, registers, true);
                reach(from + m, n - m, registers - 1, true);
                reach(from, m, registers - 1, false);
            } else {
                reach(from, m, registers - 1, true);
                reach(from + m, n - m, registers - 1, false);
                reach(from, m, registers, false);
            }
        }
    }
}
