package org.qmk.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitInstruction;
import org.qmk.qec.circuit.CircuitItem;
import org.qmk.qec.circuit.CliffordWord;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.LetterProduct;
import org.qmk.qec.circuit.RepeatBlock;
import org.qmk.qec.circuit.Target;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Makes a graph of a Stim circuit without noise. Its results are the bits of the record of
/// measurements in their order; annotations change nothing.
final class StimGraph {

    /// Nodes that a circuit may become: loops are unrolled.
    private static final int NODES_MAX = 1 << 24;

    private final GraphBuilder graph = new GraphBuilder();
    private int[] record = new int[64];
    private int recorded;

    private StimGraph() {}

    /// Why a circuit is no graph.
    static final class StimRefusal extends Exception {
        private static final long serialVersionUID = 1;

        private final SourceRule rule;

        StimRefusal(SourceRule rule) {
            super(rule.sentence(), null, false, false);
            this.rule = rule;
        }

        SourceRule rule() {
            return rule;
        }
    }

    static Graph of(Circuit circuit) throws StimRefusal, QecFailure {
        var made = new StimGraph();
        made.begin(circuit.qubits());
        made.items(circuit.items());
        made.end(circuit.qubits());
        return made.graph.requireWhatIsUsed().build();
    }

    private void begin(int qubits) throws StimRefusal {
        if (qubits > NODES_MAX) throw new StimRefusal(SourceRule.STIM_SIZE);
        for (int q = 0; q < qubits; q++) graph.declareQubit("q" + q);
        if (qubits == 0) return;
        graph.node(Opcode.ALLOC_LQ).argument(new Argument.Profile(""));
        for (int q = 0; q < qubits; q++) graph.qubit(q);
    }

    private void end(int qubits) {
        if (qubits > 0) graph.node(Opcode.FREE_LQ);
        for (int q = 0; q < qubits; q++) graph.qubit(q);
        graph.outputsGiven();
        for (int i = 0; i < recorded; i++) graph.output("m" + i, record[i]);
    }

    private void items(List<CircuitItem> items) throws StimRefusal, QecFailure {
        for (CircuitItem item : items) {
            switch (item) {
                case CircuitInstruction instruction -> instruction(instruction);
                case RepeatBlock(long count, Circuit body, String _) -> {
                    for (long i = 0; i < count && !body.items().isEmpty(); i++) {
                        int before = graph.size();
                        items(body.items());
                        if (graph.size() == before) break; // no round does anything
                    }
                }
            }
        }
    }

    private void instruction(CircuitInstruction instruction) throws StimRefusal, QecFailure {
        int[] targets = instruction.targets();
        for (int target : targets) {
            if (Target.isSweep(target)) throw new StimRefusal(SourceRule.STIM_SWEEP);
        }
        Gate gate = instruction.gate();
        switch (gate.kind()) {
            case UNITARY_1 -> {
                for (int target : targets) word(gate, Target.value(target), -1);
            }
            case UNITARY_2 -> pairs(gate, targets);
            case ROTATION -> products(instruction, targets);
            case RESET -> {
                for (int target : targets) reset(gate.basis(), Target.value(target));
            }
            case MEASURE, MEASURE_RESET, MEASURE_PAIR, MEASURE_PRODUCT -> {
                if (instruction.argumentCount() > 0 && instruction.argument(0) > 0) {
                    throw new StimRefusal(SourceRule.STIM_NOISE);
                }
                measure(instruction, targets);
            }
            case PAD -> {
                for (int target : targets) constant(Target.value(target) != 0);
            }
            case NOISE_1, NOISE_2, CORRELATED, HERALDED -> {
                boolean none = gate == Gate.I_ERROR || gate == Gate.II_ERROR;
                if (!none) throw new StimRefusal(SourceRule.STIM_NOISE);
            }
            case DETECTOR, OBSERVABLE, ANNOTATION -> {}
        }
        if (graph.size() > NODES_MAX) throw new StimRefusal(SourceRule.STIM_SIZE);
    }

    /// A Clifford gate as elementary ones.
    private void word(Gate gate, int a, int b) {
        for (CliffordWord.Step step : CliffordWord.of(gate)) {
            switch (step) {
                case X_A -> graph.node(Opcode.APPLY_X).qubit(a);
                case X_B -> graph.node(Opcode.APPLY_X).qubit(b);
                case Z_A -> graph.node(Opcode.APPLY_Z).qubit(a);
                case Z_B -> graph.node(Opcode.APPLY_Z).qubit(b);
                case H_A -> graph.node(Opcode.APPLY_H).qubit(a);
                case H_B -> graph.node(Opcode.APPLY_H).qubit(b);
                case S_A -> graph.node(Opcode.APPLY_S).qubit(a);
                case S_B -> graph.node(Opcode.APPLY_S).qubit(b);
                case V_A -> graph.node(Opcode.APPLY_SX).qubit(a);
                case V_B -> graph.node(Opcode.APPLY_SX).qubit(b);
                case CX_AB -> graph.node(Opcode.APPLY_CNOT).qubits(a, b);
                case CX_BA -> graph.node(Opcode.APPLY_CNOT).qubits(b, a);
                case CZ -> graph.node(Opcode.APPLY_CZ).qubits(a, b);
                case SWAP -> graph.node(Opcode.APPLY_SWAP).qubits(a, b);
            }
        }
    }

