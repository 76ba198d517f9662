package org.qmk.qasm;

import java.util.List;
import java.util.Optional;

/// A statement as written. `start` is a byte offset into the source.
sealed interface QasmStatement {

    int start();

    record Include(int start, String file) implements QasmStatement {}

    record QubitDeclaration(int start, String name, QasmExpression size) implements QasmStatement {}

    /// @param initial the value, or `Absent`
    record ClassicalDeclaration(
            int start, QasmTypeName type, String name, QasmExpression initial, Role role)
            implements QasmStatement {}

    /// What a declared variable is for.
    enum Role {
        VARIABLE,
        CONSTANT,
        OUTPUT
    }

    record InputDeclaration(int start, QasmTypeName type, String name) implements QasmStatement {}

    record Alias(int start, String name, QasmExpression value) implements QasmStatement {}

    record GateDefinition(
            int start,
            String name,
            List<String> parameters,
            List<String> qubits,
            List<QasmStatement> body)
            implements QasmStatement {}

    record GateCall(
            int start,
            List<Modifier> modifiers,
            String name,
            List<QasmExpression> parameters,
            List<QasmExpression> operands)
            implements QasmStatement {}

    /// @param target where the result goes, or `Absent`
    record Measurement(int start, QasmExpression qubits, QasmExpression target)
            implements QasmStatement {}

    record Reset(int start, QasmExpression qubits) implements QasmStatement {}

    /// Without operands: all qubits.
    record Barrier(int start, List<QasmExpression> operands) implements QasmStatement {}

    /// @param operator `=` or a compound assignment
    record Assignment(int start, QasmExpression target, QasmToken operator, QasmExpression value)
            implements QasmStatement {}

    record Evaluation(int start, QasmExpression value) implements QasmStatement {}

    record If(
            int start,
            QasmExpression condition,
            List<QasmStatement> then,
            List<QasmStatement> otherwise)
            implements QasmStatement {}

    record For(
            int start,
            QasmTypeName type,
            String name,
            QasmExpression values,
            List<QasmStatement> body)
            implements QasmStatement {}

    record Switch(
            int start, QasmExpression subject, List<Case> cases, List<QasmStatement> otherwise)
            implements QasmStatement {}

    /// @param bound how many rounds that depend on measurements are unrolled, or `Absent`
    record While(
            int start, QasmExpression condition, List<QasmStatement> body, QasmExpression bound)
            implements QasmStatement {}

    record Break(int start) implements QasmStatement {}

    record Continue(int start) implements QasmStatement {}

    /// @param value the result, or `Absent`
    record Return(int start, QasmExpression value) implements QasmStatement {}

    record End(int start) implements QasmStatement {}

    /// @param result nothing, or the type of what it returns
    record SubroutineDefinition(
            int start,
            String name,
            List<Parameter> parameters,
            Optional<QasmTypeName> result,
            List<QasmStatement> body)
            implements QasmStatement {}

    /// @param duration how long it shall take, or `Absent`
    record Box(int start, QasmExpression duration, List<QasmStatement> body)
            implements QasmStatement {}

    record Delay(int start, QasmExpression duration, List<QasmExpression> operands)
            implements QasmStatement {}

    record Block(int start, List<QasmStatement> body) implements QasmStatement {}

    /// One of the pragmas by which QMK keeps what OpenQASM has no words for.
    record Mark(int start, String text) implements QasmStatement {}

    record Nop(int start) implements QasmStatement {}

    /// A declaration that was refused: later uses of its name are not reported again.
    record Refused(int start, String name) implements QasmStatement {}

    /// What a subroutine takes.
    sealed interface Parameter {

        int start();

        String name();

        record Classical(int start, QasmTypeName type, String name) implements Parameter {}

        /// @param size of the register, or `Absent` for a single qubit
        record Quantum(int start, QasmExpression size, String name) implements Parameter {}

        /// An array that is passed as it is.
        ///
        /// @param type its dimensions empty where only their number is given
        /// @param rank how many dimensions, or `Absent`
        record Reference(
                int start, QasmTypeName type, QasmExpression rank, boolean isReadOnly, String name)
                implements Parameter {}
    }

    record Case(List<QasmExpression> labels, List<QasmStatement> body) {}

    /// What changes a gate before it is applied.
    sealed interface Modifier {

        /// @param count how many controls, or `Absent` for one
        record Control(int start, QasmExpression count, boolean positive) implements Modifier {}

        record Inverse(int start) implements Modifier {}

        record Power(int start, QasmExpression exponent) implements Modifier {}
    }
}
