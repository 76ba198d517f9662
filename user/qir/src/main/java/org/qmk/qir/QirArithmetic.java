package org.qmk.qir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Computes with values that measurements decide: case by case where there are few cases, bit by
/// bit where there are many.
final class QirArithmetic {

    private final Decisions decisions;
    private final QirNotes notes;
    private final QirSteps steps;
    private final int casesMax;

    QirArithmetic(Decisions decisions, QirNotes notes, QirSteps steps, int casesMax) {
        this.decisions = decisions;
        this.notes = notes;
        this.steps = steps;
        this.casesMax = casesMax;
    }

    /// A value of a type by the bits of a number.
    static QirValue constant(QirType type, long bits) {
        return type.equals(QirType.BIT)
                ? QirValue.bit(Decisions.constant(bits != 0))
                : QirValue.constant(bits);
    }

    /// The function that a truth value is.
    int bit(QirValue value) {
        return switch (value) {
            case QirValue.Word(int[] bits) -> bits[0];
            case QirValue.Cases cases -> bitOf(cases, 0);
            case QirValue.Parts _ -> throw new IllegalStateException("a composite is no bit");
        };
    }

    private int bitOf(QirValue.Cases cases, int place) {
        int bit = Decisions.FALSE;
        boolean all = true;
        for (int i = 0; i < cases.size(); i++) {
            boolean set = (cases.values()[i] >> place & 1) != 0;
            all &= set;
            if (set) bit = decisions.or(bit, cases.when()[i]);
        }
        return all ? Decisions.TRUE : bit;
    }

    /// The one number that a value is under a condition, if it is one.
    OptionalLong known(QirValue value, int condition) {
        if (value instanceof QirValue.Parts) return OptionalLong.empty();
        List<Long> found = new ArrayList<>();
        QirValue.Cases cases = cases(value, condition, "the value");
        for (int i = 0; i < cases.size() && found.size() < 2; i++) found.add(cases.values()[i]);
        return found.size() == 1 ? OptionalLong.of(found.getFirst()) : OptionalLong.empty();
    }

    /// The cases that a number has under a condition.
    ///
    /// @param what the number is for, as a refusal says it
    QirValue.Cases cases(QirValue value, int condition, String what) {
        return switch (value) {
            case QirValue.Cases cases -> cases.isKnown() ? cases : possible(cases, condition);
            case QirValue.Word(int[] bits) -> enumerated(bits, condition, what);
            case QirValue.Parts _ -> throw new IllegalStateException("a composite is no number");
        };
    }

    private QirValue.Cases possible(QirValue.Cases cases, int condition) {
        var sum = new Sum();
        for (int i = 0; i < cases.size(); i++) {
            if (decisions.and(condition, cases.when()[i]) != Decisions.FALSE) {
                sum.add(cases.values()[i], cases.when()[i]);
            }
        }
        return sum.size() == 0 ? QirValue.constant(cases.values()[0]) : sum.cases();
    }

    private QirValue.Cases enumerated(int[] bits, int condition, String what) {
        List<Long> values = new ArrayList<>(List.of(0L));
        List<Integer> when = new ArrayList<>(List.of(Decisions.TRUE));
        for (int place = 0; place < bits.length; place++) {
            long mask = place == bits.length - 1 ? -1L << place : 1L << place;
            int count = values.size();
            for (int i = 0; i < count; i++) {
                int one = decisions.and(when.get(i), bits[place]);
                int zero = decisions.without(when.get(i), bits[place]);
                boolean mayOne = decisions.and(condition, one) != Decisions.FALSE;
                boolean mayZero = decisions.and(condition, zero) != Decisions.FALSE;
                if (mayOne && mayZero) {
                    values.add(values.get(i) | mask);
                    when.add(one);
                    when.set(i, zero);
                } else if (mayOne) {
                    values.set(i, values.get(i) | mask);
                }
                if (values.size() > casesMax) throw tooMany(what);
            }
        }
        return new QirValue.Cases(
                values.stream().mapToLong(Long::longValue).toArray(),
                when.stream().mapToInt(Integer::intValue).toArray());
    }

