package org.qmk.qir;

import java.util.Arrays;

/// What was last written to one place, on each path: the newest writing that a path has made
/// counts. Conditions of different paths do not hold together.
final class GuardedValue {

    /// Writings kept apart; more are joined into one.
    private static final int WRITINGS_MAX = 6;

    private final QirType type;
    private int[] when = new int[1];
    private QirValue[] values = new QirValue[1];
    private int size;

    GuardedValue(QirType type) {
        this.type = type;
    }

    QirType type() {
        return type;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// Writes a value on the paths on which the condition holds.
    void write(int condition, QirValue value, Decisions decisions, QirArithmetic arithmetic) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (decisions.implies(when[i], condition)) continue;
            when[kept] = when[i];
            values[kept++] = values[i];
        }
        size = kept;
        if (size == WRITINGS_MAX) join(decisions, arithmetic);
        if (size == when.length) {
            when = Arrays.copyOf(when, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        when[size] = condition;
        values[size++] = value;
    }

    private void join(Decisions decisions, QirArithmetic arithmetic) {
        QirValue joined = values[0];
        int any = when[0];
        for (int i = 1; i < size; i++) {
            joined = arithmetic.select(when[i], type, values[i], joined);
            any = decisions.or(any, when[i]);
        }
        when[0] = any;
        values[0] = joined;
        size = 1;
    }

    /// What is there where the condition holds.
    ///
    /// @param otherwise what is there on paths that have written nothing
    QirValue read(
            int condition, QirValue otherwise, Decisions decisions, QirArithmetic arithmetic) {
        int rest = condition;
        int last = size - 1;
        while (last >= 0 && !decisions.implies(rest, when[last])) {
            rest = decisions.without(rest, when[last]);
            last--;
        }
        QirValue value = last >= 0 ? values[last] : otherwise;
        for (int i = Math.max(last, -1) + 1; i < size; i++) {
            if (decisions.and(condition, when[i]) == Decisions.FALSE) continue;
            value = arithmetic.select(when[i], type, values[i], value);
        }
        return value;
    }
}
