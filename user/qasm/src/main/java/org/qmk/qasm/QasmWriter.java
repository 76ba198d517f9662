package org.qmk.qasm;

import java.util.List;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Shape;

/// Writes a QVM graph as OpenQASM 3 with the same distribution of results.
///
/// Nodes keep their order. Guards become `if`, event logic becomes truth expressions, measurements
/// of other operators than Z change the basis and change it back. Marks, fences and hints become
/// pragmas, which other tools pass over. Precisions, profiles and labels, which change no result,
/// are not written.
public final class QasmWriter {

    private static final String INDENT = "  ";

    private final Graph graph;
    private final QasmVariables variables;
    private final StringBuilder text = new StringBuilder();

    /// Qubits that were allocated before: their next allocation is a reset.
    private final boolean[] used;

    private Guard open = Guard.ALWAYS;

    private QasmWriter(Graph graph) {
        this.graph = graph;
        this.variables = new QasmVariables(graph);
        this.used = new boolean[graph.qubits().size()];
    }

    /// Writes a graph, or names the first node that OpenQASM cannot say.
    ///
    /// @param graph one that a verifier accepts; of others, nodes of a wrong shape are refused
    public static Written write(Graph graph) {
        for (int node = 0; node < graph.size(); node++) {
            if (!isWellFormed(graph, node)) {
                return refused(
                        "QASM-WRITE-2",
                        node,
                        graph,
                        " has other operands or arguments than its operation takes. Verify the"
                                + " graph first.");
            }
            if (!isSayable(graph, node)) {
                return refused(
                        "QASM-WRITE-1",
                        node,
                        graph,
                        " has no counterpart in OpenQASM. Remove it, or write another form.");
            }
        }
        return new Written.Text(new QasmWriter(graph).program());
    }

    private static Written refused(String code, int node, Graph graph, String rest) {
        String message =
                "node " + graph.label(node) + " (" + graph.opcode(node).mnemonic() + ")" + rest;
        return new Written.Refused(code, node, message);
    }

    private static boolean isSayable(Graph graph, int node) {
        if (graph.opcode(node).family() == Family.LINK) return false;
        return switch (graph.argument(node)) {
            case Argument.Tag(String tag) ->
                    tag.equals(tag.strip()) && !tag.contains("\n") && !tag.contains("\r");
            case Argument.Policy(var entries) ->
                    entries.stream()
                            .allMatch(
                                    entry ->
                                            !entry.key().isEmpty()
                                                    && !(entry.key() + entry.value())
                                                            .matches("(?s).*\\s.*")
                                                    && !entry.key().contains("="));
            case Argument.Nothing _,
                    Argument.Profile _,
                    Argument.Pauli _,
                    Argument.Rotation _,
                    Argument.PauliRotation _,
                    Argument.Bit _,
                    Argument.Channel _,
                    Argument.Link _ ->
                    true;
        };
    }

    private static boolean isWellFormed(Graph graph, int node) {
        Shape shape = graph.opcode(node).shape();
        int qubits = graph.count(node, Operand.Kind.QUBIT);
        int inputs = graph.count(node, Operand.Kind.INPUT);
        boolean length =
                switch (graph.argument(node)) {
                    case Argument.Pauli(PauliString pauli) ->
                            pauli.length() == qubits && !pauli.isIdentity();
                    case Argument.PauliRotation(PauliString pauli, double _, double _) ->
                            pauli.length() == qubits && !pauli.isIdentity();
                    case Argument.Nothing _,
                            Argument.Profile _,
                            Argument.Tag _,
                            Argument.Rotation _,
                            Argument.Bit _,
                            Argument.Channel _,
                            Argument.Link _,
                            Argument.Policy _ ->
                            true;
                };
        return qubits >= shape.qubitsMin
                && qubits <= shape.qubitsMax
                && inputs >= shape.inputsMin
                && inputs <= shape.inputsMax
                && graph.count(node, Operand.Kind.OUTPUT) == shape.outputs
                && graph.argument(node).kind() == shape.argument
                && length;
    }

