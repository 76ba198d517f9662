package org.qmk.qasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// The classical bits of a program as a network of logic gates, each built once.
///
/// A literal is an index times two, plus one if negated; 0 is false and 1 is true. A gate becomes
/// an event only when something asks for it, so that what nobody reads costs nothing.
final class BitNetwork {

    static final int FALSE = 0;
    static final int TRUE = 1;

    /// Kinds of gates; gate 0 is the constant, of kind 0.
    private static final byte LEAF = 1;

    private static final byte AND = 2;
    private static final byte XOR = 3;
    private static final byte SELECT = 4;

    /// Inputs of one event node; longer conjunctions become trees.
    private static final int INPUTS_MAX = 16;

    /// Event tests of one guard; a longer condition becomes an event.
    private static final int GUARD_TERMS_MAX = 8;

    /// Choices that a conjunction looks through, so that long chains of them cost no more.
    private static final int CHOICES_MAX = 4;

    private static final int NONE = -1;

    private final QasmEmitter emitter;
    private final QasmSteps steps;
    private byte[] kinds = new byte[64];

    /// Operand literals of each gate; a leaf has none.
    private int[] first = new int[64];

    private int[] second = new int[64];
    private int[] third = new int[64];

    /// By literal: the event of this value, or NONE.
    private int[] events = new int[128];

    private int size = 1;
    private int[] table = new int[128];

    BitNetwork(QasmEmitter emitter, QasmSteps steps) {
        this.emitter = emitter;
        this.steps = steps;
        Arrays.fill(events, NONE);
    }

    static int constant(boolean value) {
        return value ? TRUE : FALSE;
    }

    static boolean isKnown(int literal) {
        return literal <= TRUE;
    }

    static int not(int literal) {
        return literal ^ 1;
    }

    /// The literal of an event that some node makes.
    int leaf(int event) {
        int literal = 2 * append(LEAF, 0, 0, 0);
        events[literal] = event;
        return literal;
    }

    /// A 0 that counts as unknown: a literal of its own for the one event that is 0.
    int unset() {
        return leaf(event(FALSE));
    }

    int and(int a, int b) {
        return and(a, b, CHOICES_MAX);
    }

    /// @param choices how many choices by the other side are looked through
    private int and(int a, int b, int choices) {
        if (a == FALSE || b == FALSE || a == not(b)) return FALSE;
        if (a == TRUE || a == b) return b;
        if (b == TRUE) return a;
        if (choices > 0) {
            int y = under(a, b);
            if (y != b) return and(a, y, choices - 1);
            int x = under(b, a);
            if (x != a) return and(x, b, choices - 1);
        }
        return a < b ? gate(AND, a, b, 0) : gate(AND, b, a, 0);
    }

    /// What a literal is where a condition holds, as far as it is a choice by that condition.
    private int under(int condition, int literal) {
        int gate = literal >> 1;
        if (kinds[gate] != SELECT || first[gate] >> 1 != condition >> 1) return literal;
        boolean holds = first[gate] == condition;
        return (holds ? second[gate] : third[gate]) ^ literal & 1;
    }

    int or(int a, int b) {
        return not(and(not(a), not(b)));
    }

    int xor(int a, int b) {
        int sign = (a ^ b) & 1;
        int x = a & ~1;
        int y = b & ~1;
        if (x == y) return FALSE ^ sign;
        if (x == FALSE) return y ^ sign;
        if (y == FALSE) return x ^ sign;
        return (x < y ? gate(XOR, x, y, 0) : gate(XOR, y, x, 0)) ^ sign;
    }

    /// `a` where the condition holds, else `b`.
    int select(int condition, int a, int b) {
        if (condition == TRUE || a == b) return a;
        if (condition == FALSE) return b;
        if ((condition & 1) != 0) return select(not(condition), b, a);
        if (a == TRUE || a == condition) return or(condition, b);
        if (a == FALSE || a == not(condition)) return and(not(condition), b);
        if (b == FALSE || b == condition) return and(condition, a);
        if (b == TRUE || b == not(condition)) return or(not(condition), a);
        if (a == not(b)) return xor(condition, b);
        return gate(SELECT, condition, a, b);
    }

    /// The element that an index chooses, or false if there is none of this number.
    int choose(int[] elements, int[] index) {
        steps.take(2L * elements.length);
        int[] left = elements;
        for (int literal : index) {
            int[] half = new int[(left.length + 1) / 2];
            for (int i = 0; i < half.length; i++) {
                int odd = 2 * i + 1 < left.length ? left[2 * i + 1] : FALSE;
                half[i] = select(literal, odd, left[2 * i]);
            }
            left = half;
        }
        return left[0];
    }

    /// Whether two words of one length are equal.
    int equal(int[] a, int[] b) {
        steps.take(a.length);
        int equal = TRUE;
        for (int i = 0; i < a.length; i++) equal = and(equal, not(xor(a[i], b[i])));
        return equal;
    }

