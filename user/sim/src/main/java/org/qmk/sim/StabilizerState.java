package org.qmk.sim;

/// A stabilizer state that gates and measurements are applied to one by one, for those who need one
/// noiseless path through a circuit. Outcomes that are random are 0.
///
/// A measurement that is certain costs a row; one that is not, all rows.
public final class StabilizerState {

    private final int qubits;
    private final CliffordFrame frame;

    /// All qubits 0.
    public StabilizerState(int qubits) {
        this.qubits = qubits;
        frame = new CliffordFrame(qubits, qubits);
    }

    /// A letter of a product.
    public static int letter(int qubit, boolean x, boolean z) {
        return qubit | ((x ? 1 : 0) | (z ? 2 : 0)) << StepList.LETTER_SHIFT;
    }

    public void h(int qubit) {
        frame.hadamard(qubit);
    }

    public void s(int qubit) {
        frame.phase(qubit, false);
    }

    /// The square root of X.
    public void sx(int qubit) {
        frame.rootOfX(qubit, false);
    }

    public void cnot(int control, int target) {
        frame.controlledX(control, target);
    }

    public void cz(int a, int b) {
        frame.controlledZ(a, b);
    }

    public void swap(int a, int b) {
        frame.swap(a, b);
    }

    public void pauli(int... letters) {
        frame.pauli(letters);
    }

    /// Turns about a signed Pauli product: exp(-i turns pi/4 P).
    ///
    /// @param turns 0 to 3
    public void quarterTurns(int[] letters, boolean negative, int turns) {
        frame.quarterTurns(letters, negative, turns);
    }

    /// Measures a signed Pauli product: whether it is -1.
    public boolean measure(int[] letters, boolean negative) {
        PauliRow before = frame.before(letters, negative);
        for (int word = 0; word < before.words(); word++) {
            long x = before.x(word);
            if (x == 0) continue;
            int pivot = 64 * word + Long.numberOfTrailingZeros(x);
            frame.exchangeBefore(PauliRow.letter(qubits, pivot, false, true), before);
            return false;
        }
        return before.isNegative();
    }

    /// Whether a signed Pauli product is certain to be 1.
    boolean holds(int[] letters, boolean negative) {
        PauliRow before = frame.before(letters, negative);
        for (int word = 0; word < before.words(); word++) if (before.x(word) != 0) return false;
        return !before.isNegative();
    }

    /// The products that are 1 in this state, as many independent ones as there are qubits.
    public Stabilizers stabilizers() {
        int[][] products = new int[qubits][];
        boolean[] negative = new boolean[qubits];
        for (int k = 0; k < qubits; k++) {
            int[] letters = new int[qubits];
            int count = 0;
            for (int q = 0; q < qubits; q++) {
                boolean x = frame.rowZ(q).hasX(k);
                boolean z = frame.rowX(q).hasX(k);
                if (x || z) letters[count++] = letter(q, x, z);
            }
            products[k] = java.util.Arrays.copyOf(letters, count);
            negative[k] = frame.before(products[k], false).isNegative();
        }
        return new Stabilizers(products, negative);
    }

    /// What makes a state out of all others.
    public static final class Stabilizers {

        private final int[][] products;
        private final boolean[] negative;

        private Stabilizers(int[][] products, boolean[] negative) {
            this.products = products;
            this.negative = negative;
        }

        /// Whether a state of as many qubits is this one.
        public boolean holdIn(StabilizerState state) {
            for (int i = 0; i < products.length; i++) {
                if (!state.holds(products[i], negative[i])) return false;
            }
            return true;
        }
    }
}
