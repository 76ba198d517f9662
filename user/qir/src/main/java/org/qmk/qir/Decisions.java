package org.qmk.qir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// Functions of measurements, as reduced ordered decision diagrams: equal functions are one number,
/// so that what can never be the case is seen to be false. 0 is false, 1 is true.
///
/// A function becomes an event only when something asks for it. One that grows too large is made an
/// event at once and counts as a measurement of its own from then on: what it depends on is
/// forgotten, which costs precision and no correctness.
/// Source: Bryant, Graph-based algorithms for Boolean function manipulation (1986).
final class Decisions {

    static final int FALSE = 0;
    static final int TRUE = 1;

    /// Levels of a diagram; operations recurse as deep as their operands together.
    private static final int HEIGHT_MAX = 256;

    /// Decisions that one operation may make before its operands are cut off.
    private static final int WORK_MAX = 1 << 12;

    private static final int NODES_MAX = 1 << 21;
    private static final int GUARD_TERMS_MAX = 8;
    private static final int INPUTS_MAX = 16;
    private static final int NONE = -1;
    private static final int CACHE = 1 << 14;

    private final QirEmitter emitter;
    private final QirSteps steps;

    /// By node: which measurement decides, and what holds if it gave 0 or 1.
    private int[] deciders = new int[1024];

    private int[] lows = new int[1024];
    private int[] highs = new int[1024];
    private short[] heights = new short[1024];

    /// By node: the event of this value, or NONE.
    private int[] events = new int[1024];

    /// By node: the node that stands for it since it was cut off, or NONE.
    private int[] cuts = new int[1024];

    private int size = 2;
    private int[] table = new int[2048];

    /// By decider: the event that it is.
    private int[] deciderEvents = new int[256];

    private int deciderCount;

    /// Results of operations, some of them: condition, yes, no, result.
    private final int[] cache = new int[4 * CACHE];

    private int work;

    Decisions(QirEmitter emitter, QirSteps steps) {
        this.emitter = emitter;
        this.steps = steps;
        deciders[FALSE] = Integer.MAX_VALUE;
        deciders[TRUE] = Integer.MAX_VALUE;
        Arrays.fill(events, NONE);
        Arrays.fill(cuts, NONE);
        Arrays.fill(cache, NONE);
    }

    static int constant(boolean value) {
        return value ? TRUE : FALSE;
    }

    static boolean isKnown(int function) {
        return function <= TRUE;
    }

    /// The function that is an event made by some node.
    int of(int event) {
        if (deciderCount == deciderEvents.length) {
            deciderEvents = Arrays.copyOf(deciderEvents, 2 * deciderCount);
        }
        deciderEvents[deciderCount] = event;
        int node = node(deciderCount++, FALSE, TRUE);
        events[node] = event;
        return node;
    }

    int not(int a) {
        return select(a, FALSE, TRUE);
    }

    int and(int a, int b) {
        if (a == b || b == TRUE) return a;
        return a == TRUE ? b : select(a, b, FALSE);
    }

    int or(int a, int b) {
        if (a == b || b == FALSE) return a;
        return a == FALSE ? b : select(a, TRUE, b);
    }

    int xor(int a, int b) {
        if (a == FALSE) return b;
        if (b == FALSE) return a;
        return select(a, not(b), b);
    }

    /// `a` but not `b`.
    int without(int a, int b) {
        if (b == FALSE) return a;
        return select(b, FALSE, a);
    }

    /// Whether `b` holds wherever `a` does.
    boolean implies(int a, int b) {
        return a == b || a == FALSE || b == TRUE || without(a, b) == FALSE;
    }

    /// `yes` where the condition holds, else `no`.
    int select(int condition, int yes, int no) {
        if (condition == TRUE || yes == no) return yes;
        if (condition == FALSE) return no;
        int c = bounded(condition);
        int a = bounded(yes);
        int b = bounded(no);
        work = 0;
        int result = decide(c, a, b);
        if (result != NONE) return result;
        work = 0;
        result = decide(cut(c), cut(a), cut(b));
        return result;
    }

    private int bounded(int function) {
        int known = cuts[function] == NONE ? function : cuts[function];
        return heights[known] > HEIGHT_MAX ? cut(known) : known;
    }

    /// Makes an event of a function and forgets what it depends on.
    private int cut(int function) {
        if (heights[function] <= 1) return function;
        if (cuts[function] == NONE) {
            int stand = of(event(function));
            cuts[function] = stand;
        }
        return cuts[function];
    }

    /// The same as select, or NONE if it takes too much work.
    private int decide(int condition, int yes, int no) {
        if (condition == TRUE || yes == no) return yes;
        if (condition == FALSE) return no;
        if (yes == TRUE && no == FALSE) return condition;
        int slot = 4 * (hash(condition, yes, no) & CACHE - 1);
        if (cache[slot] == condition && cache[slot + 1] == yes && cache[slot + 2] == no) {
            return cache[slot + 3];
        }
        if (++work > WORK_MAX) return NONE;
        steps.take(1);
        int top = Math.min(deciders[condition], Math.min(deciders[yes], deciders[no]));
        int low = decide(low(condition, top), low(yes, top), low(no, top));
        if (low == NONE) return NONE;
        int high = decide(high(condition, top), high(yes, top), high(no, top));
        if (high == NONE) return NONE;
        int result = low == high ? low : node(top, low, high);
        cache[slot] = condition;
        cache[slot + 1] = yes;
        cache[slot + 2] = no;
        cache[slot + 3] = result;
        return result;
    }

