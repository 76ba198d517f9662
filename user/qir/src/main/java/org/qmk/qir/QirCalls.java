package org.qmk.qir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// Does what calls and memory instructions ask for. An argument that is one of a few things is each
/// of them in turn, under the condition that it is.
final class QirCalls {

    private final QirEmitter emitter;
    private final Decisions decisions;
    private final QirArithmetic arithmetic;
    private final QirMemory memory;
    private final QirQubits qubits;
    private final QirRecorder recorder;
    private final QirNotes notes;
    private final QirSteps steps;
    private final QirGates gates;

    /// What calls work on.
    record Parts(
            QirEmitter emitter,
            Decisions decisions,
            QirArithmetic arithmetic,
            QirMemory memory,
            QirQubits qubits,
            QirRecorder recorder) {}

    QirCalls(Parts parts, QirNotes notes, QirSteps steps) {
        this.emitter = parts.emitter;
        this.decisions = parts.decisions;
        this.arithmetic = parts.arithmetic;
        this.memory = parts.memory;
        this.qubits = parts.qubits;
        this.recorder = parts.recorder;
        this.notes = notes;
        this.steps = steps;
        gates = new QirGates(emitter);
    }

    /// The cases of arguments, and which of them are at hand.
    private static final class Choice {
        final List<QirValue.Cases> arguments = new ArrayList<>();
        final long[] values;

        Choice(int count) {
            values = new long[count];
        }
    }

    /// Adds an instruction and returns what it gives, where it gives something.
    QirValue gate(QirGate gate, List<QirValue> arguments, int condition) {
        var choice = new Choice(arguments.size());
        for (QirValue argument : arguments) {
            choice.arguments.add(arithmetic.cases(argument, condition, "the argument"));
        }
        int[] measured = {Decisions.FALSE};
        each(gate, choice, 0, condition, measured);
        QirValue bit = QirValue.bit(measured[0]);
        return arithmetic.convert(QirConversion.ZEXT, QirType.BIT, bit, QirType.INT, condition);
    }

    private void each(QirGate gate, Choice choice, int at, int condition, int[] measured) {
        if (at == choice.values.length) {
            apply(gate, choice.values, condition, measured);
            return;
        }
        QirValue.Cases cases = choice.arguments.get(at);
        for (int i = 0; i < cases.size(); i++) {
            int both = cases.isKnown() ? condition : decisions.and(condition, cases.when()[i]);
            if (both == Decisions.FALSE) continue;
            steps.take(1);
            choice.values[at] = cases.values()[i];
            each(gate, choice, at + 1, both, measured);
        }
    }

    private void apply(QirGate gate, long[] values, int condition, int[] measured) {
        double[] angles = new double[gate.angles];
        for (int i = 0; i < angles.length; i++) {
            angles[i] = Double.longBitsToDouble(values[i]);
            if (!Double.isFinite(angles[i])) {
                throw notes.error(QirRule.VALUE_ANGLE, steps.at, angles[i]);
            }
        }
        int[] handles = new int[gate.qubits];
        for (int i = 0; i < handles.length; i++) {
            long address = values[gate.angles + i];
            handles[i] = qubits.handle(address, condition);
            for (int j = 0; j < i; j++) {
                if (handles[j] == handles[i]) {
                    throw notes.error(QirRule.QUBIT_TWICE, steps.at, qubits.name(address));
                }
            }
        }
        emitter.guard(decisions.guard(condition));
        int event = gates.apply(gate, angles, handles);
        if (event == QirGates.NO_EVENT) return;
        int function = decisions.of(event);
        if (gate.results == 0) {
            measured[0] = decisions.or(measured[0], function);
        } else {
            qubits.write(values[gate.angles + gate.qubits], function, condition);
        }
    }