    private QirRefusal tooMany(String what) {
        return notes.error(QirRule.VALUE_MEASURED, steps.at, what, casesMax);
    }

    /// Values with the conditions under which they hold, equal ones joined.
    private final class Sum {
        private final Map<Long, Integer> when = new LinkedHashMap<>();

        void add(long value, int condition) {
            if (condition == Decisions.FALSE) return;
            Integer known = when.get(value);
            when.put(value, known == null ? condition : decisions.or(known, condition));
        }

        int size() {
            return when.size();
        }

        QirValue.Cases cases() {
            long[] values = new long[when.size()];
            int[] conditions = new int[when.size()];
            int i = 0;
            for (var entry : when.entrySet()) {
                values[i] = entry.getKey();
                conditions[i++] = entry.getValue();
            }
            if (values.length == 1) conditions[0] = Decisions.TRUE;
            return new QirValue.Cases(values, conditions);
        }
    }

    private int[] bits(QirValue value, int width) {
        return switch (value) {
            case QirValue.Word(int[] bits) -> bits;
            case QirValue.Cases cases -> {
                int[] bits = new int[width];
                for (int i = 0; i < width; i++) bits[i] = bitOf(cases, i);
                yield bits;
            }
            case QirValue.Parts _ -> throw new IllegalStateException("a composite is no number");
        };
    }

    private static QirValue word(int[] bits) {
        boolean known = bits.length > 1;
        long value = 0;
        for (int i = 0; i < bits.length && known; i++) {
            known = Decisions.isKnown(bits[i]);
            if (bits[i] == Decisions.TRUE) value |= 1L << i;
        }
        if (!known) return new QirValue.Word(bits);
        return QirValue.constant(QirOperator.extended(value, bits.length));
    }

    private static int width(QirType type) {
        return type instanceof QirType.Whole(int bits) ? bits : 64;
    }

    /// `a` where the condition holds, else `b`.
    QirValue select(int condition, QirType type, QirValue a, QirValue b) {
        if (condition == Decisions.TRUE || a == b) return a;
        if (condition == Decisions.FALSE) return b;
        if (a instanceof QirValue.Parts(var first) && b instanceof QirValue.Parts(var second)) {
            List<QirValue> parts = new ArrayList<>();
            steps.take(first.size());
            for (int i = 0; i < first.size(); i++) {
                QirType part = QirMemory.part(type, i);
                parts.add(select(condition, part, first.get(i), second.get(i)));
            }
            return new QirValue.Parts(parts);
        }
        if (a instanceof QirValue.Cases x && b instanceof QirValue.Cases y) {
            if (x.isKnown() && y.isKnown() && x.values()[0] == y.values()[0]) return x;
            var sum = new Sum();
            for (int i = 0; i < x.size(); i++) {
                sum.add(x.values()[i], decisions.and(condition, x.when()[i]));
            }
            for (int i = 0; i < y.size(); i++) {
                sum.add(y.values()[i], decisions.without(y.when()[i], condition));
            }
            if (sum.size() == 0) return a; // where neither can be, anything will do
            if (sum.size() <= casesMax) return sum.cases();
            if (!(type instanceof QirType.Whole)) throw tooMany("the value");
        }
        int[] first = bits(a, width(type));
        int[] second = bits(b, width(type));
        int[] bits = new int[first.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = decisions.select(condition, first[i], second[i]);
        }
        return word(bits);
    }

    /// The result of an operation, as far as the condition holds.
    QirValue binary(QirOperator operator, QirType type, QirValue a, QirValue b, int condition) {
        int width = width(type);
        if (width == 1 && !operator.isDivision()) return bitwise(operator, bit(a), bit(b));
        boolean few = !(a instanceof QirValue.Word) && !(b instanceof QirValue.Word);
        boolean mustBeFew = operator.isDivision() || !(type instanceof QirType.Whole);
        if (few || mustBeFew) {
            var x = cases(a, condition, "the first operand");
            var y = cases(b, condition, "the second operand");
            Sum sum = pairs(operator, width, x, y, condition);
            if (sum.size() == 0) return constant(type, 0); // this is never run
            if (sum.size() <= casesMax) {
                QirValue.Cases result = sum.cases();
                return width == 1 ? QirValue.bit(bitOf(result, 0)) : result;
            }
            if (mustBeFew) throw tooMany("the result of " + operator.spelling());
        }
        return word(words(operator, bits(a, width), bits(b, width)));
    }

