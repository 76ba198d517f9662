package org.qmk.machine.bicycle;

import java.util.ArrayList;
import java.util.List;

/// How the automorphisms of a code act on its twelve logical qubits, of which qubit 0 is the pivot.
///
/// Qubits 0 to 5 and 6 to 11 are two blocks; the generators act on each by a matrix over two
/// elements, of order 6, on X operators; on Z operators the inverse acts. Source of the matrices:
/// qiskit-community/bicycle-architecture-compiler, crates/bicycle_cliffords/src/measurement.rs.
public enum BicycleCode {
    GROSS(
            List.of("010100", "010001", "001100", "110110", "010010", "111101"),
            List.of("100001", "111001", "000010", "010000", "011001", "001101")),
    TWO_GROSS(
            List.of("011101", "101011", "101010", "101111", "011111", "100110"),
            List.of("111110", "110111", "011000", "100010", "100111", "100001"));

    /// Logical qubits of a module, the pivot included.
    public static final int QUBITS = 12;

    /// Data qubits of a module.
    public static final int DATA = QUBITS - 1;

    private static final int HALF = 6;
    private static final int ORDER = 6;

    private final int[] x;
    private final int[] y;

    BicycleCode(List<String> x, List<String> y) {
        this.x = columns(x);
        this.y = columns(y);
    }

    /// Every product that the surgery of a module measures at once: a Pauli operator on qubits 0
    /// and 6, moved by one of the 36 automorphisms.
    public List<NativeMeasurement> natives() {
        List<NativeMeasurement> natives = new ArrayList<>();
        for (int i = 0; i < ORDER; i++) {
            for (int j = 0; j < ORDER; j++) {
                int forth = moved(i, j);
                int back = moved((ORDER - i) % ORDER, (ORDER - j) % ORDER);
                for (int basis = 1; basis < 16; basis++) {
                    int pauli = (basis & 1) * forth;
                    pauli |= (basis >> 1 & 1) * forth << HALF;
                    pauli |= (basis >> 2 & 1) * back << QUBITS;
                    pauli |= (basis >> 3 & 1) * back << QUBITS + HALF;
                    natives.add(new NativeMeasurement(pauli, i + j > 0));
                }
            }
        }
        return natives;
    }

    /// Where the first qubit of a block goes.
    private int moved(int i, int j) {
        int vector = 1;
        for (int n = 0; n < j; n++) vector = times(y, vector);
        for (int n = 0; n < i; n++) vector = times(x, vector);
        return vector;
    }

    private static int times(int[] columns, int vector) {
        int product = 0;
        for (int i = 0; i < HALF; i++) if ((vector >> i & 1) != 0) product ^= columns[i];
        return product;
    }

    private static int[] columns(List<String> rows) {
        int[] columns = new int[HALF];
        for (int row = 0; row < HALF; row++) {
            for (int column = 0; column < HALF; column++) {
                if (rows.get(row).charAt(column) == '1') columns[column] |= 1 << row;
            }
        }
        return columns;
    }
}