    /// Whether a word, read as a number without sign, is less than another of its length.
    int less(int[] a, int[] b) {
        steps.take(a.length);
        int less = FALSE;
        for (int i = 0; i < a.length; i++) less = select(xor(a[i], b[i]), b[i], less);
        return less;
    }

    /// The sum of two words of one length and a carry, modulo 2^length.
    int[] add(int[] a, int[] b, int carryIn) {
        steps.take(a.length);
        int[] sum = new int[a.length];
        int carry = carryIn;
        for (int i = 0; i < a.length; i++) {
            int half = xor(a[i], b[i]);
            sum[i] = xor(half, carry);
            carry = select(half, carry, a[i]);
        }
        return sum;
    }

    int[] negate(int[] a) {
        return add(new int[a.length], not(a), TRUE);
    }

    static int[] not(int[] a) {
        int[] not = new int[a.length];
        for (int i = 0; i < a.length; i++) not[i] = not(a[i]);
        return not;
    }

    /// The product of two words of one length, modulo 2^length.
    int[] multiply(int[] a, int[] b) {
        int[] product = new int[a.length];
        for (int i = 0; i < a.length; i++) {
            int[] row = new int[a.length];
            for (int j = i; j < a.length; j++) row[j] = and(a[j - i], b[i]);
            product = add(product, row, FALSE);
        }
        return product;
    }

    /// Quotient and remainder of words without sign, by long division. Division by zero gives a
    /// quotient of ones and the dividend as remainder.
    int[][] divide(int[] a, int[] b) {
        int n = a.length;
        int[] divisor = Arrays.copyOf(b, n + 1);
        int[] remainder = new int[n + 1];
        int[] quotient = new int[n];
        for (int i = n - 1; i >= 0; i--) {
            System.arraycopy(remainder, 0, remainder, 1, n);
            remainder[0] = a[i];
            int fits = not(less(remainder, divisor));
            int[] difference = add(remainder, not(divisor), TRUE);
            for (int j = 0; j <= n; j++) remainder[j] = select(fits, difference[j], remainder[j]);
            quotient[i] = fits;
        }
        return new int[][] {quotient, Arrays.copyOf(remainder, n)};
    }

    /// The word moved by a number of places that may itself be a word.
    ///
    /// @param fill what comes in
    int[] shift(int[] word, int[] places, boolean left, int fill) {
        int[] shifted = word.clone();
        for (int i = 0; i < places.length; i++) {
            steps.take(word.length);
            int distance = i < 30 ? 1 << i : Integer.MAX_VALUE;
            int[] next = new int[shifted.length];
            for (int j = 0; j < next.length; j++) {
                int from = left ? j - distance : j + Math.min(distance, next.length);
                int moved = from >= 0 && from < next.length ? shifted[from] : fill;
                next[j] = select(places[i], moved, shifted[j]);
            }
            shifted = next;
        }
        return shifted;
    }

    /// The event that has the value of a literal, made now if need be.
    int event(int literal) {
        if (events[literal] != NONE) return events[literal];
        if (isKnown(literal)) return events[literal] = emitter.constant(literal == TRUE);
        int[] stack = new int[16];
        int depth = 0;
        stack[depth++] = literal;
        while (depth > 0) {
            int top = stack[depth - 1];
            if (events[top] != NONE) {
                depth--;
                continue;
            }
            int[] missing = build(top);
            if (depth + missing.length > stack.length) {
                stack = Arrays.copyOf(stack, 2 * stack.length + missing.length);
            }
            for (int each : missing) stack[depth++] = each;
        }
        return events[literal];
    }

    /// A guard that holds where the literal does: a short expression, or one event.
    Guard guard(int literal) {
        if (literal == TRUE) return Guard.ALWAYS;
        if (terms(literal, GUARD_TERMS_MAX) > GUARD_TERMS_MAX) {
            return new Guard.Is(event(literal), true);
        }
        return shortGuard(literal);
    }

    private Guard shortGuard(int literal) {
        if (!isOpenAnd(literal)) return test(literal);
        boolean all = (literal & 1) == 0;
        List<Guard> parts = new ArrayList<>();
        for (int part : flattened(AND, literal & ~1)) parts.add(shortGuard(all ? part : not(part)));
        return all ? new Guard.All(parts) : new Guard.Any(parts);
    }

    private Guard test(int literal) {
        if (events[literal] != NONE) return new Guard.Is(events[literal], true);
        if (events[not(literal)] != NONE) return new Guard.Is(events[not(literal)], false);
        return new Guard.Is(event(literal & ~1), (literal & 1) == 0);
    }

    /// The number of tests in a guard for the literal, or any number above `most`.
    private int terms(int literal, int most) {
        if (!isOpenAnd(literal)) return 1;
        if (most < 2) return most + 1;
        int sum = terms(first[literal >> 1], most - 1);
        return sum >= most ? most + 1 : sum + terms(second[literal >> 1], most - sum);
    }

    /// Whether the literal is a conjunction, or its negation, that is no event yet.
    private boolean isOpenAnd(int literal) {
        boolean made = events[literal] != NONE || events[not(literal)] != NONE;
        return !made && kinds[literal >> 1] == AND;
    }

