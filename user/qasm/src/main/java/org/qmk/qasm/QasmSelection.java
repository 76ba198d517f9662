package org.qmk.qasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Chooses elements of registers and arrays by what is written in brackets.
final class QasmSelection {

    private final QasmNotes notes;
    private final QasmEvaluator evaluator;
    private final QasmSteps steps;

    QasmSelection(QasmNotes notes, QasmEvaluator evaluator, QasmSteps steps) {
        this.notes = notes;
        this.evaluator = evaluator;
        this.steps = steps;
    }

    static boolean isSingle(QasmExpression index) {
        return !(index instanceof QasmExpression.Several);
    }

    /// The elements that an index chooses out of `size`, in order; negative ones count from the
    /// end.
    int[] choose(QasmExpression index, int size, QasmExpression what, QasmScope scope) {
        if (!(index instanceof QasmExpression.Several several)) {
            return new int[] {element(evaluator.whole(index, scope), size, what, index.start())};
        }
        return switch (several) {
            case QasmExpression.Range range -> {
                long[] bounds = bounds(range, size, scope);
                int count = count(bounds, range.start(), size);
                steps.take(count);
                int[] chosen = new int[count];
                for (int i = 0; i < count; i++) {
                    chosen[i] = element(bounds[0] + i * bounds[1], size, what, range.start());
                }
                yield chosen;
            }
            case QasmExpression.Set set -> {
                int[] chosen = new int[set.elements().size()];
                for (int i = 0; i < chosen.length; i++) {
                    QasmExpression each = set.elements().get(i);
                    chosen[i] = element(evaluator.whole(each, scope), size, what, each.start());
                }
                yield chosen;
            }
        };
    }

    private int element(long index, int size, QasmExpression what, int at) {
        long place = index < 0 ? index + size : index;
        if (place < 0 || place >= size) {
            throw notes.error(QasmRule.VALUE_INDEX, at, index, text(what), size, size - 1);
        }
        return (int) place;
    }

    /// First, step and last of a range over `size` elements, what is left out filled in.
    long[] bounds(QasmExpression.Range range, int size, QasmScope scope) {
        long step = range.step().isAbsent() ? 1 : evaluator.whole(range.step(), scope);
        if (step == 0) throw notes.error(QasmRule.VALUE_STEP, range.start());
        long first =
                range.first().isAbsent()
                        ? step > 0 ? 0 : size - 1
                        : evaluator.whole(range.first(), scope);
        long last =
                range.last().isAbsent()
                        ? step > 0 ? size - 1 : 0
                        : evaluator.whole(range.last(), scope);
        if (size > 0 && first < 0) first += size;
        if (size > 0 && last < 0) last += size;
        return new long[] {first, step, last};
    }

    private int count(long[] bounds, int at, int most) {
        long first = bounds[0];
        long step = bounds[1];
        long last = bounds[2];
        if (step > 0 ? first > last : first < last) return 0;
        // unsigned, for the difference of two longs may not fit one
        long count = Long.divideUnsigned(step > 0 ? last - first : first - last, Math.abs(step));
        if (count < 0 || count >= most) {
            throw notes.error(QasmRule.VALUE_INDEX, at, last, "the range", most, most - 1);
        }
        return (int) count + 1;
    }

    /// The rounds of a range, negative if more than fit.
    static long rounds(long[] bounds) {
        if (bounds[1] > 0 ? bounds[0] > bounds[2] : bounds[0] < bounds[2]) return 0;
        long span = bounds[1] > 0 ? bounds[2] - bounds[0] : bounds[0] - bounds[2];
        return Long.divideUnsigned(span, Math.abs(bounds[1])) + 1;
    }

    private String text(QasmExpression expression) {
        return notes.excerpt(expression.start(), expression.end());
    }

    /// What a name or a row of indices stands for, if it begins with an array, or arrays that are
    /// joined; else anything else.
    QasmSymbol array(QasmExpression expression, QasmScope scope) {
        if (expression instanceof QasmExpression.Binary binary
                && binary.operator() == QasmOperator.Connective.CONCATENATE) {
            if (array(binary.left(), scope) instanceof QasmSymbol.Array left
                    && array(binary.right(), scope) instanceof QasmSymbol.Array right) {
                QasmSymbol.Array both = joined(left, right, binary);
                return new QasmSymbol.Array(both.element, both.dimensions, both.elements, true);
            }
            return NOTHING;
        }
        if (expression instanceof QasmExpression.Name name) {
            return scope.find(name.name()).isEmpty()
                    ? NOTHING
                    : evaluator.symbol(name.name(), name.start(), scope);
        }
        if (!(expression instanceof QasmExpression.Index index)) return NOTHING;
        boolean inArray =
                evaluator.variable(index, scope).orElse(NOTHING) instanceof QasmSymbol.Array;
        return inArray ? selected(index, scope) : NOTHING;
    }

