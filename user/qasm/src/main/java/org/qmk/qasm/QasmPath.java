package org.qmk.qasm;

import java.util.function.Consumer;

/// The way to one element of an array, or to one bit of an element or register, some of its indices
/// depending on measurements.
///
/// @param variable `Array` or `Bits`
/// @param indices a number within its dimension each, or a word. There is one for each dimension
///     and perhaps one for a bit
record QasmPath(QasmSymbol variable, QasmValue[] indices) {

    private int rank() {
        return variable instanceof QasmSymbol.Array array ? array.dimensions.length : 0;
    }

    /// Whether it leads to one place only.
    boolean isKnown() {
        for (QasmValue index : indices) if (!(index instanceof QasmValue.Whole)) return false;
        return true;
    }

    /// The value found there; 0 where an index that depends on measurements is out of range.
    QasmValue read(QasmEvaluator evaluator, BitNetwork network, QasmExpression from) {
        return read(0, 0, evaluator, network, from);
    }

    private QasmValue read(
            int offset,
            int dimension,
            QasmEvaluator evaluator,
            BitNetwork network,
            QasmExpression from) {
        if (dimension == rank()) {
            return ofElement(element(offset), evaluator, network, from);
        }
        int size = ((QasmSymbol.Array) variable).dimensions[dimension];
        if (indices[dimension] instanceof QasmValue.Whole(long index, var _)) {
            return read(offset * size + (int) index, dimension + 1, evaluator, network, from);
        }
        var choices = new QasmValue[size];
        for (int i = 0; i < size; i++) {
            choices[i] = read(offset * size + i, dimension + 1, evaluator, network, from);
        }
        return chosen(choices, (QasmValue.Word) indices[dimension], evaluator, network, from);
    }

    private QasmSymbol element(int offset) {
        return variable instanceof QasmSymbol.Array array ? array.elements[offset] : variable;
    }

    private QasmValue ofElement(
            QasmSymbol element, QasmEvaluator evaluator, BitNetwork network, QasmExpression from) {
        if (indices.length == rank()) return evaluator.read(element, from);
        var bits = (QasmSymbol.Bits) element;
        if (indices[rank()] instanceof QasmValue.Whole(long bit, var _)) {
            int[] place = {bits.places[(int) bit]};
            return evaluator.read(new QasmSymbol.Bits(place, QasmType.BIT), from);
        }
        var choices = new QasmValue[bits.places.length];
        for (int i = 0; i < choices.length; i++) {
            int[] place = {bits.places[i]};
            choices[i] = evaluator.read(new QasmSymbol.Bits(place, QasmType.BIT), from);
        }
        return chosen(choices, (QasmValue.Word) indices[rank()], evaluator, network, from);
    }

    /// One of some values of one type, bit by bit.
    private QasmValue chosen(
            QasmValue[] choices,
            QasmValue.Word index,
            QasmEvaluator evaluator,
            BitNetwork network,
            QasmExpression from) {
        QasmType type = bitType();
        if (!type.isBits()) {
            // a value that is no bits cannot depend on a measurement
            throw evaluator.dependent(from);
        }
        int[][] literals = new int[choices.length][];
        for (int i = 0; i < choices.length; i++) {
            literals[i] = evaluator.conversion().literals(choices[i], type, from);
        }
        int[] result = new int[type.width()];
        for (int bit = 0; bit < result.length; bit++) {
            int[] column = new int[choices.length];
            for (int i = 0; i < column.length; i++) column[i] = literals[i][bit];
            result[bit] = network.choose(column, index.literals);
        }
        return QasmConversion.known(new QasmValue.Word(result, type));
    }

    private QasmType bitType() {
        if (indices.length > rank()) return QasmType.BIT;
        return variable instanceof QasmSymbol.Array array
                ? array.element
                : ((QasmSymbol.Bits) variable).type;
    }

    /// Gives every place that may be meant to an assignment, under the condition that it is meant.
    void assign(BitStore store, BitNetwork network, Consumer<QasmSymbol> assignment) {
        assign(0, 0, store, network, assignment);
    }

    private void assign(
            int offset,
            int dimension,
            BitStore store,
            BitNetwork network,
            Consumer<QasmSymbol> assignment) {
        if (dimension == indices.length) {
            assignment.accept(element(offset));
            return;
        }
        boolean inArray = dimension < rank();
        int size =
                inArray
                        ? ((QasmSymbol.Array) variable).dimensions[dimension]
                        : ((QasmSymbol.Bits) element(offset)).places.length;
        if (indices[dimension] instanceof QasmValue.Whole(long index, var _)) {
            step(offset, dimension, (int) index, store, network, assignment);
            return;
        }
        var word = (QasmValue.Word) indices[dimension];
        int before = store.condition;
        for (int i = 0; i < size && reaches(word, i); i++) {
            int[] number = QasmConversion.literals(i, word.literals.length);
            store.condition = network.and(before, network.equal(word.literals, number));
            step(offset, dimension, i, store, network, assignment);
            store.condition = before;
        }
    }

    private void step(
            int offset,
            int dimension,
            int index,
            BitStore store,
            BitNetwork network,
            Consumer<QasmSymbol> assignment) {
        if (dimension == rank()) {
            int[] place = {((QasmSymbol.Bits) element(offset)).places[index]};
            assignment.accept(new QasmSymbol.Bits(place, QasmType.BIT));
            return;
        }
        int size = ((QasmSymbol.Array) variable).dimensions[dimension];
        assign(offset * size + index, dimension + 1, store, network, assignment);
    }

    /// Whether the index can be so much.
    private static boolean reaches(QasmValue.Word index, int i) {
        int bits = index.literals.length - (index.isSigned() ? 1 : 0);
        return bits >= 31 || i < 1 << bits;
    }
}