    private String program() {
        text.append("OPENQASM 3.0;\ninclude \"stdgates.inc\";\n");
        if (uses(Opcode.APPLY_ISWAP) || uses(Opcode.APPLY_ISWAPDG)) {
            text.append("gate iswap a, b { s a; s b; h a; cx a, b; cx b, a; h b; }\n");
        }
        for (String declaration : variables.declarations()) text.append(declaration).append('\n');
        for (int node = 0; node < graph.size(); node++) node(node);
        guard(Guard.ALWAYS);
        for (String copy : variables.copies()) text.append(copy).append('\n');
        return text.toString();
    }

    private boolean uses(Opcode opcode) {
        for (int node = 0; node < graph.size(); node++) {
            if (graph.opcode(node) == opcode) return true;
        }
        return false;
    }

    private void node(int node) {
        Opcode opcode = graph.opcode(node);
        boolean silent = opcode == Opcode.FREE_LQ || opcode == Opcode.ALLOC_LQ && isFirst(node);
        if (silent) return;
        boolean mark =
                opcode.shape() == Shape.REGION
                        || opcode.shape() == Shape.FENCE
                        || opcode.shape() == Shape.POLICY;
        guard(mark ? Guard.ALWAYS : graph.guard(node));
        switch (opcode) {
            case ALLOC_LQ, RESET -> reset(node);
            case FREE_LQ -> {}
            case FENCE_EPOCH -> line("pragma qmk.fence");
            case BAR_REGION -> region(((Argument.Tag) graph.argument(node)).text());
            case SET_POLICY -> policy((Argument.Policy) graph.argument(node));
            case APPLY_X -> gate("x", node);
            case APPLY_Y -> gate("y", node);
            case APPLY_Z -> gate("z", node);
            case APPLY_H -> gate("h", node);
            case APPLY_S -> gate("s", node);
            case APPLY_SDG -> gate("sdg", node);
            case APPLY_SX -> gate("sx", node);
            case APPLY_SXDG -> gate("inv @ sx", node);
            case APPLY_CNOT -> gate("cx", node);
            case APPLY_CZ -> gate("cz", node);
            case APPLY_SWAP -> gate("swap", node);
            case APPLY_ISWAP -> gate("iswap", node);
            case APPLY_ISWAPDG -> gate("inv @ iswap", node);
            case APPLY_T -> gate("t", node);
            case APPLY_TDG -> gate("tdg", node);
            case APPLY_CCZ -> gate("ctrl @ cz", node);
            case APPLY_TOFFOLI -> gate("ccx", node);
            case INJECT_T_STATE -> magic(node);
            case RX -> rotation("rx", node);
            case RY -> rotation("ry", node);
            case RZ -> rotation("rz", node);
            case ROTATE_PAULI -> rotatePauli(node);
            case MEASURE_Z -> measure(node, "Z");
            case MEASURE_X -> measure(node, "X");
            case MEASURE_Y -> measure(node, "Y");
            case MEASURE_PAULI ->
                    measure(node, ((Argument.Pauli) graph.argument(node)).pauli().toString());
            case MEASURE_BELL -> measureBell(node);
            case MEASURE_ANGLE -> measureAngle(node);
            case EV_CONST -> constant(node);
            case EV_NOT -> assign(node, "!" + input(firstInput(node), 0));
            case EV_XOR -> assign(node, joined(node, " != "));
            case EV_AND -> assign(node, joined(node, " && "));
            case EV_OR -> assign(node, joined(node, " || "));
            case EV_SELECT -> select(node);
            case COND_PAULI -> correction(node);
            case OPEN_CHAN, USE_CHAN, CLOSE_CHAN, TELEPORT_CNOT ->
                    throw new IllegalStateException("refused before: " + opcode);
        }
    }

