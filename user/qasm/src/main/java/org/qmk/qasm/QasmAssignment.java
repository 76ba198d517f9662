package org.qmk.qasm;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Gives variables their values, computed or measured.
final class QasmAssignment {

    /// What `+=` and its like do before they assign; `~=` is apart.
    private static final Map<QasmToken, QasmOperator> COMPOUND =
            Map.ofEntries(
                    Map.entry(QasmToken.PLUS_EQUALS, QasmOperator.Calculation.ADD),
                    Map.entry(QasmToken.MINUS_EQUALS, QasmOperator.Calculation.SUBTRACT),
                    Map.entry(QasmToken.STAR_EQUALS, QasmOperator.Calculation.MULTIPLY),
                    Map.entry(QasmToken.SLASH_EQUALS, QasmOperator.Calculation.DIVIDE),
                    Map.entry(QasmToken.PERCENT_EQUALS, QasmOperator.Calculation.REMAINDER),
                    Map.entry(QasmToken.DOUBLE_STAR_EQUALS, QasmOperator.Calculation.POWER),
                    Map.entry(QasmToken.AMPERSAND_EQUALS, QasmOperator.Bitwise.AND),
                    Map.entry(QasmToken.PIPE_EQUALS, QasmOperator.Bitwise.OR),
                    Map.entry(QasmToken.CARET_EQUALS, QasmOperator.Bitwise.XOR),
                    Map.entry(QasmToken.SHIFT_LEFT_EQUALS, QasmOperator.Shift.LEFT),
                    Map.entry(QasmToken.SHIFT_RIGHT_EQUALS, QasmOperator.Shift.RIGHT));

    private final QasmNotes notes;
    private final QasmSteps steps;
    private final BitNetwork network;
    private final BitStore store;
    private final QasmEmitter emitter;
    private final QasmEvaluator evaluator;
    private final QasmPlaces places;
    private int looseMeasurements;

    QasmAssignment(
            QasmNotes notes,
            QasmSteps steps,
            BitNetwork network,
            BitStore store,
            QasmEmitter emitter,
            QasmEvaluator evaluator,
            QasmPlaces places) {
        this.notes = notes;
        this.steps = steps;
        this.network = network;
        this.store = store;
        this.emitter = emitter;
        this.evaluator = evaluator;
        this.places = places;
    }

    void assign(QasmStatement.Assignment assignment, QasmScope scope) {
        QasmExpression target = assignment.target();
        if (target instanceof QasmExpression.Index index) {
            Optional<QasmSymbol> variable = evaluator.variable(index, scope);
            if (variable.isPresent()) {
                writable(variable.get(), target);
                Optional<QasmPath> path = evaluator.selection().path(variable.get(), index, scope);
                if (path.isPresent()) {
                    along(path.get(), assignment, scope);
                    return;
                }
            }
        }
        assign(assignment, places.resolve(target, scope), scope);
    }

    /// Assigns to the one place that a path leads to, or to each that it may.
    private void along(QasmPath path, QasmStatement.Assignment assignment, QasmScope scope) {
        if (assignment.value() instanceof QasmExpression.Measure measure) {
            onlyEquals(assignment);
            int[] measured = places.qubits(measure.operand(), scope).handles;
            measureAlong(path, measured, measure.operand(), assignment.target());
            return;
        }
        QasmValue value = assigned(assignment, scope);
        path.assign(store, network, symbol -> put(symbol, value, assignment.value()));
    }

    private void measureAlong(
            QasmPath path, int[] measured, QasmExpression operand, QasmExpression written) {
        if (path.isKnown()) {
            path.assign(
                    store,
                    network,
                    symbol -> {
                        if (!(symbol instanceof QasmSymbol.Bits bits)) {
                            throw notMeasurable(symbol, written);
                        }
                        measure(measured, bits, operand, written);
                    });
            return;
        }
        int[] outcome = new int[measured.length];
        for (int i = 0; i < measured.length; i++) {
            outcome[i] = network.leaf(emitter.measure(measured[i], looseName()));
        }
        QasmType type = outcome.length == 1 ? QasmType.BIT : QasmType.register(outcome.length);
        path.assign(
                store,
                network,
                symbol -> {
                    boolean isBits = symbol instanceof QasmSymbol.Bits bits && !bits.type.isWhole();
                    if (!isBits) throw notMeasurable(symbol, written);
                    put(symbol, new QasmValue.Word(outcome, type), operand);
                });
    }

