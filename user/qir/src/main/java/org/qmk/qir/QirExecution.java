package org.qmk.qir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;

/// Runs a program once, on all its paths together. A block runs where any path reaches it; what it
/// does to qubits happens under the condition that says which paths do. So calls are inlined,
/// loops unrolled, variables and constants folded, and branches become guards, all in one pass.
final class QirExecution {

    private static final int OUTSIDE = -1;

    /// An attribute of the entry point that bounds loops, as the option of the command does.
    private static final String BOUND_ATTRIBUTE = "qmk_loop_bound";

    private final QirModule module;
    private final QirNotes notes;
    private final QirSteps steps;
    private final QirLimits limits;
    private final OptionalInt loopBound;
    private final GraphBuilder graph = new GraphBuilder();
    private final Decisions decisions;
    private final QirArithmetic arithmetic;
    private final QirMemory memory;
    private final QirQubits qubits;
    private final QirRecorder recorder;
    private final QirCalls calls;
    private final QirFlow[] flows;
    private final QirCallee[] callees;
    private int depth;
    private int overflow = Decisions.FALSE;
    private int failed = Decisions.FALSE;

    /// Where shots have ended early so far.
    private int lost = Decisions.FALSE;

    /// What a call gives.
    ///
    /// @param after where the program goes on after it
    record Returned(QirValue value, int after) {}

    /// A function that runs.
    private static final class Frame {
        final QirFunction function;
        final QirFlow flow;
        final GuardedValue[] locals;

        /// By block: the blocks that paths come from, and the conditions of those paths.
        final int[][] froms;

        final int[][] conditions;
        final int[] arrivals;
        final BitSet waiting = new BitSet();

        /// By block: how often it ran in a row as the head of a loop, how often fewer paths than
        /// before did so, and where it ran last.
        final int[] rounds;

        final int[] narrowed;
        final int[] before;
        final GuardedValue result;
        int cursor;
        int returned = Decisions.FALSE;

        Frame(QirFunction function, QirFlow flow) {
            this.function = function;
            this.flow = flow;
            int blocks = function.blocks().size();
            locals = new GuardedValue[function.locals()];
            froms = new int[blocks][];
            conditions = new int[blocks][];
            arrivals = new int[blocks];
            rounds = new int[blocks];
            narrowed = new int[blocks];
            before = new int[blocks];
            result = new GuardedValue(function.type().result());
        }

        void arrive(int block, int from, int condition, Decisions decisions) {
            int[] known = froms[block];
            int count = arrivals[block];
            for (int i = 0; i < count && i < 8; i++) {
                if (known[i] == from) {
                    conditions[block][i] = decisions.or(conditions[block][i], condition);
                    return;
                }
            }
            if (known == null) {
                froms[block] = new int[2];
                conditions[block] = new int[2];
            } else if (count == known.length) {
                froms[block] = Arrays.copyOf(known, 2 * count);
                conditions[block] = Arrays.copyOf(conditions[block], 2 * count);
            }
            froms[block][count] = from;
            conditions[block][count] = condition;
            arrivals[block]++;
            int place = flow.place(block);
            waiting.set(place);
            cursor = Math.min(cursor, place);
        }
    }

    QirExecution(QirModule module, QirNotes notes, QirSettings settings, long bytes) {
        this.module = module;
        this.notes = notes;
        limits = settings.limits();
        steps = new QirSteps(notes, limits.steps() + QirLimits.STEPS_PER_BYTE * bytes);
        var emitter = new QirEmitter(graph, notes, steps, limits.nodes());
        decisions = new Decisions(emitter, steps);
        arithmetic = new QirArithmetic(decisions, notes, steps, limits.cases());
        memory = new QirMemory(decisions, arithmetic, module, notes, steps);
        qubits = new QirQubits(emitter, decisions, arithmetic, notes, steps, limits);
        recorder = new QirRecorder(graph, decisions, arithmetic);
        flows = new QirFlow[module.functions().size()];
        callees = module.functions().stream().map(QirCallee::of).toArray(QirCallee[]::new);
        var parts = new QirCalls.Parts(emitter, decisions, arithmetic, memory, qubits, recorder);
        calls = new QirCalls(parts, notes, steps);
        loopBound = bound(settings, entry());
    }