    private void pairs(Gate gate, int[] targets) throws StimRefusal {
        for (int i = 0; i + 1 < targets.length; i += 2) {
            boolean first = Target.isRecord(targets[i]);
            boolean second = Target.isRecord(targets[i + 1]);
            int a = Target.value(targets[i]);
            int b = Target.value(targets[i + 1]);
            if (first && second) continue; // a phase
            if (!first && !second) word(gate, a, b);
            else if (first) controlled(gate, a, b);
            else controlled(gate, b, a);
        }
    }

    /// A Pauli where a bit of the record is 1.
    private void controlled(Gate gate, int back, int qubit) throws StimRefusal {
        if (back > recorded) throw new StimRefusal(SourceRule.STIM_RECORD);
        boolean x = gate == Gate.CX || gate == Gate.XCZ;
        boolean y = gate == Gate.CY || gate == Gate.YCZ;
        graph.node(Opcode.COND_PAULI)
                .qubit(qubit)
                .input(record[recorded - back])
                .argument(new Argument.Pauli(PauliString.of(x ? "X" : y ? "Y" : "Z")));
    }

    private void reset(char basis, int qubit) {
        graph.node(Opcode.RESET).qubit(qubit);
        if (basis != 'Z') graph.node(Opcode.APPLY_H).qubit(qubit);
        if (basis == 'Y') graph.node(Opcode.APPLY_S).qubit(qubit);
    }

    private void measure(CircuitInstruction instruction, int[] targets) throws QecFailure {
        Gate gate = instruction.gate();
        if (gate.kind() == Gate.Kind.MEASURE_PRODUCT) {
            products(instruction, targets);
            return;
        }
        boolean pair = gate.kind() == Gate.Kind.MEASURE_PAIR;
        String letter = String.valueOf(gate.basis());
        for (int i = 0; i < targets.length; i += pair ? 2 : 1) {
            boolean negative = Target.isInverted(targets[i]);
            int a = Target.value(targets[i]);
            if (pair) {
                negative ^= Target.isInverted(targets[i + 1]);
                product(new int[] {a, Target.value(targets[i + 1])}, letter + letter, negative);
            } else {
                product(new int[] {a}, letter, negative);
            }
            if (gate.kind() == Gate.Kind.MEASURE_RESET) reset(gate.basis(), a);
        }
    }

    private void products(CircuitInstruction instruction, int[] targets) throws QecFailure {
        int start = 0;
        while (start < targets.length) {
            int end = instruction.productEnd(start);
            LetterProduct product = LetterProduct.of(targets, start, end);
            int[] qubits = Arrays.stream(product.letters()).map(Target::value).toArray();
            var letters = new StringBuilder();
            for (int each : product.letters()) {
                letters.append(!Target.hasX(each) ? 'Z' : Target.hasZ(each) ? 'Y' : 'X');
            }
            if (instruction.gate().kind() == Gate.Kind.MEASURE_PRODUCT) {
                product(qubits, letters.toString(), product.negative());
            } else {
                boolean back = product.negative() != (instruction.gate() == Gate.SPP_DAG);
                turn(qubits, letters.toString(), back);
            }
            start = end;
        }
    }

    private void product(int[] qubits, String letters, boolean negative) {
        if (qubits.length == 0) {
            constant(negative);
            return;
        }
        int event = event();
        if (letters.length() == 1 && !negative) {
            Opcode opcode =
                    switch (letters.charAt(0)) {
                        case 'X' -> Opcode.MEASURE_X;
                        case 'Y' -> Opcode.MEASURE_Y;
                        default -> Opcode.MEASURE_Z;
                    };
            graph.node(opcode).qubit(qubits[0]).output(event);
            return;
        }
        var pauli = new Argument.Pauli(PauliString.of((negative ? "-" : "") + letters));
        graph.node(Opcode.MEASURE_PAULI).qubits(qubits).output(event).argument(pauli);
    }

    private void constant(boolean value) {
        graph.node(Opcode.EV_CONST).output(event()).argument(new Argument.Bit(value));
    }

    private int event() {
        if (recorded == record.length) record = Arrays.copyOf(record, 2 * recorded);
        int event = graph.declareEvent("m" + recorded);
        record[recorded++] = event;
        return event;
    }

    /// A quarter turn about a product: its letters are made Z, and their parity is turned.
    private void turn(int[] qubits, String letters, boolean back) {
        if (qubits.length == 0) return; // a phase
        List<Integer> roots = new ArrayList<>();
        for (int i = 0; i < qubits.length; i++) {
            if (letters.charAt(i) == 'X') graph.node(Opcode.APPLY_H).qubit(qubits[i]);
            if (letters.charAt(i) == 'Y') {
                graph.node(Opcode.APPLY_SX).qubit(qubits[i]);
                roots.add(qubits[i]);
            }
        }
        int last = qubits[qubits.length - 1];
        for (int i = 0; i + 1 < qubits.length; i++) {
            graph.node(Opcode.APPLY_CNOT).qubits(qubits[i], last);
        }
        graph.node(back ? Opcode.APPLY_SDG : Opcode.APPLY_S).qubit(last);
        for (int i = qubits.length - 2; i >= 0; i--) {
            graph.node(Opcode.APPLY_CNOT).qubits(qubits[i], last);
        }
        for (int root : roots) graph.node(Opcode.APPLY_SXDG).qubit(root);
        for (int i = 0; i < qubits.length; i++) {
            if (letters.charAt(i) == 'X') graph.node(Opcode.APPLY_H).qubit(qubits[i]);
        }
    }
}
