package org.qmk.qir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The qubits and results of a program, by their addresses. A static qubit begins where it is first
/// used; a qubit ends where it is released on all paths, or with the program.
final class QirQubits {

    /// Addresses of allocated results and qubits, above all that `inttoptr` is used for.
    private static final long RESULTS = 1L << 37;

    private static final long QUBITS = 1L << 38;
    private static final long STATIC_MAX = 1L << 32;

    private final QirEmitter emitter;
    private final Decisions decisions;
    private final QirArithmetic arithmetic;
    private final QirNotes notes;
    private final QirSteps steps;
    private final QirLimits limits;
    // Looked up, never iterated.
    private final Map<Long, Qubit> qubits = new HashMap<>();
    private final Map<Long, GuardedValue> results = new HashMap<>();
    private final List<Qubit> all = new ArrayList<>();
    private final TreeSet<Long> staticQubits = new TreeSet<>();
    private final TreeSet<Long> staticResults = new TreeSet<>();
    private long allocatedResults;

    private static final class Qubit {
        final int handle;
        final String name;

        /// Where it is no longer there.
        int released = Decisions.FALSE;

        boolean freed;

        Qubit(int handle, String name) {
            this.handle = handle;
            this.name = name;
        }
    }

    QirQubits(
            QirEmitter emitter,
            Decisions decisions,
            QirArithmetic arithmetic,
            QirNotes notes,
            QirSteps steps,
            QirLimits limits) {
        this.emitter = emitter;
        this.decisions = decisions;
        this.arithmetic = arithmetic;
        this.notes = notes;
        this.steps = steps;
        this.limits = limits;
    }

    /// The handle of the qubit at an address that is used where the condition holds.
    int handle(long address, int condition) {
        long number = QirMemory.number(address);
        Qubit qubit = qubits.get(number);
        if (qubit == null) {
            if (number < 0 || number >= STATIC_MAX) {
                throw notes.error(QirRule.QUBIT_ADDRESS, steps.at, shown(number));
            }
            qubit = begin(number, "q" + number);
            staticQubits.add(number);
        }
        if (decisions.and(condition, qubit.released) != Decisions.FALSE) {
            throw notes.error(QirRule.QUBIT_RELEASED, steps.at, qubit.name);
        }
        return qubit.handle;
    }

    private static String shown(long number) {
        return number < 0 ? "in memory" : Long.toString(number);
    }

    private Qubit begin(long address, String name) {
        if (all.size() == limits.qubits()) {
            throw notes.fatal(QirRule.BOUND_QUBITS, steps.at, limits.qubits());
        }
        var qubit = new Qubit(emitter.allocate(name), name);
        qubits.put(address, qubit);
        all.add(qubit);
        return qubit;
    }

    String name(long address) {
        return qubits.get(address).name;
    }

    /// A new qubit; its address.
    long allocate() {
        long address = QUBITS + all.size();
        begin(address, "d" + all.size());
        return address;
    }

    void release(long address, int condition) {
        handle(address, condition);
        Qubit qubit = qubits.get(address);
        if (address < QUBITS) throw notes.error(QirRule.QUBIT_STATIC, steps.at, qubit.name);
        qubit.released = decisions.or(qubit.released, condition);
        if (qubit.released == Decisions.TRUE) {
            qubit.freed = true;
            emitter.free(qubit.handle);
        }
    }

    /// A new result; its address.
    long allocateResult() {
        return RESULTS + allocatedResults++;
    }

    private GuardedValue result(long address) {
        long number = QirMemory.number(address);
        GuardedValue known = results.get(number);
        if (known != null) return known;
        boolean isStatic = number >= 0 && number < STATIC_MAX;
        boolean allocated = number >= RESULTS && number < RESULTS + allocatedResults;
        if (!isStatic && !allocated) {
            throw notes.error(QirRule.RESULT_ADDRESS, steps.at, shown(number));
        }
        if (results.size() == limits.results()) {
            throw notes.fatal(QirRule.BOUND_RESULTS, steps.at, limits.results());
        }
        if (isStatic) staticResults.add(number);
        var result = new GuardedValue(QirType.BIT);
        results.put(number, result);
        return result;
    }

    /// Sets a result where the condition holds.
    void write(long address, int function, int condition) {
        result(address).write(condition, QirValue.bit(function), decisions, arithmetic);
    }

    /// What a result is where the condition holds: 0 if it was never measured.
    int read(long address, int condition) {
        QirValue unset = QirValue.bit(Decisions.FALSE);
        QirValue value = result(address).read(condition, unset, decisions, arithmetic);
        return arithmetic.bit(value);
    }

    /// One more than the highest static qubit.
    long staticQubits() {
        return staticQubits.isEmpty() ? 0 : staticQubits.last() + 1;
    }

    /// One more than the highest static result.
    long staticResults() {
        return staticResults.isEmpty() ? 0 : staticResults.last() + 1;
    }

    void freeAll() {
        int[] left =
                all.stream()
                        .filter(qubit -> !qubit.freed)
                        .mapToInt(qubit -> qubit.handle)
                        .toArray();
        if (left.length > 0) emitter.free(left);
    }
}