    private Sum pairs(
            QirOperator operator, int width, QirValue.Cases a, QirValue.Cases b, int condition) {
        var sum = new Sum();
        boolean single = a.isKnown() && b.isKnown();
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                steps.take(1);
                int both = decisions.and(a.when()[i], b.when()[j]);
                if (!single && decisions.and(condition, both) == Decisions.FALSE) continue;
                if (operator.isDivision() && b.values()[j] == 0) {
                    throw notes.error(QirRule.VALUE_DIVISION, steps.at);
                }
                sum.add(operator.apply(a.values()[i], b.values()[j], width), both);
            }
            if (sum.size() > casesMax) return sum;
        }
        return sum;
    }

    private QirValue bitwise(QirOperator operator, int a, int b) {
        int result =
                switch (operator) {
                    case ADD, SUB, XOR -> decisions.xor(a, b);
                    case MUL, AND -> decisions.and(a, b);
                    case OR -> decisions.or(a, b);
                    case SHL, LSHR -> decisions.without(a, b);
                    case ASHR -> a;
                    case UDIV, SDIV, UREM, SREM, FADD, FSUB, FMUL, FDIV, FREM ->
                            throw new IllegalStateException("not on bits: " + operator);
                };
        return QirValue.bit(result);
    }

    private int[] words(QirOperator operator, int[] a, int[] b) {
        return switch (operator) {
            case ADD -> add(a, b, Decisions.FALSE);
            case SUB -> add(a, not(b), Decisions.TRUE);
            case MUL -> multiply(a, b);
            case SHL, LSHR, ASHR -> shift(operator, a, b);
            case AND, OR, XOR -> {
                int[] result = new int[a.length];
                for (int i = 0; i < a.length; i++) {
                    result[i] = ((QirValue.Word) bitwise(operator, a[i], b[i])).bits()[0];
                }
                yield result;
            }
            case UDIV, SDIV, UREM, SREM, FADD, FSUB, FMUL, FDIV, FREM ->
                    throw new IllegalStateException("not on words: " + operator);
        };
    }

    private int[] not(int[] a) {
        int[] not = new int[a.length];
        for (int i = 0; i < a.length; i++) not[i] = decisions.not(a[i]);
        return not;
    }

    private int[] add(int[] a, int[] b, int carryIn) {
        steps.take(a.length);
        int[] sum = new int[a.length];
        int carry = carryIn;
        for (int i = 0; i < a.length; i++) {
            int half = decisions.xor(a[i], b[i]);
            sum[i] = decisions.xor(half, carry);
            carry = decisions.select(half, carry, a[i]);
        }
        return sum;
    }

    private int[] multiply(int[] a, int[] b) {
        int[] product = new int[a.length];
        for (int i = 0; i < b.length; i++) {
            if (b[i] == Decisions.FALSE) continue;
            int[] row = new int[a.length];
            for (int j = i; j < a.length; j++) row[j] = decisions.and(a[j - i], b[i]);
            product = add(product, row, Decisions.FALSE);
        }
        return product;
    }

    /// Moves a word by a number of places that may itself be a word.
    private int[] shift(QirOperator operator, int[] word, int[] places) {
        int[] shifted = word;
        for (int i = 0; i < places.length; i++) {
            if (places[i] == Decisions.FALSE) continue;
            steps.take(word.length);
            int distance = i < 7 ? 1 << i : 1 << 7;
            int[] next = new int[shifted.length];
            for (int j = 0; j < next.length; j++) {
                int fill = operator == QirOperator.ASHR ? shifted[shifted.length - 1] : 0;
                int from = operator == QirOperator.SHL ? j - distance : j + distance;
                int moved = from >= 0 && from < next.length ? shifted[from] : fill;
                next[j] = decisions.select(places[i], moved, shifted[j]);
            }
            shifted = next;
        }
        return shifted;
    }

    /// The condition under which two values compare so, as far as another condition holds.
    int compare(QirPredicate predicate, QirType type, QirValue a, QirValue b, int condition) {
        int width = width(type);
        boolean few = !(a instanceof QirValue.Word) && !(b instanceof QirValue.Word);
        if (few && width > 1) {
            var x = (QirValue.Cases) a;
            var y = (QirValue.Cases) b;
            int holds = Decisions.FALSE;
            boolean always = true;
            for (int i = 0; i < x.size(); i++) {
                for (int j = 0; j < y.size(); j++) {
                    steps.take(1);
                    int both = decisions.and(x.when()[i], y.when()[j]);
                    boolean yes = predicate.holds(x.values()[i], y.values()[j]);
                    if (yes) holds = decisions.or(holds, both);
                    else always &= decisions.and(condition, both) == Decisions.FALSE;
                }
            }
            return always ? Decisions.TRUE : holds;
        }
        return compareBits(predicate, bits(a, width), bits(b, width));
    }

    private int compareBits(QirPredicate predicate, int[] a, int[] b) {
        return switch (predicate) {
            case EQ -> equal(a, b);
            case NE -> decisions.not(equal(a, b));
            case ULT -> less(a, b);
            case UGT -> less(b, a);
            case UGE -> decisions.not(less(a, b));
            case ULE -> decisions.not(less(b, a));
            case SLT -> less(flipped(a), flipped(b));
            case SGT -> less(flipped(b), flipped(a));
            case SGE -> decisions.not(less(flipped(a), flipped(b)));
            case SLE -> decisions.not(less(flipped(b), flipped(a)));
            case FALSE, OEQ, OGT, OGE, OLT, OLE, ONE, ORD, UNO, UEQ, FUGT, FUGE, FULT, FULE ->
                    throw new IllegalStateException("not on integers: " + predicate);
            case UNE, TRUE -> throw new IllegalStateException("not on integers: " + predicate);
        };
    }

    private int equal(int[] a, int[] b) {
        steps.take(a.length);
        int equal = Decisions.TRUE;
        for (int i = 0; i < a.length; i++) {
            equal = decisions.without(equal, decisions.xor(a[i], b[i]));
        }
        return equal;
    }

    private int less(int[] a, int[] b) {
        steps.take(a.length);
        int less = Decisions.FALSE;
        for (int i = 0; i < a.length; i++) {
            less = decisions.select(decisions.xor(a[i], b[i]), b[i], less);
        }
        return less;
    }

    /// With the sign turned round, so that signed order is unsigned order.
    private int[] flipped(int[] bits) {
        int[] flipped = bits.clone();
        flipped[bits.length - 1] = decisions.not(bits[bits.length - 1]);
        return flipped;
    }

    QirValue convert(
            QirConversion conversion, QirType from, QirValue a, QirType to, int condition) {
        if (from.equals(to)) return a;
        boolean whole = from instanceof QirType.Whole && to instanceof QirType.Whole;
        if (a instanceof QirValue.Word(int[] bits) && whole && bits.length > 1) {
            return resized(conversion, bits, width(to));
        }
        QirValue.Cases cases = cases(a, condition, "the converted value");
        var sum = new Sum();
        for (int i = 0; i < cases.size(); i++) {
            long value = cases.values()[i];
            sum.add(conversion.apply(value, width(from), width(to)), cases.when()[i]);
        }
        QirValue.Cases result = sum.cases();
        return to.equals(QirType.BIT) ? QirValue.bit(bitOf(result, 0)) : result;
    }

    private static QirValue resized(QirConversion conversion, int[] bits, int width) {
        int[] resized = Arrays.copyOf(bits, width);
        if (conversion == QirConversion.SEXT) {
            for (int i = bits.length; i < width; i++) resized[i] = bits[bits.length - 1];
        }
        return word(resized);
    }
}