    /// One array after the other in their first dimension; its elements are theirs.
    QasmSymbol.Array joined(QasmSymbol.Array left, QasmSymbol.Array right, QasmExpression whole) {
        int[] dimensions = left.dimensions.clone();
        dimensions[0] = right.dimensions[0];
        if (!left.element.equals(right.element) || !Arrays.equals(dimensions, right.dimensions)) {
            throw notes.error(
                    QasmRule.ARRAY_SHAPE,
                    whole.start(),
                    text(whole),
                    right.describedWithType(),
                    left.describedWithType() + " but for the first dimension");
        }
        int count = left.elements.length + right.elements.length;
        steps.take(count);
        dimensions[0] = left.dimensions[0] + right.dimensions[0];
        QasmSymbol[] elements = Arrays.copyOf(left.elements, count);
        System.arraycopy(right.elements, 0, elements, left.elements.length, right.elements.length);
        boolean readOnly = left.isReadOnly || right.isReadOnly;
        return new QasmSymbol.Array(left.element, dimensions, elements, readOnly);
    }

    private static final QasmSymbol NOTHING = new QasmSymbol.Poisoned();

    /// The path to one element or bit, if every index is a single one and all dimensions have one.
    Optional<QasmPath> path(QasmSymbol variable, QasmExpression.Index index, QasmScope scope) {
        List<QasmExpression> written = new ArrayList<>();
        QasmExpression at = index;
        while (at instanceof QasmExpression.Index inner) {
            written.addAll(0, inner.indices());
            at = inner.base();
        }
        for (QasmExpression each : written) if (!isSingle(each)) return Optional.empty();
        int rank = variable instanceof QasmSymbol.Array array ? array.dimensions.length : 0;
        if (written.size() < rank) return Optional.empty();
        if (written.size() > rank + 1) {
            throw notes.error(
                    QasmRule.ARRAY_INDICES, index.start(), written.size(), text(at), rank + 1);
        }
        var values = new QasmValue[written.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = evaluator.value(written.get(i), scope);
            boolean runTime = values[i] instanceof QasmValue.Word word && !word.isKnown();
            if (runTime) continue;
            int size = size(variable, i, index);
            long place = evaluator.conversion().whole(values[i], written.get(i));
            values[i] = new QasmValue.Whole(element(place, size, at, written.get(i).start()));
        }
        return Optional.of(new QasmPath(variable, values));
    }

    /// How many elements a variable has in a dimension; after the last come an element's bits.
    private int size(QasmSymbol variable, int dimension, QasmExpression from) {
        if (variable instanceof QasmSymbol.Array array) {
            if (dimension < array.dimensions.length) return array.dimensions[dimension];
            return bits(array.element, from);
        }
        return bits(((QasmSymbol.Bits) variable).type, from);
    }

    private int bits(QasmType type, QasmExpression from) {
        boolean hasBits =
                type.kind() == QasmType.Kind.REGISTER || type.isWhole() || type.isAngleOfBits();
        if (hasBits) return type.width();
        throw notes.error(
                QasmRule.NAME_KIND,
                from.start(),
                text(from),
                "an element of " + type.described(),
                "a register, to take an element of it");
    }

    /// The elements that an index chooses of a variable; every index is known.
    QasmSymbol selected(QasmExpression.Index index, QasmScope scope) {
        QasmSymbol base =
                index.base() instanceof QasmExpression.Index inner
                        ? selected(inner, scope)
                        : evaluator.symbol(
                                ((QasmExpression.Name) index.base()).name(),
                                index.base().start(),
                                scope);
        return selected(base, index, scope);
    }

    QasmSymbol selected(QasmSymbol base, QasmExpression.Index index, QasmScope scope) {
        if (base instanceof QasmSymbol.Array array) return ofArray(array, index, scope);
        if (base instanceof QasmSymbol.Bits bits && index.indices().size() == 1) {
            int size = bits(bits.type, index.base());
            int[] places = choose(index.indices().get(0), size, index.base(), scope);
            boolean single = isSingle(index.indices().get(0));
            for (int i = 0; i < places.length; i++) places[i] = bits.places[places[i]];
            return new QasmSymbol.Bits(
                    places, single ? QasmType.BIT : QasmType.register(places.length));
        }
        throw notes.error(
                QasmRule.ARRAY_INDICES,
                index.start(),
                index.indices().size(),
                text(index.base()),
                1);
    }

    private QasmSymbol ofArray(
            QasmSymbol.Array array, QasmExpression.Index index, QasmScope scope) {
        List<QasmExpression> indices = index.indices();
        int rank = array.dimensions.length;
        if (indices.size() > rank) {
            throw notes.error(
                    QasmRule.ARRAY_INDICES,
                    index.start(),
                    indices.size(),
                    text(index.base()),
                    rank);
        }
        int[] offsets = {0};
        List<Integer> kept = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            boolean whole = d >= indices.size();
            int size = array.dimensions[d];
            int[] chosen = whole ? all(size) : choose(indices.get(d), size, index.base(), scope);
            if (whole || !isSingle(indices.get(d))) kept.add(chosen.length);
            steps.take((long) offsets.length * chosen.length);
            int[] next = new int[offsets.length * chosen.length];
            int n = 0;
            for (int offset : offsets) {
                for (int each : chosen) next[n++] = offset * size + each;
            }
            offsets = next;
        }
        if (kept.isEmpty()) return array.elements[offsets[0]];
        var elements = new QasmSymbol[offsets.length];
        for (int i = 0; i < elements.length; i++) elements[i] = array.elements[offsets[i]];
        int[] dimensions = kept.stream().mapToInt(Integer::intValue).toArray();
        return new QasmSymbol.Array(array.element, dimensions, elements, array.isReadOnly);
    }

    private static int[] all(int size) {
        int[] all = new int[size];
        for (int i = 0; i < size; i++) all[i] = i;
        return all;
    }
}