    /// The name of a measurement that is of no variable alone.
    private String looseName() {
        return "_.m" + looseMeasurements++;
    }

    private QasmRefusal notMeasurable(QasmSymbol target, QasmExpression written) {
        return notes.error(
                QasmRule.TYPE_MISMATCH,
                written.start(),
                text(written),
                target.described(),
                "bits to measure into");
    }

    private void assign(QasmStatement.Assignment assignment, QasmSymbol symbol, QasmScope scope) {
        QasmExpression target = assignment.target();
        writable(symbol, target);
        if (assignment.value() instanceof QasmExpression.Measure measure) {
            onlyEquals(assignment);
            if (!(symbol instanceof QasmSymbol.Bits bits)) throw notMeasurable(symbol, target);
            int[] measured = places.qubits(measure.operand(), scope).handles;
            measure(measured, bits, measure.operand(), target);
            return;
        }
        if (symbol instanceof QasmSymbol.Array array) {
            onlyEquals(assignment);
            fill(array, assignment.value(), scope);
            return;
        }
        put(symbol, assigned(assignment, scope), assignment.value());
    }

    private void onlyEquals(QasmStatement.Assignment assignment) {
        if (assignment.operator() == QasmToken.EQUALS) return;
        throw notes.error(
                QasmRule.TYPE_OPERATOR,
                assignment.start(),
                assignment.operator().spelling(),
                text(assignment.value()));
    }

    private void writable(QasmSymbol symbol, QasmExpression target) {
        boolean writable =
                switch (symbol) {
                    case QasmSymbol.Bits _ -> true;
                    case QasmSymbol.Number number -> number.type.kind() != QasmType.Kind.STRETCH;
                    case QasmSymbol.Array array -> !array.isReadOnly;
                    case QasmSymbol.Constant _,
                            QasmSymbol.Qubits _,
                            QasmSymbol.Gate _,
                            QasmSymbol.Subroutine _,
                            QasmSymbol.Poisoned _ ->
                            false;
                };
        if (writable) return;
        throw notes.error(
                QasmRule.TYPE_ASSIGN,
                target.start(),
                text(target) + ", " + symbol.described() + ",");
    }

    /// Gives a variable of a single value its value, where the condition in force holds.
    void put(QasmSymbol symbol, QasmValue value, QasmExpression from) {
        switch (symbol) {
            case QasmSymbol.Bits bits -> {
                int[] literals = evaluator.conversion().literals(value, bits.type, from);
                for (int i = 0; i < literals.length; i++) {
                    store.assign(bits.places[i], literals[i]);
                }
            }
            case QasmSymbol.Number number -> {
                QasmValue next = evaluator.conversion().number(value, number.type, from);
                if (store.condition != number.condition && !next.equals(number.value)) {
                    throw evaluator.dependent(from);
                }
                number.value = next;
            }
            case QasmSymbol.Array _,
                    QasmSymbol.Constant _,
                    QasmSymbol.Qubits _,
                    QasmSymbol.Gate _,
                    QasmSymbol.Subroutine _,
                    QasmSymbol.Poisoned _ ->
                    throw notes.error(
                            QasmRule.TYPE_MISMATCH,
                            from.start(),
                            text(from),
                            "one value",
                            symbol.described());
        }
    }

    /// Gives an array the elements of a list in braces or of another array.
    void fill(QasmSymbol.Array target, QasmExpression value, QasmScope scope) {
        var values = new QasmValue[target.elements.length];
        var froms = new QasmExpression[values.length];
        steps.take(values.length);
        int read = gather(target.dimensions, 0, value, scope, values, froms, 0);
        if (read != values.length) throw new IllegalStateException("an element is missing");
        for (int i = 0; i < values.length; i++) put(target.elements[i], values[i], froms[i]);
    }