    /// Does what a function of the run time does, and returns what it gives.
    QirValue runtime(QirRuntime function, List<QirValue> arguments, int condition) {
        QirValue nothing = QirValue.constant(0);
        switch (function) {
            case INITIALIZE, MESSAGE, BEGIN_PARALLEL, END_PARALLEL, BARRIER, MOVE -> {
                return nothing; // order is kept by the uses of each qubit
            }
            case READ_LOSS -> {
                return QirValue.bit(Decisions.FALSE);
            }
            case READ_RESULT, READ_RESULT_OLD -> {
                return QirValue.bit(result(arguments.getFirst(), condition));
            }
            case WRITE_RESULT -> {
                boolean bitFirst = arguments.getFirst() instanceof QirValue.Word;
                QirValue bit = arguments.get(bitFirst ? 0 : 1);
                int value = arithmetic.bit(bit);
                each(
                        arguments.get(bitFirst ? 1 : 0),
                        condition,
                        (address, both) -> qubits.write(address, value, both));
            }
            case QUBIT_ALLOCATE, QUBIT_BORROW, RESULT_ALLOCATE -> {
                if (!arguments.isEmpty()) noError(arguments.getFirst(), condition);
                boolean qubit = function != QirRuntime.RESULT_ALLOCATE;
                return QirValue.constant(qubit ? qubits.allocate() : qubits.allocateResult());
            }
            case QUBIT_RELEASE -> each(arguments.getFirst(), condition, qubits::release);
            case RESULT_RELEASE, RESULT_ARRAY_RELEASE -> {
                return nothing; // a result takes no room
            }
            case QUBIT_ARRAY_ALLOCATE, RESULT_ARRAY_ALLOCATE ->
                    allocate(function == QirRuntime.QUBIT_ARRAY_ALLOCATE, arguments, condition);
            case QUBIT_ARRAY_RELEASE -> {
                long count = count(arguments.getFirst(), condition);
                for (long i = 0; i < count; i++) {
                    QirValue each = element(arguments.get(1), i, condition);
                    each(each, condition, qubits::release);
                }
            }
            case TUPLE_RECORD, ARRAY_RECORD, RESULT_RECORD, BOOL_RECORD, INT_RECORD ->
                    record(function, arguments, condition);
            case DOUBLE_RECORD, FLOAT_RECORD, RESULT_ARRAY_RECORD ->
                    record(function, arguments, condition);
            case FAIL -> throw new IllegalStateException("ends a shot: " + function);
        }
        return nothing;
    }

    /// What happens at an address, where a condition holds.
    private interface AtAddress {
        void run(long address, int condition);
    }

    private void each(QirValue pointer, int condition, AtAddress action) {
        QirValue.Cases cases = arithmetic.cases(pointer, condition, "the address");
        for (int i = 0; i < cases.size(); i++) {
            int both = cases.isKnown() ? condition : decisions.and(condition, cases.when()[i]);
            if (both != Decisions.FALSE) action.run(cases.values()[i], both);
        }
    }

    /// The value of a result.
    private int result(QirValue pointer, int condition) {
        int[] value = {Decisions.FALSE};
        QirValue.Cases cases = arithmetic.cases(pointer, condition, "the result");
        if (cases.isKnown()) return qubits.read(cases.values()[0], condition);
        each(
                pointer,
                condition,
                (address, both) ->
                        value[0] = decisions.select(both, qubits.read(address, both), value[0]));
        return value[0];
    }

    private long count(QirValue value, int condition) {
        var known = arithmetic.known(value, condition);
        if (known.isEmpty()) throw notes.error(QirRule.VALUE_MEASURED, steps.at, "the length", 1);
        long most = QirType.BYTES_MAX;
        if (known.getAsLong() < 0 || known.getAsLong() > most) {
            throw notes.error(QirRule.VALUE_COUNT, steps.at, "elements", known.getAsLong(), most);
        }
        return known.getAsLong();
    }

    private QirValue element(QirValue array, long index, int condition) {
        steps.take(1);
        QirValue at = moved(array, QirValue.constant(index), QirType.POINTER, -1, condition);
        return load(at, QirType.POINTER, condition);
    }

