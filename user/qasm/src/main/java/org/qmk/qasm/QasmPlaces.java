package org.qmk.qasm;

/// Finds the qubits and bits that an operand names.
final class QasmPlaces {

    private final QasmNotes notes;
    private final QasmEvaluator evaluator;
    private final QasmQubits qubits;

    QasmPlaces(QasmNotes notes, QasmEvaluator evaluator, QasmQubits qubits) {
        this.notes = notes;
        this.evaluator = evaluator;
        this.qubits = qubits;
    }

    /// Qubits or bits: a name, an indexed name, a physical qubit, a set or a concatenation of such.
    QasmSymbol resolve(QasmExpression operand, QasmScope scope) {
        return switch (operand) {
            case QasmExpression.Name name -> evaluator.symbol(name.name(), name.start(), scope);
            case QasmExpression.Hardware hardware -> qubits.hardware(hardware);
            case QasmExpression.Index index -> indexed(index, scope);
            case QasmExpression.Set set -> gathered(set, scope);
            case QasmExpression.Binary binary
                    when binary.operator() == QasmOperator.Connective.CONCATENATE ->
                    joined(resolve(binary.left(), scope), resolve(binary.right(), scope), binary);
            case QasmExpression.Binary _,
                    QasmExpression.Unary _,
                    QasmExpression.Whole _,
                    QasmExpression.Real _,
                    QasmExpression.Imaginary _,
                    QasmExpression.Timing _,
                    QasmExpression.Truth _,
                    QasmExpression.Bits _,
                    QasmExpression.Call _,
                    QasmExpression.Cast _,
                    QasmExpression.Measure _,
                    QasmExpression.Range _,
                    QasmExpression.Absent _ ->
                    throw notes.error(
                            QasmRule.TYPE_MISMATCH,
                            operand.start(),
                            notes.excerpt(operand.start(), operand.end()),
                            "a value",
                            "qubits or bits");
        };
    }

    QasmSymbol.Qubits qubits(QasmExpression operand, QasmScope scope) {
        QasmSymbol symbol = resolve(operand, scope);
        if (symbol instanceof QasmSymbol.Qubits found) return found;
        throw wrongKind(operand, symbol, "a qubit or a qubit register");
    }

    QasmSymbol.Bits bits(QasmExpression operand, QasmScope scope) {
        QasmSymbol symbol = resolve(operand, scope);
        if (symbol instanceof QasmSymbol.Bits found) return found;
        throw wrongKind(operand, symbol, "a bit or a bit register");
    }

    private QasmRefusal wrongKind(QasmExpression operand, QasmSymbol symbol, String wanted) {
        String text = notes.excerpt(operand.start(), operand.end());
        return notes.error(QasmRule.NAME_KIND, operand.start(), text, symbol.described(), wanted);
    }

    private QasmSymbol indexed(QasmExpression.Index index, QasmScope scope) {
        QasmSymbol base = resolve(index.base(), scope);
        return switch (base) {
            case QasmSymbol.Qubits register when !register.isScalar -> {
                QasmExpression by = only(index);
                int[] chosen =
                        evaluator
                                .selection()
                                .choose(by, register.handles.length, index.base(), scope);
                for (int i = 0; i < chosen.length; i++) chosen[i] = register.handles[chosen[i]];
                yield new QasmSymbol.Qubits(chosen, QasmSelection.isSingle(by));
            }
            case QasmSymbol.Bits _, QasmSymbol.Array _ ->
                    evaluator.selection().selected(base, index, scope);
            case QasmSymbol.Qubits _,
                    QasmSymbol.Number _,
                    QasmSymbol.Constant _,
                    QasmSymbol.Gate _,
                    QasmSymbol.Subroutine _,
                    QasmSymbol.Poisoned _ ->
                    throw wrongKind(index.base(), base, "a register, to take an element of it");
        };
    }

    private QasmExpression only(QasmExpression.Index index) {
        if (index.indices().size() == 1) return index.indices().get(0);
        String text = notes.excerpt(index.base().start(), index.base().end());
        throw notes.error(QasmRule.ARRAY_INDICES, index.start(), index.indices().size(), text, 1);
    }

    private QasmSymbol gathered(QasmExpression.Set set, QasmScope scope) {
        if (set.elements().isEmpty()) {
            throw notes.error(
                    QasmRule.TYPE_MISMATCH, set.start(), "{}", "empty", "at least one element");
        }
        QasmSymbol all = resolve(set.elements().get(0), scope);
        if (all instanceof QasmSymbol.Qubits one) all = new QasmSymbol.Qubits(one.handles, false);
        if (all instanceof QasmSymbol.Bits one) {
            all = new QasmSymbol.Bits(one.places, QasmType.register(one.places.length));
        }
        var parts = new QasmSymbol[set.elements().size()];
        parts[0] = all;
        for (int i = 1; i < parts.length; i++) parts[i] = resolve(set.elements().get(i), scope);
        return joined(parts, set);
    }

    private QasmSymbol joined(QasmSymbol left, QasmSymbol right, QasmExpression whole) {
        if (left instanceof QasmSymbol.Array one && right instanceof QasmSymbol.Array other) {
            return evaluator.selection().joined(one, other, whole);
        }
        return joined(new QasmSymbol[] {left, right}, whole);
    }

    private QasmSymbol joined(QasmSymbol[] parts, QasmExpression whole) {
        int length = 0;
        for (QasmSymbol part : parts) {
            length +=
                    switch (part) {
                        case QasmSymbol.Qubits some when parts[0] instanceof QasmSymbol.Qubits ->
                                some.handles.length;
                        case QasmSymbol.Bits some when parts[0] instanceof QasmSymbol.Bits ->
                                some.places.length;
                        case QasmSymbol.Qubits _,
                                QasmSymbol.Bits _,
                                QasmSymbol.Number _,
                                QasmSymbol.Array _,
                                QasmSymbol.Constant _,
                                QasmSymbol.Gate _,
                                QasmSymbol.Subroutine _,
                                QasmSymbol.Poisoned _ ->
                                throw wrongKind(whole, part, "only qubits or only bits");
                    };
        }
        int[] all = new int[length];
        int next = 0;
        for (QasmSymbol part : parts) {
            int[] some =
                    part instanceof QasmSymbol.Qubits qubits
                            ? qubits.handles
                            : ((QasmSymbol.Bits) part).places;
            System.arraycopy(some, 0, all, next, some.length);
            next += some.length;
        }
        return parts[0] instanceof QasmSymbol.Qubits
                ? new QasmSymbol.Qubits(all, false)
                : new QasmSymbol.Bits(all, QasmType.register(length));
    }
}
