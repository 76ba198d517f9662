package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Shape;

/// Writes a QVM graph as QIR 2.1 of the Adaptive Profile with the same distribution of results.
///
/// Nodes keep their order. A guard becomes a branch around the nodes that it guards, an event made
/// there a `phi` that is false on the other path, event logic becomes logic on `i1`. Operations
/// that the core instructions lack are written by those. Marks, fences and hints, precisions,
/// profiles and labels, which change no result, are not written.
public final class QirWriter {

    private static final String TRUE = "true";
    private static final String FALSE = "false";

    private final Graph graph;
    private final StringBuilder text = new StringBuilder();

    /// Functions that are called, with their declarations.
    private final TreeMap<String, String> declarations = new TreeMap<>();

    /// By event: its name as a value, and its result if it was measured.
    private final String[] values;

    private final int[] results;
    private final boolean[] always;
    private final boolean[] read;

    /// Qubits that were allocated before: their next allocation is a reset.
    private final boolean[] used;

    private int resultCount;
    private int names;

    /// The block at hand, and the events made in it if it is guarded.
    private String block = "entry";

    private List<Integer> made = new ArrayList<>();
    private Guard open = Guard.ALWAYS;
    private String before = "entry";
    private String then = "";
    private String next = "";

    private QirWriter(Graph graph) {
        this.graph = graph;
        int events = graph.events().size();
        values = new String[events];
        results = new int[events];
        always = new boolean[events];
        read = new boolean[events];
        used = new boolean[graph.qubits().size()];
    }

    /// Writes a graph, or names the first node that QIR cannot say.
    ///
    /// @param graph one that a verifier accepts; of others, nodes of a wrong shape are refused
    public static QirWritten write(Graph graph) {
        for (int node = 0; node < graph.size(); node++) {
            String name = "node " + graph.label(node) + " (" + graph.opcode(node).mnemonic() + ")";
            if (!isWellFormed(graph, node)) {
                String why =
                        " has other operands or arguments than its operation takes. Verify the"
                                + " graph first.";
                return new QirWritten.Refused("QIR-WRITE-2", node, name + why);
            }
            if (graph.opcode(node).family() == Family.LINK) {
                String why = " has no counterpart in QIR. Remove it, or write another form.";
                return new QirWritten.Refused("QIR-WRITE-1", node, name + why);
            }
        }
        return new QirWritten.Text(new QirWriter(graph).program());
    }

    private static boolean isWellFormed(Graph graph, int node) {
        Shape shape = graph.opcode(node).shape();
        int qubits = graph.count(node, Operand.Kind.QUBIT);
        int inputs = graph.count(node, Operand.Kind.INPUT);
        boolean letters =
                switch (graph.argument(node)) {
                    case Argument.Pauli(PauliString pauli) ->
                            pauli.length() == qubits && !pauli.isIdentity();
                    case Argument.PauliRotation(PauliString pauli, double _, double _) ->
                            pauli.length() == qubits && !pauli.isIdentity();
                    case Argument.Nothing _, Argument.Profile _, Argument.Tag _ -> true;
                    case Argument.Rotation _, Argument.Bit _, Argument.Channel _ -> true;
                    case Argument.Link _, Argument.Policy _ -> true;
                };
        return qubits >= shape.qubitsMin
                && qubits <= shape.qubitsMax
                && inputs >= shape.inputsMin
                && inputs <= shape.inputsMax
                && graph.count(node, Operand.Kind.OUTPUT) == shape.outputs
                && graph.argument(node).kind() == shape.argument
                && letters;
    }

    private String program() {
        note();
        call("rt__initialize", "ptr", "null");
        for (int node = 0; node < graph.size(); node++) node(node);
        guard(Guard.ALWAYS);
        List<String> labels = records();
        line("ret i64 0");
        var program = new StringBuilder();
        for (int i = 0; i < labels.size(); i++) {
            byte[] bytes = labels.get(i).getBytes(StandardCharsets.UTF_8);
            program.append("@%d = internal constant [%d x i8] c\"".formatted(i, bytes.length + 1));
            for (byte each : bytes) {
                boolean plain = each >= ' ' && each < 127 && each != '"' && each != '\\';
                program.append(plain ? String.valueOf((char) each) : "\\%02X".formatted(each));
            }
            program.append("\\00\"\n");
        }
        program.append("\ndefine i64 @main() #0 {\nentry:\n").append(text).append("}\n\n");
        declarations.values().forEach(each -> program.append(each).append('\n'));
        return program.append(footer()).toString();
    }

