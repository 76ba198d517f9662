package org.qmk.machine.surgery;

/// What lattice surgery does with patches: how many tiles it takes and for how long.
///
/// Sources: Horsman et al., arXiv:1111.4022 (merge, split); Litinski, arXiv:1808.02892, figures 2
/// and 11 (rules of the tiles, rotation); Gidney, arXiv:2302.07395 (Y basis); Beverland,
/// Kliuchnikov, Schoute, arXiv:2110.11493 (CNOT along disjoint paths).
public enum SurgeryOperation {

    /// Prepares or measures one patch in the Z or X basis.
    PREPARE(1, 0, 0, 0),

    /// Measures Z Z of two patches: their Z boundaries and what lies between become one patch.
    MERGE_ZZ(2, 1, 0, 0),

    /// Measures X X of two patches.
    MERGE_XX(2, 1, 0, 0),

    /// Measures a product of Pauli operators of several patches: one patch joins them all.
    MERGE_MANY(3, 1, 0, 0),

    /// Measures out what joined patches, which takes no time of its own.
    SPLIT(2, 0, 0, 0),

    /// Turns a patch by a quarter, so that X and Z boundaries change places: grows into a second
    /// tile, moves a corner, shrinks.
    ROTATE(2, 3, 0, 0),

    /// Moves a patch along a free lane: grows to the end of it, shrinks.
    MOVE(2, 1, 0, 0),

    /// Measures, or prepares, one patch in the Y basis, in half a step and two cycles.
    Y_BASIS(1, 0, 1, 2),

    /// A CNOT: a merge of Z with a lane's patch, then one of X with the target.
    CNOT(2, 2, 0, 0);

    private final int tiles;
    private final int steps;
    private final int halfSteps;
    private final int extraCycles;

    SurgeryOperation(int tiles, int steps, int halfSteps, int extraCycles) {
        this.tiles = tiles;
        this.steps = steps;
        this.halfSteps = halfSteps;
        this.extraCycles = extraCycles;
    }

    /// The tiles that it needs at least; a route between its ends comes on top.
    public int tiles() {
        return tiles;
    }

    /// Code cycles that it takes.
    ///
    /// @param distance of the code, 1 or more
    public long cycles(int distance) {
        return (long) steps * distance + (long) halfSteps * distance / 2 + extraCycles;
    }

    /// Epochs of so many rounds that it takes, from the beginning of one.
    public int epochs(int distance, int roundsPerEpoch) {
        return (int) Math.ceilDiv(cycles(distance), (long) roundsPerEpoch);
    }

    /// Whether patches other than its own lie between its ends, so that it needs a route.
    public boolean routed() {
        return switch (this) {
            case MERGE_ZZ, MERGE_XX, MERGE_MANY, MOVE, CNOT -> true;
            case PREPARE, SPLIT, ROTATE, Y_BASIS -> false;
        };
    }
}
