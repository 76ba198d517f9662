package org.qmk.qasm;

import java.util.List;

/// What a gate name stands for.
sealed interface GateRule {

    String name();

    int parameters();

    int qubits();

    /// Levels of gates that this one is made of.
    int nesting();

    /// Whether applying the gate with one angle and then another is applying it with their sum.
    boolean isAdditive();

    record Standard(StandardGate gate) implements GateRule {
        @Override
        public String name() {
            return gate.spelling();
        }

        @Override
        public int parameters() {
            return gate.parameters;
        }

        @Override
        public int qubits() {
            return gate.qubits();
        }

        @Override
        public boolean isAdditive() {
            return gate.parameters == 1; // all of these turn about a fixed axis
        }

        @Override
        public int nesting() {
            return 1;
        }
    }

    /// The global phase, on no qubit.
    record GlobalPhase() implements GateRule {
        @Override
        public String name() {
            return "gphase";
        }

        @Override
        public int parameters() {
            return 1;
        }

        @Override
        public int qubits() {
            return 0;
        }

        @Override
        public boolean isAdditive() {
            return true;
        }

        @Override
        public int nesting() {
            return 1;
        }
    }

    /// A gate that the program defines.
    record Defined(
            String name,
            List<String> parameterNames,
            int qubits,
            List<Step> body,
            QasmScope scope,
            int nesting)
            implements GateRule {

        @Override
        public int parameters() {
            return parameterNames.size();
        }

        @Override
        public boolean isAdditive() {
            return false;
        }
    }

    /// One part of a gate's body. Qubits are numbered as in the gate's head.
    sealed interface Step {

        record Apply(Use use, List<Integer> qubits) implements Step {}

        record Barrier() implements Step {}

        record Repeat(
                int start, QasmTypeName type, String name, QasmExpression values, List<Step> body)
                implements Step {}
    }

    /// A gate with its modifiers and parameters, the qubits not yet named.
    ///
    /// @param controls for each leading qubit that only controls, whether it does so at 1
    /// @param exponents innermost first; an inverse is the exponent -1
    record Use(
            int start,
            GateRule rule,
            List<Boolean> controls,
            List<QasmExpression> exponents,
            List<QasmExpression> parameters) {

        int qubits() {
            return controls.size() + rule.qubits();
        }
    }
}