    private QirFunction entry() {
        return module.functions().stream()
                .filter(QirFunction::isEntry)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the validator finds the entry"));
    }

    private static OptionalInt bound(QirSettings settings, QirFunction entry) {
        String stated = entry.attributes().getOrDefault(BOUND_ATTRIBUTE, "");
        boolean given = settings.loopBound().isEmpty() && stated.matches("[1-9][0-9]{0,8}");
        return given ? OptionalInt.of(Integer.parseInt(stated)) : settings.loopBound();
    }

    /// Qubits and results that were used by their numbers; one more than the highest of each.
    long staticQubits() {
        return qubits.staticQubits();
    }

    long staticResults() {
        return qubits.staticResults();
    }

    /// Runs the program; once only.
    QirReading.Ok run() {
        QirFunction entry = entry();
        Returned end = call(module.functions().indexOf(entry), List.of(), Decisions.TRUE);
        qubits.freeAll();
        var metadata = new TreeMap<>(entry.attributes());
        QirValue exit = entry.type().result().equals(QirType.VOID) ? zero() : end.value;
        QirOutputs outputs = recorder.outputs(metadata, exit, end.after, overflow, failed);
        Graph built = graph.requireWhatIsUsed().build();
        return new QirReading.Ok(built, outputs, notes.warnings());
    }

    private static QirValue zero() {
        return QirValue.constant(0);
    }

    /// Runs a function where the condition holds.
    private Returned call(int index, List<QirValue> arguments, int condition) {
        if (depth == limits.calls()) {
            throw notes.fatal(QirRule.FLOW_RECURSION, steps.at, limits.calls());
        }
        depth++;
        QirFunction function = module.functions().get(index);
        if (flows[index] == null) flows[index] = QirFlow.of(function.blocks());
        steps.take(1 + (function.locals() + function.blocks().size()) / 16);
        var frame = new Frame(function, flows[index]);
        for (int i = 0; i < arguments.size(); i++) {
            write(frame, i, function.type().parameters().get(i), arguments.get(i), condition);
        }
        int lostBefore = lost;
        frame.arrive(QirBody.ENTRY, OUTSIDE, condition, decisions);
        while (true) {
            int place = frame.waiting.nextSetBit(frame.cursor);
            if (place < 0) break;
            frame.waiting.clear(place);
            frame.cursor = place;
            block(frame, frame.flow.block(place));
        }
        depth--;
        int after = lost == lostBefore ? condition : frame.returned;
        QirValue none = QirArithmetic.constant(QirType.INT, 0);
        boolean empty = frame.result.isEmpty();
        QirValue value = empty ? none : frame.result.read(after, none, decisions, arithmetic);
        return new Returned(value, after);
    }

    private void block(Frame frame, int block) {
        int count = frame.arrivals[block];
        int[] froms = frame.froms[block];
        int[] conditions = frame.conditions[block];
        frame.froms[block] = null;
        frame.arrivals[block] = 0;
        int condition = Decisions.FALSE;
        boolean again = false;
        for (int i = 0; i < count; i++) {
            condition = decisions.or(condition, conditions[i]);
            again |= froms[i] != OUTSIDE && frame.flow.isBack(froms[i], block);
        }
        if (condition == Decisions.FALSE) return;
        List<QirInstruction> body = frame.function.blocks().get(block);
        steps.at = body.getFirst().at();
        condition = round(frame, block, condition, again);
        int first = phis(frame, body, froms, conditions, count);
        for (int i = first; i < body.size() && condition != Decisions.FALSE; i++) {
            QirInstruction instruction = body.get(i);
            steps.at = instruction.at();
            steps.take(1);
            condition = step(frame, block, instruction, condition);
        }
    }

