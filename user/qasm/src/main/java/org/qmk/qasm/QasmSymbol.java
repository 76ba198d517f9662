package org.qmk.qasm;

/// What a name stands for.
sealed interface QasmSymbol {

    /// Qubit handles, in order.
    final class Qubits implements QasmSymbol {
        final int[] handles;
        final boolean isScalar;

        Qubits(int[] handles, boolean isScalar) {
            this.handles = handles;
            this.isScalar = isScalar;
        }
    }

    /// Bits that can be read and assigned: places in the store, bit 0 first.
    final class Bits implements QasmSymbol {
        final int[] places;
        final QasmType type;

        Bits(int[] places, QasmType type) {
            this.places = places;
            this.type = type;
        }
    }

    /// A float or angle variable, whose value is known at every point of the program.
    final class Number implements QasmSymbol {
        final QasmType type;
        double value;

        Number(QasmType type, double value) {
            this.type = type;
            this.value = value;
        }
    }

    record Constant(QasmValue value) implements QasmSymbol {}

    record Gate(GateRule rule) implements QasmSymbol {}

    /// A declaration that was refused; uses of it are not reported again.
    record Poisoned() implements QasmSymbol {}

    default String described() {
        return switch (this) {
            case Qubits qubits -> qubits.isScalar ? "a qubit" : "a qubit register";
            case Bits bits -> bits.type.described();
            case Number number -> number.type.described();
            case Constant _ -> "a constant";
            case Gate _ -> "a gate";
            case Poisoned() -> "refused";
        };
    }
}