    /// Writes new qubits or results into an array.
    private void allocate(boolean ofQubits, List<QirValue> arguments, int condition) {
        long count = count(arguments.getFirst(), condition);
        noError(arguments.get(2), condition);
        for (long i = 0; i < count; i++) {
            steps.take(1);
            QirValue index = QirValue.constant(i);
            QirValue at = moved(arguments.get(1), index, QirType.POINTER, -1, condition);
            long made = ofQubits ? qubits.allocate() : qubits.allocateResult();
            store(at, QirType.POINTER, QirValue.constant(made), condition);
        }
    }

    /// Says, where the program asks, that an allocation went well: a program that is run at all has
    /// its qubits.
    private void noError(QirValue pointer, int condition) {
        each(
                pointer,
                condition,
                (address, both) -> {
                    if (address == 0) return;
                    QirType type = memory.typeAt(address);
                    QirType cell = type instanceof QirType.Whole ? type : QirType.BIT;
                    memory.store(address, cell, QirArithmetic.constant(cell, 0), both);
                });
    }

    private void record(QirRuntime function, List<QirValue> arguments, int condition) {
        var label = arithmetic.known(arguments.getLast(), condition);
        if (label.isEmpty()) throw notes.error(QirRule.LABEL, steps.at);
        String text = memory.text(label.getAsLong());
        List<QirValue> values = new ArrayList<>();
        if (function == QirRuntime.RESULT_RECORD) {
            values.add(QirValue.bit(result(arguments.getFirst(), condition)));
        } else if (function == QirRuntime.RESULT_ARRAY_RECORD) {
            long count = count(arguments.getFirst(), condition);
            for (long i = 0; i < count; i++) {
                QirValue each = element(arguments.get(1), i, condition);
                values.add(QirValue.bit(result(each, condition)));
            }
        } else {
            values.add(arguments.getFirst());
        }
        recorder.record(condition, function, values, text);
    }

    /// A pointer moved by an index, or to a field of a structure.
    ///
    /// @param type of the elements, or the structure
    /// @param field its number, or -1 for an element
    QirValue moved(QirValue pointer, QirValue index, QirType type, int field, int condition) {
        QirValue.Cases base = arithmetic.cases(pointer, condition, "the address");
        if (field >= 0) {
            long offset = QirMemory.offset(type, field);
            return mapped(base, address -> memory.moved(address, offset));
        }
        QirValue.Cases count = arithmetic.cases(index, condition, "the index");
        if (count.isKnown()) {
            long distance = distance(count.values()[0], type.size());
            return mapped(base, address -> memory.moved(address, distance));
        }
        QirValue far =
                arithmetic.binary(
                        QirOperator.MUL,
                        QirType.INT,
                        count,
                        QirValue.constant(type.size()),
                        condition);
        return arithmetic.binary(QirOperator.ADD, QirType.INT, base, far, condition);
    }

    private static long distance(long index, long size) {
        boolean far = Math.abs(index) > QirType.BYTES_MAX;
        return far ? Long.MAX_VALUE : index * size;
    }

    private static QirValue mapped(QirValue.Cases cases, LongFunction<Long> map) {
        long[] values = new long[cases.size()];
        for (int i = 0; i < values.length; i++) values[i] = map.apply(cases.values()[i]);
        return new QirValue.Cases(values, cases.when());
    }

    QirValue load(QirValue pointer, QirType type, int condition) {
        QirValue[] value = {null};
        each(
                pointer,
                condition,
                (address, both) -> {
                    QirValue each = memory.load(address, type, both);
                    value[0] =
                            value[0] == null ? each : arithmetic.select(both, type, each, value[0]);
                });
        // where no path leads, anything will do
        return value[0] == null ? QirArithmetic.constant(type, 0) : value[0];
    }

    void store(QirValue pointer, QirType type, QirValue value, int condition) {
        each(pointer, condition, (address, both) -> memory.store(address, type, value, both));
    }
}
