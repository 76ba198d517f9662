package org.qmk.estimate;

/// Ways to place logical qubits on a floor of tiles. Source: arXiv:1808.02892, section 2; a step is
/// `d` code cycles.
public enum QubitLayout {
    COMPACT(9),
    INTERMEDIATE(5),
    FAST(1);

    private final int stepsPerT;

    QubitLayout(int stepsPerT) {
        this.stepsPerT = stepsPerT;
    }

    /// Steps between two states that the block takes.
    public int stepsPerT() {
        return stepsPerT;
    }

    /// Tiles of the block, those between its qubits included.
    public long tiles(long qubits) {
        return switch (this) {
            case COMPACT -> Math.addExact((Math.multiplyExact(3, qubits) + 1) / 2, 3);
            case INTERMEDIATE -> Math.addExact(Math.multiplyExact(2, qubits), 4);
            case FAST -> {
                long twice = Math.multiplyExact(2, qubits);
                long lanes = (long) Math.ceil(Math.sqrt((double) Math.multiplyExact(8, qubits)));
                yield Math.addExact(twice, lanes + 1);
            }
        };
    }
}
