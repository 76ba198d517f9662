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
        boolean single = QasmEvaluator.isSingle(index.index());
        return switch (base) {
            case QasmSymbol.Qubits register when !register.isScalar ->
                    new QasmSymbol.Qubits(chosen(register.handles, index, scope), single);
            case QasmSymbol.Bits register when register.places.length > 1 || isArray(register) -> {
                int[] places = chosen(register.places, index, scope);
                yield new QasmSymbol.Bits(
                        places, single ? QasmType.BIT : QasmType.register(places.length));
            }
            case QasmSymbol.Qubits _,
                    QasmSymbol.Bits _,
                    QasmSymbol.Number _,
                    QasmSymbol.Constant _,
                    QasmSymbol.Gate _,
                    QasmSymbol.Poisoned _ ->
                    throw wrongKind(index.base(), base, "a register, to take an element of it");
        };
    }

    private static boolean isArray(QasmSymbol.Bits bits) {
        return bits.type.kind() != QasmType.Kind.BIT && bits.type.kind() != QasmType.Kind.BOOL;
    }

    private int[] chosen(int[] elements, QasmExpression.Index index, QasmScope scope) {
        int[] places = evaluator.choose(index.index(), elements.length, index.base(), scope);
        for (int i = 0; i < places.length; i++) places[i] = elements[places[i]];
        return places;
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
                                QasmSymbol.Constant _,
                                QasmSymbol.Gate _,
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