    /// Makes the event of a literal if its inputs are made, else returns the inputs to make.
    private int[] build(int literal) {
        if (events[not(literal)] != NONE) {
            events[literal] = emitter.logic(Opcode.EV_NOT, events[not(literal)]);
            return new int[0];
        }
        int positive = literal & ~1;
        return switch (kinds[literal >> 1]) {
            case AND -> buildAnd(positive);
            case XOR -> made(positive, Opcode.EV_XOR, flattened(XOR, positive));
            default -> buildSelect(positive);
        };
    }

    private int[] buildAnd(int positive) {
        int[] inputs = flattened(AND, positive);
        boolean allNegated = true;
        for (int input : inputs) allNegated &= (input & 1) != 0;
        if (!allNegated) return made(positive, Opcode.EV_AND, inputs);
        return made(not(positive), Opcode.EV_OR, not(inputs));
    }

    private int[] buildSelect(int positive) {
        int gate = positive >> 1;
        int[] inputs = {first[gate], second[gate], third[gate]};
        if ((inputs[1] & inputs[2] & 1) == 0) return made(positive, Opcode.EV_SELECT, inputs);
        inputs[1] = not(inputs[1]);
        inputs[2] = not(inputs[2]);
        return made(not(positive), Opcode.EV_SELECT, inputs);
    }

    private int[] made(int literal, Opcode opcode, int[] inputs) {
        int missing = 0;
        for (int input : inputs) {
            if (events[input] == NONE) missing++;
        }
        int[] result = new int[missing == 0 ? inputs.length : missing];
        int i = 0;
        for (int input : inputs) {
            if (missing == 0) result[i++] = events[input];
            else if (events[input] == NONE) result[i++] = input;
        }
        if (missing > 0) return result;
        events[literal] = emitter.logic(opcode, result);
        return new int[0];
    }

    /// The inputs of a gate, those of the same kind that are no events yet opened up, at most
    /// INPUTS_MAX.
    private int[] flattened(byte kind, int positive) {
        int[] inputs = new int[INPUTS_MAX];
        inputs[0] = first[positive >> 1];
        inputs[1] = second[positive >> 1];
        int count = 2;
        for (int i = 0; i < count && count < INPUTS_MAX; ) {
            int input = inputs[i];
            boolean open = (input & 1) == 0 && events[input] == NONE && kinds[input >> 1] == kind;
            if (open && events[not(input)] == NONE) {
                inputs[i] = first[input >> 1];
                inputs[count++] = second[input >> 1];
            } else {
                i++;
            }
        }
        int[] distinct = distinct(kind, Arrays.copyOf(inputs, count));
        // a parity may cancel down to fewer than the two inputs that an event needs
        if (distinct.length >= 2) return distinct;
        return new int[] {first[positive >> 1], second[positive >> 1]};
    }

    /// Sorted, so that equal logic gives equal nodes; a literal that came twice counts once in a
    /// conjunction and not at all in a parity.
    private int[] distinct(byte kind, int[] inputs) {
        Arrays.sort(inputs);
        int count = 0;
        for (int input : inputs) {
            boolean twice = count > 0 && inputs[count - 1] == input;
            if (!twice) inputs[count++] = input;
            else if (kind == XOR) count--;
        }
        return Arrays.copyOf(inputs, count);
    }

    private int gate(byte kind, int a, int b, int c) {
        int mask = table.length - 1;
        int slot = hash(kind, a, b, c) & mask;
        while (table[slot] != 0) {
            int gate = table[slot];
            if (kinds[gate] == kind && first[gate] == a && second[gate] == b && third[gate] == c) {
                return 2 * gate;
            }
            slot = slot + 1 & mask;
        }
        steps.take();
        int gate = append(kind, a, b, c);
        table[slot] = gate;
        if (3 * size > 2 * table.length) rehash();
        return 2 * gate;
    }

    private int append(byte kind, int a, int b, int c) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            first = Arrays.copyOf(first, 2 * size);
            second = Arrays.copyOf(second, 2 * size);
            third = Arrays.copyOf(third, 2 * size);
            events = Arrays.copyOf(events, 4 * size);
            Arrays.fill(events, 2 * size, 4 * size, NONE);
        }
        kinds[size] = kind;
        first[size] = a;
        second[size] = b;
        third[size] = c;
        return size++;
    }

    private void rehash() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int gate = 1; gate < size; gate++) {
            if (kinds[gate] == LEAF) continue;
            int slot = hash(kinds[gate], first[gate], second[gate], third[gate]) & mask;
            while (table[slot] != 0) slot = slot + 1 & mask;
            table[slot] = gate;
        }
    }

    private static int hash(byte kind, int a, int b, int c) {
        int hash = ((kind * 0x9E3779B9 + a) * 0x85EBCA6B + b) * 0xC2B2AE35 + c;
        hash *= 0x27D4EB2F;
        return hash ^ hash >>> 15;
    }
}