    private String footer() {
        return """

        attributes #0 = { "entry_point" "output_labeling_schema"="labeled" \
        "qir_profiles"="adaptive_profile" "required_num_qubits"="%d" \
        "required_num_results"="%d" }
        attributes #1 = { "irreversible" }

        !llvm.module.flags = !{!0, !1, !2, !3, !4, !5, !6, !7, !8}

        !0 = !{i32 1, !"qir_major_version", i32 2}
        !1 = !{i32 7, !"qir_minor_version", i32 1}
        !2 = !{i32 1, !"dynamic_qubit_management", i1 false}
        !3 = !{i32 1, !"dynamic_result_management", i1 false}
        !4 = !{i32 1, !"ir_functions", i1 false}
        !5 = !{i32 7, !"backwards_branching", i2 0}
        !6 = !{i32 1, !"multiple_target_branching", i1 false}
        !7 = !{i32 1, !"multiple_return_points", i1 false}
        !8 = !{i32 1, !"arrays", i1 false}
        """
                .formatted(graph.qubits().size(), resultCount);
    }

    /// Notes which events are read by nodes, and which are made unguarded by a measurement.
    private void note() {
        for (int node = 0; node < graph.size(); node++) {
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                int operand = graph.operand(i);
                int event = Operand.index(operand);
                switch (Operand.kind(operand)) {
                    case INPUT -> read[event] = true;
                    case OUTPUT -> {
                        boolean measured = graph.opcode(node).family() != Family.EVENT;
                        always[event] = measured && graph.guard(node) instanceof Guard.Always;
                    }
                    case QUBIT, CHANNEL -> {}
                }
            }
            note(graph.guard(node));
        }
    }

    private void note(Guard guard) {
        switch (guard) {
            case Guard.Always() -> {}
            case Guard.Is(int event, boolean _) -> read[event] = true;
            case Guard.All(var parts) -> parts.forEach(this::note);
            case Guard.Any(var parts) -> parts.forEach(this::note);
        }
    }

    /// Calls the recording functions; returns the labels by number.
    private List<String> records() {
        List<String> labels = new ArrayList<>();
        int count = graph.outputs().size();
        labels.add("outputs");
        call("rt__tuple_record_output", "i64, ptr", Integer.toString(count), "@0");
        for (int place = 0; place < count; place++) {
            String label = "@" + labels.size();
            labels.add(graph.outputs().name(place));
            int event = graph.outputEvent(place);
            if (always[event]) {
                call("rt__result_record_output", "ptr, ptr", pointer(results[event]), label);
            } else {
                call("rt__bool_record_output", "i1, ptr", value(event), label);
            }
        }
        return labels;
    }

    private static String pointer(int index) {
        return index == 0 ? "null" : "inttoptr (i64 " + index + " to ptr)";
    }

    private void line(String line) {
        text.append("  ").append(line).append('\n');
    }

    /// Calls a function that gives nothing.
    private void call(String name, String types, String... arguments) {
        String[] each = types.split(", ");
        var list = new StringBuilder();
        for (int i = 0; i < arguments.length; i++) {
            list.append(i > 0 ? ", " : "").append(each[i]).append(' ').append(arguments[i]);
        }
        String full = "__quantum__" + name;
        line("call void @%s(%s)".formatted(full, list));
        declarations.putIfAbsent(full, "declare void @%s(%s)".formatted(full, types));
    }

    private void gate(String name, int... qubits) {
        String[] arguments = new String[qubits.length];
        for (int i = 0; i < qubits.length; i++) arguments[i] = pointer(qubits[i]);
        String types = String.join(", ", Collections.nCopies(qubits.length, "ptr"));
        call("qis__" + name, types, arguments);
    }

    private void reset(int qubit) {
        String full = "__quantum__qis__reset__body";
        declarations.putIfAbsent(full, "declare void @" + full + "(ptr) #1");
        gate("reset__body", qubit);
    }

    private void rotation(String name, double angle, int... qubits) {
        String[] arguments = new String[qubits.length + 1];
        arguments[0] = real(angle);
        for (int i = 0; i < qubits.length; i++) arguments[i + 1] = pointer(qubits[i]);
        String types = "double" + ", ptr".repeat(qubits.length);
        call("qis__" + name + "__body", types, arguments);
    }

    /// LLVM reads decimals only if they are exact, and the bits always.
    private static String real(double value) {
        return "0x%016X".formatted(Double.doubleToRawLongBits(value));
    }

    private String fresh() {
        return "%v" + names++;
    }

    /// The value of an event.
    private String value(int event) {
        return values[event] == null ? FALSE : values[event];
    }

    private String logic(String operation, String a, String b) {
        if (operation.equals("xor") && a.equals(TRUE)) return not(b);
        if (operation.equals("xor") && b.equals(TRUE)) return not(a);
        String name = fresh();
        line("%s = %s i1 %s, %s".formatted(name, operation, a, b));
        return name;
    }

    /// By a comparison, as compilers write it: the QIR runner takes what `xor` leaves in the other
    /// bits of a register for true.
    private String not(String a) {
        return logic("icmp eq", a, FALSE);
    }

    private String condition(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> TRUE;
            case Guard.Is(int event, boolean value) -> value ? value(event) : not(value(event));
            case Guard.All(var parts) -> joined("and", TRUE, parts);
            case Guard.Any(var parts) -> joined("or", FALSE, parts);
        };
    }

    private String joined(String operation, String neutral, List<Guard> parts) {
        String joined = neutral;
        for (Guard part : parts) {
            String each = condition(part);
            joined = joined.equals(neutral) ? each : logic(operation, joined, each);
        }
        return joined;
    }

    /// Ends the guarded block that is open and begins the one that is wanted.
    private void guard(Guard wanted) {
        if (wanted.equals(open)) return;
        close();
        if (!(wanted instanceof Guard.Always)) begin(condition(wanted));
        open = wanted;
    }

    private void begin(String condition) {
        before = block;
        then = "then" + names;
        next = "next" + names++;
        line("br i1 %s, label %%%s, label %%%s".formatted(condition, then, next));
        text.append(then).append(":\n");
        block = then;
    }

    private void close() {
        if (block.equals(then)) {
            line("br label %" + next);
            text.append(next).append(":\n");
            for (int event : made) {
                String name = fresh();
                String inner = values[event];
                line(
                        "%s = phi i1 [ %s, %%%s ], [ false, %%%s ]"
                                .formatted(name, inner, then, before));
                values[event] = name;
            }
            block = next;
        }
        made = new ArrayList<>();
    }

    private void set(int event, String value) {
        values[event] = value;
        if (block.equals(then)) made.add(event);
    }

    private void measure(int qubit, int event) {
        results[event] = resultCount++;
        String full = "__quantum__qis__mz__body";
        declarations.putIfAbsent(full, "declare void @" + full + "(ptr, ptr writeonly) #1");
        String result = pointer(results[event]);
        call("qis__mz__body", "ptr, ptr", pointer(qubit), result);
        if (always[event] && !read[event]) return;
        String read = "__quantum__rt__read_result";
        declarations.putIfAbsent(read, "declare i1 @" + read + "(ptr)");
        String name = fresh();
        line("%s = call i1 @%s(ptr %s)".formatted(name, read, result));
        set(event, name);
    }

    private int qubit(int node, int place) {
        return graph.qubit(node, place);
    }

    private int[] qubits(int node) {
        int[] qubits = new int[graph.count(node, Operand.Kind.QUBIT)];
        for (int i = 0; i < qubits.length; i++) qubits[i] = graph.qubit(node, i);
        return qubits;
    }

    private int[] events(int node, Operand.Kind kind) {
        int[] events = new int[graph.count(node, kind)];
        int count = 0;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) == kind) events[count++] = Operand.index(operand);
        }
        return events;
    }

    private void node(int node) {
        Opcode opcode = graph.opcode(node);
        boolean silent =
                opcode == Opcode.FREE_LQ
                        || opcode == Opcode.FENCE_EPOCH
                        || opcode == Opcode.BAR_REGION
                        || opcode == Opcode.SET_POLICY
                        || opcode == Opcode.ALLOC_LQ && isFirst(node);
        if (silent) return;
        if (opcode == Opcode.COND_PAULI) {
            correction(node);
            return;
        }
        guard(graph.guard(node));
        switch (opcode) {
            case ALLOC_LQ, RESET -> each(node, this::reset);
            case APPLY_X -> gate("x__body", qubits(node));
            case APPLY_Y -> gate("y__body", qubits(node));
            case APPLY_Z -> gate("z__body", qubits(node));
            case APPLY_H -> gate("h__body", qubits(node));
            case APPLY_S -> gate("s__body", qubits(node));
            case APPLY_SDG -> gate("s__adj", qubits(node));
            case APPLY_SX -> gate("sx__body", qubits(node));
            case APPLY_SXDG -> {
                gate("h__body", qubits(node));
                gate("s__adj", qubits(node));
                gate("h__body", qubits(node));
            }
            case APPLY_CNOT -> gate("cx__body", qubits(node));
            case APPLY_CZ -> gate("cz__body", qubits(node));
            case APPLY_SWAP -> gate("swap__body", qubits(node));
            case APPLY_ISWAP -> iswap(qubit(node, 0), qubit(node, 1));
            case APPLY_ISWAPDG -> iswapInverse(qubit(node, 0), qubit(node, 1));
            case APPLY_T -> gate("t__body", qubits(node));
            case APPLY_TDG -> gate("t__adj", qubits(node));
            case APPLY_TOFFOLI -> gate("ccx__body", qubits(node));
            case APPLY_CCZ -> {
                gate("h__body", qubit(node, 2));
                gate("ccx__body", qubits(node));
                gate("h__body", qubit(node, 2));
            }
            case INJECT_T_STATE -> {
                reset(qubit(node, 0));
                gate("h__body", qubit(node, 0));
                gate("t__body", qubit(node, 0));
            }
            case RX -> rotation("rx", angle(node), qubit(node, 0));
            case RY -> rotation("ry", angle(node), qubit(node, 0));
            case RZ -> rotation("rz", angle(node), qubit(node, 0));
            case ROTATE_PAULI -> rotatePauli((Argument.PauliRotation) graph.argument(node), node);
            case MEASURE_X, MEASURE_Y, MEASURE_Z, MEASURE_PAULI, MEASURE_BELL, MEASURE_ANGLE ->
                    measure(node);
            case EV_CONST, EV_NOT, EV_XOR, EV_AND, EV_OR, EV_SELECT -> event(node);
            case FREE_LQ, FENCE_EPOCH, BAR_REGION, SET_POLICY, COND_PAULI ->
                    throw new IllegalStateException("done before: " + opcode);
            case OPEN_CHAN, USE_CHAN, CLOSE_CHAN, TELEPORT_CNOT ->
                    throw new IllegalStateException("refused before: " + opcode);
        }
    }

    /// Notes the qubits of an allocation; says whether none of them was allocated before.
    private boolean isFirst(int node) {
        boolean first = true;
        for (int qubit : qubits(node)) {
            first &= !used[qubit];
            used[qubit] = true;
        }
        return first;
    }

    private void each(int node, IntConsumer action) {
        for (int qubit : qubits(node)) action.accept(qubit);
    }

    private double angle(int node) {
        return ((Argument.Rotation) graph.argument(node)).angle();
    }

    private void iswap(int a, int b) {
        gate("s__body", a);
        gate("s__body", b);
        gate("h__body", a);
        gate("cx__body", a, b);
        gate("cx__body", b, a);
        gate("h__body", b);
    }

    private void iswapInverse(int a, int b) {
        gate("h__body", b);
        gate("cx__body", b, a);
        gate("cx__body", a, b);
        gate("h__body", a);
        gate("s__adj", b);
        gate("s__adj", a);
    }

    /// Turns a Pauli string into Z on one qubit, does something to that, and turns it back.
    private void onZ(PauliString pauli, int[] qubits, IntConsumer action) {
        int last = -1;
        for (int i = 0; i < qubits.length; i++) {
            if (pauli.letter(i) != 'I') last = i;
        }
        for (int i = 0; i < qubits.length; i++) toZ(pauli.letter(i), qubits[i], true);
        for (int i = 0; i < last; i++) {
            if (pauli.letter(i) != 'I') gate("cx__body", qubits[i], qubits[last]);
        }
        action.accept(qubits[last]);
        for (int i = last - 1; i >= 0; i--) {
            if (pauli.letter(i) != 'I') gate("cx__body", qubits[i], qubits[last]);
        }
        for (int i = 0; i < qubits.length; i++) toZ(pauli.letter(i), qubits[i], false);
    }

    /// Changes the basis from a Pauli operator's to that of Z, or back.
    private void toZ(char letter, int qubit, boolean forward) {
        if (letter == 'Y' && forward) gate("s__adj", qubit);
        if (letter == 'X' || letter == 'Y') gate("h__body", qubit);
        if (letter == 'Y' && !forward) gate("s__body", qubit);
    }

    private void rotatePauli(Argument.PauliRotation rotation, int node) {
        double angle = rotation.pauli().negative() ? -rotation.angle() : rotation.angle();
        onZ(rotation.pauli(), qubits(node), qubit -> rotation("rz", angle, qubit));
    }

    private void measure(int node) {
        int[] made = events(node, Operand.Kind.OUTPUT);
        int[] qubits = qubits(node);
        switch (graph.argument(node)) {
            case Argument.Pauli(PauliString pauli) ->
                    onZ(
                            pauli,
                            qubits,
                            qubit -> {
                                if (pauli.negative()) gate("x__body", qubit);
                                measure(qubit, made[0]);
                                if (pauli.negative()) gate("x__body", qubit);
                            });
            case Argument.Rotation(double angle, double _) -> {
                rotation("ry", -angle, qubits[0]);
                measure(qubits[0], made[0]);
                rotation("ry", angle, qubits[0]);
            }
            case Argument.Nothing _ -> {
                switch (graph.opcode(node).mnemonic()) {
                    case "MEASURE_BELL" -> {
                        gate("cx__body", qubits[0], qubits[1]);
                        gate("h__body", qubits[0]);
                        measure(qubits[0], made[0]);
                        measure(qubits[1], made[1]);
                        gate("h__body", qubits[0]);
                        gate("cx__body", qubits[0], qubits[1]);
                    }
                    case "MEASURE_X" -> onZ(PauliString.of("X"), qubits, q -> measure(q, made[0]));
                    case "MEASURE_Y" -> onZ(PauliString.of("Y"), qubits, q -> measure(q, made[0]));
                    default -> measure(qubits[0], made[0]);
                }
            }
            case Argument.Profile _, Argument.Tag _, Argument.PauliRotation _, Argument.Bit _ ->
                    throw new IllegalStateException("refused before: " + node);
            case Argument.Channel _, Argument.Link _, Argument.Policy _ ->
                    throw new IllegalStateException("refused before: " + node);
        }
    }

    private void event(int node) {
        int[] inputs = events(node, Operand.Kind.INPUT);
        int made = events(node, Operand.Kind.OUTPUT)[0];
        String first = inputs.length > 0 ? value(inputs[0]) : FALSE;
        String value =
                switch (graph.opcode(node).mnemonic()) {
                    case "EV_CONST" -> ((Argument.Bit) graph.argument(node)).value() ? TRUE : FALSE;
                    case "EV_NOT" -> not(first);
                    case "EV_SELECT" -> {
                        String name = fresh();
                        String yes = value(inputs[1]);
                        String no = value(inputs[2]);
                        line("%s = select i1 %s, i1 %s, i1 %s".formatted(name, first, yes, no));
                        yield name;
                    }
                    case "EV_XOR" -> joined("xor", inputs);
                    case "EV_AND" -> joined("and", inputs);
                    case "EV_OR" -> joined("or", inputs);
                    default -> throw new IllegalStateException("no logic: " + node);
                };
        set(made, value);
    }

    private String joined(String operation, int[] inputs) {
        String joined = value(inputs[0]);
        for (int i = 1; i < inputs.length; i++) {
            joined = logic(operation, joined, value(inputs[i]));
        }
        return joined;
    }

    /// A Pauli operator where a parity of events is odd: a branch of its own.
    private void correction(int node) {
        Guard guard = graph.guard(node);
        int[] inputs = events(node, Operand.Kind.INPUT);
        if (inputs.length == 0) {
            guard(guard);
            paulis(node);
            return;
        }
        guard(Guard.ALWAYS);
        String odd = joined("xor", inputs);
        boolean both = !(guard instanceof Guard.Always);
        begin(both ? logic("and", condition(guard), odd) : odd);
        paulis(node);
        close();
    }

    private void paulis(int node) {
        PauliString pauli = ((Argument.Pauli) graph.argument(node)).pauli();
        for (int i = 0; i < pauli.length(); i++) {
            switch (pauli.letter(i)) {
                case 'X' -> gate("x__body", qubit(node, i));
                case 'Y' -> gate("y__body", qubit(node, i));
                case 'Z' -> gate("z__body", qubit(node, i));
                default -> {}
            }
        }
    }
}