    /// Reads elements from a place on, and gives the place after them.
    private int gather(
            int[] dimensions,
            int depth,
            QasmExpression value,
            QasmScope scope,
            QasmValue[] values,
            QasmExpression[] froms,
            int at) {
        if (depth == dimensions.length) {
            values[at] = evaluator.value(value, scope);
            froms[at] = value;
            return at + 1;
        }
        if (value instanceof QasmExpression.Set set) {
            if (set.elements().size() != dimensions[depth]) {
                throw notes.error(
                        QasmRule.VALUE_LENGTH,
                        value.start(),
                        text(value),
                        set.elements().size(),
                        "its place",
                        dimensions[depth]);
            }
            int next = at;
            for (QasmExpression each : set.elements()) {
                next = gather(dimensions, depth + 1, each, scope, values, froms, next);
            }
            return next;
        }
        int[] wanted = Arrays.copyOfRange(dimensions, depth, dimensions.length);
        if (!(evaluator.selection().array(value, scope) instanceof QasmSymbol.Array array)
                || !Arrays.equals(array.dimensions, wanted)) {
            String found =
                    evaluator.selection().array(value, scope) instanceof QasmSymbol.Array other
                            ? other.described()
                            : "no array";
            throw notes.error(
                    QasmRule.ARRAY_SHAPE,
                    value.start(),
                    text(value),
                    found,
                    QasmSymbol.Array.described(wanted));
        }
        int next = at;
        for (QasmSymbol each : array.elements) {
            values[next] = evaluator.read(each, value);
            froms[next++] = value;
        }
        return next;
    }

    /// Measures qubits into the bits of a target or, if that is absent, into nothing.
    void measure(QasmExpression operand, QasmExpression target, QasmScope scope) {
        int[] measured = places.qubits(operand, scope).handles;
        if (target.isAbsent()) {
            for (int qubit : measured) emitter.measure(qubit, looseName());
            return;
        }
        QasmSymbol symbol = places.resolve(target, scope);
        writable(symbol, target);
        if (!(symbol instanceof QasmSymbol.Bits bits)) throw notMeasurable(symbol, target);
        measure(measured, bits, operand, target);
    }

    void measure(
            int[] measured,
            QasmSymbol.Bits target,
            QasmExpression operand,
            QasmExpression written) {
        if (target.type.isWhole()) throw notMeasurable(target, written);
        if (measured.length != target.places.length) {
            throw notes.error(
                    QasmRule.VALUE_LENGTH,
                    operand.start(),
                    text(operand),
                    measured.length,
                    text(written),
                    target.places.length);
        }
        measureInto(measured, target);
    }

    private void measureInto(int[] measured, QasmSymbol.Bits target) {
        for (int i = 0; i < measured.length; i++) {
            int place = target.places[i];
            int event = emitter.measure(measured[i], store.measurementName(place));
            store.assignMeasured(place, network.leaf(event));
        }
    }

    private String text(QasmExpression expression) {
        return notes.excerpt(expression.start(), expression.end());
    }

    /// The value to assign: `a += b` is `a = a + b`, and `a ~= b` is `a = ~b`.
    private QasmValue assigned(QasmStatement.Assignment assignment, QasmScope scope) {
        QasmExpression value = assignment.value();
        int end = value.end();
        if (assignment.operator() == QasmToken.TILDE_EQUALS) {
            value = new QasmExpression.Unary(value.start(), end, QasmPrefix.COMPLEMENT, value);
        }
        QasmOperator operator = COMPOUND.get(assignment.operator());
        if (operator != null) {
            QasmExpression target = assignment.target();
            value = new QasmExpression.Binary(target.start(), end, operator, target, value);
        }
        return evaluator.value(value, scope);
    }
}
