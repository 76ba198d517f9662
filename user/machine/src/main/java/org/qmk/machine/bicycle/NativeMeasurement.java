package org.qmk.machine.bicycle;

/// A product of Pauli operators that a module measures at once.
///
/// @param pauli see the package
/// @param moved whether an automorphism comes before and its inverse after
public record NativeMeasurement(int pauli, boolean moved) {

    /// Its part on the pivot: bit 0 for X, bit 1 for Z.
    public int pivot() {
        return pauli & 1 | pauli >> BicycleCode.QUBITS - 1 & 2;
    }

    /// Its part on the data qubits.
    public int data() {
        return pauli & ~(1 | 1 << BicycleCode.QUBITS);
    }

    /// Whether two operators anticommute.
    public static boolean anticommute(int a, int b) {
        int mask = (1 << BicycleCode.QUBITS) - 1;
        int crossing = a & mask & b >> BicycleCode.QUBITS;
        crossing ^= b & mask & a >> BicycleCode.QUBITS;
        return Integer.bitCount(crossing) % 2 == 1;
    }
}
