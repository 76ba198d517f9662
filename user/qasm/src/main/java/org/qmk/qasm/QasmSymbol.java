package org.qmk.qasm;

import java.util.Arrays;
import java.util.List;

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

    /// A variable that is no bits, whose value is known at every point of the program.
    final class Number implements QasmSymbol {
        final QasmType type;

        /// The condition under which it was declared. It is not seen elsewhere.
        final int condition;

        QasmValue value;

        Number(QasmType type, int condition, QasmValue value) {
            this.type = type;
            this.condition = condition;
            this.value = value;
        }
    }

    /// Elements of one type in one or more dimensions, the last running fastest.
    ///
    /// A slice is an array of elements of another.
    final class Array implements QasmSymbol {
        final QasmType element;
        final int[] dimensions;

        /// `Bits` or `Number` each.
        final QasmSymbol[] elements;

        final boolean isReadOnly;

        Array(QasmType element, int[] dimensions, QasmSymbol[] elements, boolean isReadOnly) {
            this.element = element;
            this.dimensions = dimensions;
            this.elements = elements;
            this.isReadOnly = isReadOnly;
        }

        String describedWithType() {
            return described(dimensions) + ", each " + element.described();
        }

        static String described(int[] dimensions) {
            List<String> sizes = Arrays.stream(dimensions).mapToObj(String::valueOf).toList();
            return "an array of " + String.join(" x ", sizes) + " elements";
        }
    }

    record Constant(QasmValue value) implements QasmSymbol {}

    record Gate(GateRule rule) implements QasmSymbol {}

    /// @param scope what the body sees: constants, gates and subroutines declared before
    record Subroutine(QasmStatement.SubroutineDefinition definition, QasmScope scope)
            implements QasmSymbol {}

    /// A declaration that was refused; uses of it are not reported again.
    record Poisoned() implements QasmSymbol {}

    default String described() {
        return switch (this) {
            case Qubits qubits -> qubits.isScalar ? "a qubit" : "a qubit register";
            case Bits bits -> bits.type.described();
            case Number number -> number.type.described();
            case Array array -> Array.described(array.dimensions);
            case Constant _ -> "a constant";
            case Gate _ -> "a gate";
            case Subroutine _ -> "a subroutine";
            case Poisoned() -> "refused";
        };
    }
}