    /// Counts the rounds of a loop and ends the paths that have had too many.
    private int round(Frame frame, int block, int condition, boolean again) {
        int before = frame.before[block];
        frame.before[block] = condition;
        if (!again) {
            frame.rounds[block] = 0;
            frame.narrowed[block] = 0;
            return condition;
        }
        frame.rounds[block]++;
        if (before != condition) frame.narrowed[block]++;
        String name = "%" + frame.function.names().get(block);
        if (loopBound.isPresent() && frame.narrowed[block] > loopBound.getAsInt()) {
            overflow = decisions.or(overflow, condition);
            lost = decisions.or(lost, condition);
            notes.warn(QirRule.WARN_LOOP, steps.at, name, loopBound.getAsInt());
            return Decisions.FALSE;
        }
        if (loopBound.isEmpty() && frame.narrowed[block] > limits.rounds()) {
            throw notes.fatal(QirRule.LOOP_UNBOUNDED, steps.at, name, limits.rounds());
        }
        return condition;
    }

    /// Gives the phis of a block their values, all at once; returns the place of what follows.
    private int phis(
            Frame frame, List<QirInstruction> body, int[] froms, int[] conditions, int count) {
        List<QirValue> values = new ArrayList<>();
        int any = Decisions.FALSE;
        for (int i = 0; i < count; i++) any = decisions.or(any, conditions[i]);
        for (QirInstruction instruction : body) {
            if (!(instruction instanceof QirInstruction.Phi phi)) break;
            steps.at = phi.at();
            steps.take(1 + (long) phi.blocks().size());
            QirValue value = null;
            for (int i = 0; i < count; i++) {
                int entry = phi.blocks().indexOf(froms[i]);
                steps.take(entry / 8);
                QirValue each = read(frame, phi.type(), phi.values().get(entry), conditions[i]);
                value =
                        value == null
                                ? each
                                : arithmetic.select(conditions[i], phi.type(), each, value);
            }
            values.add(value);
        }
        for (int i = 0; i < values.size(); i++) {
            var phi = (QirInstruction.Phi) body.get(i);
            write(frame, phi.result(), phi.type(), values.get(i), any);
        }
        return values.size();
    }

    private void write(Frame frame, int local, QirType type, QirValue value, int condition) {
        GuardedValue place = frame.locals[local];
        if (place == null) frame.locals[local] = place = new GuardedValue(type);
        place.write(condition, value, decisions, arithmetic);
    }

    private QirValue read(Frame frame, QirType type, QirOperand operand, int condition) {
        return switch (operand) {
            case QirOperand.Local(int index) -> {
                GuardedValue place = frame.locals[index];
                if (place == null) throw notes.error(QirRule.FLOW_USE, steps.at);
                QirValue none = type.isComposite() ? zero(type) : QirArithmetic.constant(type, 0);
                yield place.read(condition, none, decisions, arithmetic);
            }
            case QirOperand.Composite(var parts) -> {
                steps.take(parts.size());
                List<QirValue> values = new ArrayList<>();
                for (int i = 0; i < parts.size(); i++) {
                    QirType part = QirMemory.part(type, i);
                    values.add(read(frame, part, parts.get(i), condition));
                }
                yield new QirValue.Parts(values);
            }
            case QirOperand.Text(byte[] bytes) -> {
                steps.take(bytes.length);
                List<QirValue> values = new ArrayList<>();
                for (byte each : bytes) values.add(QirValue.constant(each));
                yield new QirValue.Parts(values);
            }
            case QirOperand.Zero() -> zero(type);
            case QirOperand.Number _, QirOperand.Address _ -> QirMemory.scalar(operand, type);
        };
    }

    private QirValue zero(QirType type) {
        if (!type.isComposite()) return QirArithmetic.constant(type, 0);
        List<QirValue> parts = new ArrayList<>();
        for (int i = 0; i < QirMemory.parts(type); i++) {
            steps.take(1);
            parts.add(zero(QirMemory.part(type, i)));
        }
        return new QirValue.Parts(parts);
    }

