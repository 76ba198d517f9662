package org.qmk.qasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Subroutines: each call runs the body anew, in a scope of its own.
final class QasmSubroutines {

    /// A call costs more than a statement.
    private static final int STEPS_PER_CALL = 8;

    private final QasmNotes notes;
    private final QasmSteps steps;
    private final BitStore store;
    private final QasmEmitter emitter;
    private final QasmEvaluator evaluator;
    private final QasmPlaces places;
    private final QasmDeclarations declarations;
    private final QasmAssignment assignment;
    private final QasmFlow flow;

    /// Of the subroutines that run now, the innermost last.
    private final List<Running> running = new ArrayList<>();

    /// @param result where the result goes, if there is one
    private record Running(
            QasmStatement.SubroutineDefinition definition, Optional<QasmSymbol> result) {}

    QasmSubroutines(
            QasmNotes notes,
            QasmSteps steps,
            BitStore store,
            QasmEmitter emitter,
            QasmEvaluator evaluator,
            QasmPlaces places,
            QasmDeclarations declarations,
            QasmAssignment assignment,
            QasmFlow flow) {
        this.notes = notes;
        this.steps = steps;
        this.store = store;
        this.emitter = emitter;
        this.evaluator = evaluator;
        this.places = places;
        this.declarations = declarations;
        this.assignment = assignment;
        this.flow = flow;
    }

    /// Runs a subroutine and gives its result, if it has one.
    Optional<QasmValue> call(
            QasmSymbol.Subroutine subroutine, QasmExpression.Call call, QasmScope caller) {
        QasmStatement.SubroutineDefinition definition = subroutine.definition();
        steps.take(STEPS_PER_CALL);
        QasmScope scope = subroutine.scope().gate();
        bind(definition, call, caller, scope);
        Optional<QasmSymbol> result = Optional.empty();
        if (definition.result().isPresent()) {
            QasmType type = evaluator.type(definition.result().get(), scope);
            result =
                    Optional.of(
                            declarations.variable(
                                    type, definition.name(), store.condition, call.start()));
        }
        int at = steps.at;
        running.add(new Running(definition, result));
        try {
            flow.subroutine(definition.body(), scope);
        } finally {
            running.removeLast();
            steps.at = at;
            emitter.at = at;
        }
        return result.map(symbol -> evaluator.read(symbol, call));
    }

    private void bind(
            QasmStatement.SubroutineDefinition definition,
            QasmExpression.Call call,
            QasmScope caller,
            QasmScope scope) {
        List<QasmStatement.Parameter> parameters = definition.parameters();
        List<QasmExpression> arguments = call.arguments();
        if (arguments.size() != parameters.size()) {
            throw notes.error(
                    QasmRule.CALL_ARGUMENTS,
                    call.start(),
                    definition.name(),
                    arguments.size(),
                    parameters.size());
        }
        for (int i = 0; i < parameters.size(); i++) {
            QasmExpression argument = arguments.get(i);
            QasmSymbol symbol =
                    switch (parameters.get(i)) {
                        case QasmStatement.Parameter.Classical classical ->
                                declarations.variable(
                                        evaluator.type(classical.type(), scope),
                                        classical.name(),
                                        store.condition,
                                        evaluator.value(argument, caller),
                                        argument);
                        case QasmStatement.Parameter.Quantum quantum ->
                                qubits(quantum, argument, caller, scope);
                        case QasmStatement.Parameter.Reference reference ->
                                array(reference, argument, caller, scope);
                    };
            QasmStatement.Parameter parameter = parameters.get(i);
            declarations.add(parameter.name(), symbol, parameter.start(), scope);
        }
    }

    private QasmSymbol qubits(
            QasmStatement.Parameter.Quantum parameter,
            QasmExpression argument,
            QasmScope caller,
            QasmScope scope) {
        QasmSymbol.Qubits given = places.qubits(argument, caller);
        boolean isScalar = parameter.size().isAbsent();
        int size = isScalar ? 1 : evaluator.size(parameter.size(), scope);
        if (given.handles.length != size) {
            throw notes.error(
                    QasmRule.VALUE_LENGTH,
                    argument.start(),
                    text(argument),
                    given.handles.length,
                    parameter.name(),
                    size);
        }
        return new QasmSymbol.Qubits(given.handles, isScalar);
    }

    private QasmSymbol array(
            QasmStatement.Parameter.Reference parameter,
            QasmExpression argument,
            QasmScope caller,
            QasmScope scope) {
        QasmType type = evaluator.type(parameter.type(), scope);
        if (!(evaluator.selection().array(argument, caller) instanceof QasmSymbol.Array given)) {
            throw shape(argument, "no array", "an array of " + type.described());
        }
        if (!given.element.equals(type)) {
            throw shape(
                    argument,
                    "an array of " + given.element.described(),
                    "an array of " + type.described());
        }
        int[] dimensions = declarations.dimensions(parameter.type().dimensions(), scope);
        boolean fits = java.util.Arrays.equals(dimensions, given.dimensions);
        String wanted = QasmSymbol.Array.described(dimensions);
        if (!parameter.rank().isAbsent()) {
            long rank = evaluator.whole(parameter.rank(), scope);
            fits = rank == given.dimensions.length;
            wanted = "an array of " + rank + " dimensions";
        }
        if (!fits) throw shape(argument, given.described(), wanted);
        if (given.isReadOnly && !parameter.isReadOnly()) {
            throw notes.error(
                    QasmRule.TYPE_ASSIGN,
                    argument.start(),
                    text(argument) + ", which is readonly,");
        }
        return new QasmSymbol.Array(
                given.element, given.dimensions, given.elements, parameter.isReadOnly());
    }

    private QasmRefusal shape(QasmExpression argument, String found, String wanted) {
        return notes.error(QasmRule.ARRAY_SHAPE, argument.start(), text(argument), found, wanted);
    }

    private String text(QasmExpression expression) {
        return notes.excerpt(expression.start(), expression.end());
    }

    /// Leaves the subroutine, where the condition in force holds.
    void giveBack(QasmStatement.Return statement, QasmScope scope) {
        if (!flow.inSubroutine()) {
            throw notes.error(QasmRule.SCOPE_JUMP, statement.start(), "return", "subroutine");
        }
        Running innermost = running.getLast();
        QasmExpression value = statement.value();
        if (innermost.result.isPresent() == value.isAbsent()) {
            String wanted = value.isAbsent() ? "a value" : "none";
            String found = value.isAbsent() ? "nothing" : text(value);
            throw notes.error(QasmRule.CALL_RETURN, statement.start(), found, wanted);
        }
        if (innermost.result.isPresent()) {
            QasmSymbol result = innermost.result.get();
            if (value instanceof QasmExpression.Measure measure) {
                int[] qubits = places.qubits(measure.operand(), scope).handles;
                if (!(result instanceof QasmSymbol.Bits bits)) {
                    throw notes.error(
                            QasmRule.CALL_RETURN,
                            statement.start(),
                            text(value),
                            result.described());
                }
                assignment.measure(qubits, bits, measure.operand(), value);
            } else {
                assignment.put(result, evaluator.value(value, scope), value);
            }
        }
        flow.returnNow();
    }
}