    /// Notes the qubits of an allocation; says whether none of them was allocated before.
    private boolean isFirst(int node) {
        boolean first = true;
        int count = qubits(node);
        for (int i = 0; i < count; i++) {
            first &= !used[graph.qubit(node, i)];
            used[graph.qubit(node, i)] = true;
        }
        return first;
    }

    private int qubits(int node) {
        return graph.count(node, Operand.Kind.QUBIT);
    }

    /// Closes the `if` that is open and opens the one that is wanted.
    private void guard(Guard wanted) {
        if (wanted.equals(open)) return;
        if (!(open instanceof Guard.Always)) text.append("}\n");
        if (!(wanted instanceof Guard.Always))
            text.append("if (").append(condition(wanted)).append(") {\n");
        open = wanted;
    }

    private String condition(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> "true";
            case Guard.Is(int event, boolean value) -> (value ? "" : "!") + variables.event(event);
            case Guard.All(var parts) -> parts.isEmpty() ? "true" : joined(parts, " && ");
            case Guard.Any(var parts) -> parts.isEmpty() ? "false" : joined(parts, " || ");
        };
    }

    private String joined(List<Guard> parts, String operator) {
        var condition = new StringBuilder();
        for (Guard part : parts) {
            if (!condition.isEmpty()) condition.append(operator);
            boolean single = part instanceof Guard.Is;
            condition.append(single ? condition(part) : "(" + condition(part) + ")");
        }
        return condition.toString();
    }

    private void line(String line) {
        if (!(open instanceof Guard.Always)) text.append(INDENT);
        text.append(line).append('\n');
    }

    private String qubit(int node, int place) {
        return variables.qubit(graph.qubit(node, place));
    }

    /// The variable of an input event, counted from the first.
    private String input(int firstInput, int index) {
        return variables.event(Operand.index(graph.operand(firstInput + index)));
    }

    private int firstInput(int node) {
        return graph.operandStart(node) + qubits(node);
    }

    private String output(int node, int index) {
        int outputs = graph.opcode(node).shape().outputs;
        return variables.event(
                Operand.index(graph.operand(graph.operandEnd(node) - outputs + index)));
    }

    private void gate(String gate, int node) {
        var line = new StringBuilder(gate);
        int count = qubits(node);
        for (int i = 0; i < count; i++) line.append(i == 0 ? " " : ", ").append(qubit(node, i));
        line(line.append(';').toString());
    }

    private void reset(int node) {
        int count = qubits(node);
        for (int i = 0; i < count; i++) line("reset " + qubit(node, i) + ";");
    }

    private void magic(int node) {
        reset(node);
        gate("h", node);
        gate("t", node);
    }

    private void region(String tag) {
        if (!tag.equals(QasmMarks.BARRIER) && !tag.startsWith(QasmMarks.BARRIER + " ")) {
            line("pragma qmk.region " + tag);
            return;
        }
        var line = new StringBuilder("barrier");
        for (String name : tag.substring(QasmMarks.BARRIER.length()).split(" ")) {
            if (name.isEmpty()) continue;
            int handle = variables.handle(name);
            if (handle < 0) continue; // a name that is no qubit of this graph any more
            line.append(line.length() > QasmMarks.BARRIER.length() ? ", " : " ")
                    .append(variables.qubit(handle));
        }
        line(line.append(';').toString());
    }

    private void policy(Argument.Policy policy) {
        var line = new StringBuilder("pragma qmk.policy");
        for (var entry : policy.entries())
            line.append(' ').append(entry.key()).append('=').append(entry.value());
        line(line.toString());
    }

    private void rotation(String gate, int node) {
        gate(gate + "(" + ((Argument.Rotation) graph.argument(node)).angle() + ")", node);
    }

    private void rotatePauli(int node) {
        var argument = (Argument.PauliRotation) graph.argument(node);
        PauliString pauli = argument.pauli();
        String last = toParity(node, pauli);
        line("rz(" + (pauli.negative() ? -argument.angle() : argument.angle()) + ") " + last + ";");
        fromParity(node, pauli);
    }

    private void measure(int node, String letters) {
        PauliString pauli = PauliString.of(letters);
        String last = toParity(node, pauli);
        if (pauli.negative()) line("x " + last + ";");
        line(output(node, 0) + " = measure " + last + ";");
        if (pauli.negative()) line("x " + last + ";");
        fromParity(node, pauli);
    }

    /// Changes the basis so that the Pauli product is Z on the qubit returned.
    private String toParity(int node, PauliString pauli) {
        int last = -1;
        for (int i = 0; i < pauli.length(); i++) {
            if (pauli.letter(i) == 'I') continue;
            if (pauli.letter(i) == 'Y') line("sdg " + qubit(node, i) + ";");
            if (pauli.hasX(i)) line("h " + qubit(node, i) + ";");
            if (last >= 0) line("cx " + qubit(node, last) + ", " + qubit(node, i) + ";");
            last = i;
        }
        return qubit(node, Math.max(last, 0));
    }

    private void fromParity(int node, PauliString pauli) {
        int last = -1;
        for (int i = pauli.length() - 1; i >= 0; i--) {
            if (pauli.letter(i) == 'I') continue;
            if (last >= 0) {
                line("cx " + qubit(node, i) + ", " + qubit(node, last) + ";");
                back(node, last, pauli);
            }
            last = i;
        }
        if (last >= 0) back(node, last, pauli);
    }

    private void back(int node, int place, PauliString pauli) {
        if (pauli.hasX(place)) line("h " + qubit(node, place) + ";");
        if (pauli.letter(place) == 'Y') line("s " + qubit(node, place) + ";");
    }

    private void measureBell(int node) {
        String a = qubit(node, 0);
        String b = qubit(node, 1);
        line("cx " + a + ", " + b + ";");
        line("h " + a + ";");
        line(output(node, 0) + " = measure " + a + ";");
        line(output(node, 1) + " = measure " + b + ";");
        line("h " + a + ";");
        line("cx " + a + ", " + b + ";");
    }

    private void measureAngle(int node) {
        double angle = ((Argument.Rotation) graph.argument(node)).angle();
        gate("ry(" + -angle + ")", node);
        line(output(node, 0) + " = measure " + qubit(node, 0) + ";");
        gate("ry(" + angle + ")", node);
    }

    private void assign(int node, String value) {
        line(output(node, 0) + " = " + value + ";");
    }

    private void constant(int node) {
        assign(node, ((Argument.Bit) graph.argument(node)).value() ? "true" : "false");
    }

    private void select(int node) {
        int first = firstInput(node);
        String chooser = input(first, 0);
        String then = input(first, 1);
        String otherwise = input(first, 2);
        assign(node, chooser + " && " + then + " || !" + chooser + " && " + otherwise);
    }

    /// `!=` joins from the left, so that a chain of it is the parity.
    private String joined(int node, String operator) {
        int inputs = graph.count(node, Operand.Kind.INPUT);
        var value = new StringBuilder();
        int first = firstInput(node);
        for (int i = 0; i < inputs; i++)
            value.append(i == 0 ? "" : operator).append(input(first, i));
        return value.toString();
    }

    private void correction(int node) {
        int inputs = graph.count(node, Operand.Kind.INPUT);
        if (inputs > 0) line("if (" + joined(node, " != ") + ") {");
        PauliString pauli = ((Argument.Pauli) graph.argument(node)).pauli();
        for (int i = 0; i < pauli.length(); i++) {
            if (pauli.letter(i) == 'I') continue;
            line(
                    (inputs > 0 ? INDENT : "")
                            + Character.toLowerCase(pauli.letter(i))
                            + " "
                            + qubit(node, i)
                            + ";");
        }
        if (inputs > 0) line("}");
    }
}