    private int low(int node, int decider) {
        return deciders[node] == decider ? lows[node] : node;
    }

    private int high(int node, int decider) {
        return deciders[node] == decider ? highs[node] : node;
    }

    private int node(int decider, int low, int high) {
        int mask = table.length - 1;
        int slot = hash(decider, low, high) & mask;
        while (table[slot] != 0) {
            int node = table[slot];
            if (deciders[node] == decider && lows[node] == low && highs[node] == high) return node;
            slot = slot + 1 & mask;
        }
        if (size >= NODES_MAX) steps.take(Long.MAX_VALUE / 2);
        if (size == deciders.length) grow();
        deciders[size] = decider;
        lows[size] = low;
        highs[size] = high;
        heights[size] = (short) (1 + Math.max(heights[low], heights[high]));
        table[slot] = size++;
        int made = size - 1;
        if (3 * size > 2 * table.length) rehash();
        return made;
    }

    private void grow() {
        deciders = Arrays.copyOf(deciders, 2 * size);
        lows = Arrays.copyOf(lows, 2 * size);
        highs = Arrays.copyOf(highs, 2 * size);
        heights = Arrays.copyOf(heights, 2 * size);
        events = Arrays.copyOf(events, 2 * size);
        cuts = Arrays.copyOf(cuts, 2 * size);
        Arrays.fill(events, size, 2 * size, NONE);
        Arrays.fill(cuts, size, 2 * size, NONE);
    }

    private void rehash() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int node = 2; node < size; node++) {
            int slot = hash(deciders[node], lows[node], highs[node]) & mask;
            while (table[slot] != 0) slot = slot + 1 & mask;
            table[slot] = node;
        }
    }

    private static int hash(int a, int b, int c) {
        int hash = (a * 0x85EBCA6B + b) * 0xC2B2AE35 + c;
        hash *= 0x27D4EB2F;
        return hash ^ hash >>> 15;
    }

    /// Whether a function is an event already.
    boolean isEvent(int function) {
        return events[function] != NONE;
    }

    /// The event that has the value of a function, made now if need be.
    int event(int function) {
        if (events[function] != NONE) return events[function];
        events[function] = isKnown(function) ? emitter.constant(function == TRUE) : made(function);
        return events[function];
    }

    /// Adds the logic of a function, deciding by its first measurement.
    private int made(int function) {
        int[] terms = conjunction(function, INPUTS_MAX);
        if (terms.length > 0) return conjunctionEvent(terms);
        int decider = deciderEvents[deciders[function]];
        int low = lows[function];
        int high = highs[function];
        if (low == TRUE) {
            return emitter.logic(Opcode.EV_OR, inverse(deciders[function]), event(high));
        }
        if (high == TRUE) return emitter.logic(Opcode.EV_OR, decider, event(low));
        if (low == FALSE) return emitter.logic(Opcode.EV_AND, decider, event(high));
        if (high == FALSE) {
            return emitter.logic(Opcode.EV_AND, inverse(deciders[function]), event(low));
        }
        if (not(low) == high) return emitter.logic(Opcode.EV_XOR, decider, event(low));
        return emitter.logic(Opcode.EV_SELECT, decider, event(high), event(low));
    }

    private int conjunctionEvent(int[] terms) {
        int[] inputs = new int[terms.length];
        for (int i = 0; i < terms.length; i++) {
            inputs[i] = terms[i] >= 0 ? deciderEvents[terms[i]] : inverse(~terms[i]);
        }
        return inputs.length == 1 ? inputs[0] : emitter.logic(Opcode.EV_AND, inputs);
    }

    /// The event that is the opposite of a measurement.
    private int inverse(int decider) {
        int node = node(decider, TRUE, FALSE);
        if (events[node] == NONE) {
            events[node] = emitter.logic(Opcode.EV_NOT, deciderEvents[decider]);
        }
        return events[node];
    }

    /// The measurements that must all be 1, or 0 if given as their complement, for the function to
    /// hold; none if it is no such conjunction of at most so many.
    private int[] conjunction(int function, int most) {
        int[] terms = new int[most];
        int count = 0;
        int rest = function;
        while (!isKnown(rest) && count < most) {
            boolean positive = lows[rest] == FALSE;
            if (!positive && highs[rest] != FALSE) return new int[0];
            terms[count++] = positive ? deciders[rest] : ~deciders[rest];
            rest = positive ? highs[rest] : lows[rest];
        }
        return rest == TRUE ? Arrays.copyOf(terms, count) : new int[0];
    }

    /// A guard that holds where the function does: a short expression, or one event.
    Guard guard(int function) {
        if (function == TRUE) return Guard.ALWAYS;
        if (events[function] != NONE) return new Guard.Is(events[function], true);
        int[] all = conjunction(function, GUARD_TERMS_MAX);
        if (all.length > 0) return guard(all, true);
        int[] any = conjunction(not(function), GUARD_TERMS_MAX);
        return any.length > 0 ? guard(any, false) : new Guard.Is(event(function), true);
    }

    private Guard guard(int[] terms, boolean all) {
        List<Guard> parts = new ArrayList<>();
        for (int term : terms) {
            int event = deciderEvents[term >= 0 ? term : ~term];
            parts.add(new Guard.Is(event, term >= 0 == all));
        }
        if (parts.size() == 1) return parts.getFirst();
        return all ? new Guard.All(parts) : new Guard.Any(parts);
    }
}
