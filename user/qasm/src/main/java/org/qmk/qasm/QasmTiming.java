package org.qmk.qasm;

import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Opcode;

/// Statements about time. Logical operations have no duration, so what they say is checked and then
/// changes nothing; a box keeps its contents together by barriers.
final class QasmTiming {

    private final QasmNotes notes;
    private final QasmEmitter emitter;
    private final QasmEvaluator evaluator;
    private final QasmPlaces places;
    private boolean warned;

    QasmTiming(QasmNotes notes, QasmEmitter emitter, QasmEvaluator evaluator, QasmPlaces places) {
        this.notes = notes;
        this.emitter = emitter;
        this.evaluator = evaluator;
        this.places = places;
    }

    void delay(QasmStatement.Delay delay, QasmScope scope) {
        duration(delay.duration(), scope);
        for (QasmExpression operand : delay.operands()) places.qubits(operand, scope);
        hint(delay.start(), "delay");
    }

    /// Runs the contents of a box between two barriers.
    void box(QasmStatement.Box box, QasmScope scope, QasmFlow.Body body) {
        if (!box.duration().isAbsent()) {
            duration(box.duration(), scope);
            hint(box.start(), "the duration of a box");
        }
        mark();
        body.run(box.body(), scope.block());
        mark();
    }

    private void mark() {
        emitter.mark(Opcode.BAR_REGION, new Argument.Tag(QasmMarks.BARRIER));
    }

    /// The first hint of a program is noted.
    private void hint(int at, String what) {
        if (!warned) notes.warn(QasmRule.WARN_TIMING, at, what);
        warned = true;
    }

    private void duration(QasmExpression expression, QasmScope scope) {
        if (!isDuration(expression, scope)) {
            throw notes.error(
                    QasmRule.TYPE_MISMATCH,
                    expression.start(),
                    notes.excerpt(expression.start(), expression.end()),
                    "a number",
                    "a duration such as 100ns");
        }
    }

    /// Whether an expression is a duration and not a number. Stretches and `dt` have no known
    /// length, so nothing is computed.
    private boolean isDuration(QasmExpression expression, QasmScope scope) {
        return switch (expression) {
            case QasmExpression.Timing _ -> true;
            case QasmExpression.Name name when isTime(name, scope) -> true;
            case QasmExpression.Unary unary when unary.operator() == QasmPrefix.MINUS ->
                    isDuration(unary.operand(), scope);
            case QasmExpression.Binary binary
                    when binary.operator() instanceof QasmOperator.Calculation calculation ->
                    combined(calculation, binary, scope);
            case QasmExpression.Name _,
                    QasmExpression.Unary _,
                    QasmExpression.Binary _,
                    QasmExpression.Whole _,
                    QasmExpression.Real _,
                    QasmExpression.Imaginary _,
                    QasmExpression.Truth _,
                    QasmExpression.Bits _,
                    QasmExpression.Hardware _,
                    QasmExpression.Index _,
                    QasmExpression.Call _,
                    QasmExpression.Cast _,
                    QasmExpression.Measure _,
                    QasmExpression.Range _,
                    QasmExpression.Set _,
                    QasmExpression.Absent _ -> {
                QasmValue value = evaluator.value(expression, scope);
                if (value instanceof QasmValue.Time) yield true;
                evaluator.conversion().real(value, expression);
                yield false;
            }
        };
    }

    private static boolean isTime(QasmExpression.Name name, QasmScope scope) {
        Optional<QasmSymbol> symbol = scope.find(name.name());
        return symbol.isPresent()
                && symbol.get() instanceof QasmSymbol.Number number
                && (number.type.kind() == QasmType.Kind.STRETCH
                        || number.type.kind() == QasmType.Kind.DURATION);
    }

    private boolean combined(
            QasmOperator.Calculation operator, QasmExpression.Binary binary, QasmScope scope) {
        boolean left = isDuration(binary.left(), scope);
        boolean right = isDuration(binary.right(), scope);
        boolean fits =
                switch (operator) {
                    case ADD, SUBTRACT -> left == right;
                    case MULTIPLY -> !left || !right;
                    case DIVIDE -> left || !right;
                    case REMAINDER, POWER -> !left && !right;
                };
        if (!fits) {
            List<String> sides =
                    List.of(left ? "a duration" : "a number", right ? "a duration" : "a number");
            throw notes.error(
                    QasmRule.TYPE_OPERATOR,
                    binary.start(),
                    operator.spelling(),
                    String.join(" and ", sides));
        }
        boolean isQuotient = operator == QasmOperator.Calculation.DIVIDE && right;
        return (left || right) && !isQuotient;
    }
}