    /// Runs one instruction and returns where the block goes on.
    private int step(Frame frame, int block, QirInstruction instruction, int condition) {
        switch (instruction) {
            case QirInstruction.Binary i -> {
                QirValue a = read(frame, i.type(), i.a(), condition);
                QirValue b = read(frame, i.type(), i.b(), condition);
                QirValue c = arithmetic.binary(i.operator(), i.type(), a, b, condition);
                write(frame, i.result(), i.type(), c, condition);
            }
            case QirInstruction.Compare i -> {
                QirValue a = read(frame, i.type(), i.a(), condition);
                QirValue b = read(frame, i.type(), i.b(), condition);
                int holds = arithmetic.compare(i.predicate(), i.type(), a, b, condition);
                write(frame, i.result(), QirType.BIT, QirValue.bit(holds), condition);
            }
            case QirInstruction.Convert i -> {
                QirValue a = read(frame, i.from(), i.a(), condition);
                QirValue b = arithmetic.convert(i.conversion(), i.from(), a, i.to(), condition);
                write(frame, i.result(), i.to(), b, condition);
            }
            case QirInstruction.Select i -> {
                int c = arithmetic.bit(read(frame, QirType.BIT, i.condition(), condition));
                QirValue a = read(frame, i.type(), i.a(), condition);
                QirValue b = read(frame, i.type(), i.b(), condition);
                write(frame, i.result(), i.type(), arithmetic.select(c, i.type(), a, b), condition);
            }
            case QirInstruction.Call i -> {
                return invoke(frame, i, condition);
            }
            case QirInstruction.Allocate _, QirInstruction.Load _, QirInstruction.Store _ ->
                    access(frame, instruction, condition);
            case QirInstruction.Element i -> element(frame, i, condition);
            case QirInstruction.Extract i -> {
                QirValue value = read(frame, i.type(), i.from(), condition);
                QirType type = i.type();
                for (int place : i.path()) {
                    value = ((QirValue.Parts) value).parts().get(place);
                    type = QirMemory.part(type, place);
                }
                write(frame, i.result(), type, value, condition);
            }
            case QirInstruction.Insert i -> {
                QirValue into = read(frame, i.type(), i.into(), condition);
                QirValue value = read(frame, partType(i.type(), i.path()), i.value(), condition);
                write(frame, i.result(), i.type(), inserted(into, value, i.path(), 0), condition);
            }
            case QirInstruction.Phi _ ->
                    throw new IllegalStateException("phis come first: " + instruction);
            case QirInstruction.Return i -> {
                if (!i.type().equals(QirType.VOID)) {
                    QirValue value = read(frame, i.type(), i.value(), condition);
                    frame.result.write(condition, value, decisions, arithmetic);
                }
                frame.returned = decisions.or(frame.returned, condition);
            }
            case QirInstruction.Jump i -> frame.arrive(i.block(), block, condition, decisions);
            case QirInstruction.Branch i -> {
                int c = arithmetic.bit(read(frame, QirType.BIT, i.condition(), condition));
                go(frame, i.yes(), block, decisions.and(condition, c));
                go(frame, i.no(), block, decisions.without(condition, c));
            }
            case QirInstruction.Switch i -> choose(frame, block, i, condition);
            case QirInstruction.Unreachable _ -> {
                failed = decisions.or(failed, condition);
                lost = decisions.or(lost, condition);
            }
        }
        return instruction.isTerminator() ? Decisions.FALSE : condition;
    }

    private void go(Frame frame, int block, int from, int condition) {
        if (condition != Decisions.FALSE) frame.arrive(block, from, condition, decisions);
    }

    private static QirType partType(QirType type, List<Integer> path) {
        QirType inner = type;
        for (int place : path) inner = QirMemory.part(inner, place);
        return inner;
    }

    private QirValue inserted(QirValue into, QirValue value, List<Integer> path, int at) {
        if (at == path.size()) return value;
        List<QirValue> parts = new ArrayList<>(((QirValue.Parts) into).parts());
        steps.take(parts.size());
        int place = path.get(at);
        parts.set(place, inserted(parts.get(place), value, path, at + 1));
        return new QirValue.Parts(parts);
    }

    private void choose(Frame frame, int block, QirInstruction.Switch i, int condition) {
        QirValue value = read(frame, i.type(), i.value(), condition);
        int rest = condition;
        for (int n = 0; n < i.cases().size() && rest != Decisions.FALSE; n++) {
            steps.take(1);
            QirValue each = QirArithmetic.constant(i.type(), i.cases().get(n));
            int holds = arithmetic.compare(QirPredicate.EQ, i.type(), value, each, rest);
            go(frame, i.blocks().get(n), block, decisions.and(rest, holds));
            rest = decisions.without(rest, holds);
        }
        go(frame, i.otherwise(), block, rest);
    }

    private int invoke(Frame frame, QirInstruction.Call i, int condition) {
        List<QirValue> arguments = new ArrayList<>();
        for (int n = 0; n < i.arguments().size(); n++) {
            arguments.add(read(frame, i.types().get(n), i.arguments().get(n), condition));
        }
        Returned returned =
                switch (callees[i.function()]) {
                    case QirCallee.Defined() -> call(i.function(), arguments, condition);
                    case QirCallee.Gate(var gate) ->
                            new Returned(calls.gate(gate, arguments, condition), condition);
                    case QirCallee.Runtime(var callee) -> runtime(callee, arguments, condition);
                    case QirCallee.Foreign _, QirCallee.Unknown() ->
                            throw new IllegalStateException("refused before: " + i);
                };
        steps.at = i.at();
        if (i.result() != QirInstruction.NO_RESULT) {
            write(frame, i.result(), i.type(), returned.value, returned.after);
        }
        return returned.after;
    }

    private Returned runtime(QirRuntime callee, List<QirValue> arguments, int condition) {
        if (callee == QirRuntime.FAIL) {
            failed = decisions.or(failed, condition);
            lost = decisions.or(lost, condition);
            return new Returned(zero(), Decisions.FALSE);
        }
        return new Returned(calls.runtime(callee, arguments, condition), condition);
    }

    private void access(Frame frame, QirInstruction instruction, int condition) {
        if (instruction instanceof QirInstruction.Allocate i) {
            QirValue count = read(frame, QirType.INT, i.count(), condition);
            var known = arithmetic.known(count, condition);
            if (known.isEmpty()) {
                throw notes.error(QirRule.VALUE_MEASURED, steps.at, "the size of memory", 1);
            }
            long address = memory.allocate(i.type(), known.getAsLong());
            write(frame, i.result(), QirType.POINTER, QirValue.constant(address), condition);
        } else if (instruction instanceof QirInstruction.Load i) {
            QirValue pointer = read(frame, QirType.POINTER, i.pointer(), condition);
            write(frame, i.result(), i.type(), calls.load(pointer, i.type(), condition), condition);
        } else if (instruction instanceof QirInstruction.Store i) {
            QirValue pointer = read(frame, QirType.POINTER, i.pointer(), condition);
            QirValue value = read(frame, i.type(), i.value(), condition);
            calls.store(pointer, i.type(), value, condition);
        }
    }

    private void element(Frame frame, QirInstruction.Element i, int condition) {
        QirValue address = read(frame, QirType.POINTER, i.base(), condition);
        QirType inner = i.type();
        for (int n = 0; n < i.indices().size(); n++) {
            QirValue index = read(frame, QirType.INT, i.indices().get(n), condition);
            boolean field = n > 0 && inner instanceof QirType.Structure;
            if (field) {
                int place = (int) arithmetic.known(index, condition).orElse(0);
                address = calls.moved(address, index, inner, place, condition);
                inner = QirMemory.part(inner, place);
            } else {
                if (n > 0) inner = QirMemory.part(inner, 0);
                address = calls.moved(address, index, inner, OUTSIDE, condition);
            }
        }
        write(frame, i.result(), QirType.POINTER, address, condition);
    }
}
