package org.qmk.verifier;

import java.util.Arrays;

/// Boolean functions, each held once, so that equal functions have equal numbers.
///
/// A reduced ordered decision diagram (Bryant, IEEE Transactions on Computers C-35, 1986, 677).
/// Every new variable comes last in the order. Nothing recurses: a function may have as many
/// variables as there are steps. A step is one new variable or one pair of functions combined;
/// when the steps are used up, whatever would need another one is `UNKNOWN`.
final class DecisionDiagram {

    /// The function that is never true.
    static final int NEVER = 0;
    /// The function that is always true.
    static final int ALWAYS = 1;
    /// Stands for a function that could not be computed; so is all that is computed from it.
    static final int UNKNOWN = -1;

    private static final int PENDING = -2;
    private static final int AND = 0;
    private static final int OR = 1;
    private static final int XOR = 2;

    private final int stepsMax;
    private int steps;
    private boolean exhausted;
    private int variables;
    // Function f is "if the variable at level[f] then high[f] else low[f]"; 0 and 1 are constant.
    private int[] level = {Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0};
    private int[] low = new int[4];
    private int[] high = new int[4];
    private int functions = 2;
    // Open addressing, 0 for an empty slot: functions by their parts.
    private int[] slots = new int[16];
    // Open addressing, 0 for an empty slot: results by operation and operands.
    private long[] memoKeys = new long[16];
    private int[] memoResults = new int[16];
    private int memoSize;
    private int[] stack = new int[16];

    DecisionDiagram(int stepsMax) {
        this.stepsMax = stepsMax;
    }

    /// Whether some function was not computed for want of steps.
    boolean exhausted() {
        return exhausted;
    }

    /// A function that is true where a new variable is.
    int variable() {
        if (!step()) return UNKNOWN;
        return function(variables++, NEVER, ALWAYS);
    }

    int and(int f, int g) {
        return apply(AND, f, g);
    }

    int or(int f, int g) {
        return apply(OR, f, g);
    }

    int xor(int f, int g) {
        return apply(XOR, f, g);
    }

    int not(int f) {
        return apply(XOR, ALWAYS, f);
    }

    /// Where f is true and g is not.
    int butNot(int f, int g) {
        if (f == g && f != UNKNOWN) return NEVER;
        return and(f, not(g));
    }

    private boolean step() {
        if (steps < stepsMax) {
            steps++;
            return true;
        }
        exhausted = true;
        return false;
    }

    private int apply(int operation, int f, int g) {
        if (f == UNKNOWN || g == UNKNOWN) return UNKNOWN;
        int result = known(operation, f, g);
        if (result != PENDING) return result;
        int top = push(0, f, g);
        while (top > 0) {
            int a = stack[top - 2];
            int b = stack[top - 1];
            int split = Math.min(level[a], level[b]);
            int lowA = level[a] == split ? low[a] : a;
            int lowB = level[b] == split ? low[b] : b;
            int highA = level[a] == split ? high[a] : a;
            int highB = level[b] == split ? high[b] : b;
            int lowResult = known(operation, lowA, lowB);
            int highResult = known(operation, highA, highB);
            if (lowResult == PENDING) top = push(top, lowA, lowB);
            if (highResult == PENDING) top = push(top, highA, highB);
            if (lowResult == PENDING || highResult == PENDING) continue;
            if (!step()) return UNKNOWN;
            result = function(split, lowResult, highResult);
            memorise(operation, a, b, result);
            // The negation of a negation costs no steps.
            if (operation == XOR && Math.min(a, b) == ALWAYS) {
                memorise(XOR, ALWAYS, result, Math.max(a, b));
            }
            top -= 2;
        }
        return result;
    }

    private int push(int top, int f, int g) {
        if (top + 2 > stack.length) stack = Arrays.copyOf(stack, 2 * stack.length);
        stack[top] = f;
        stack[top + 1] = g;
        return top + 2;
    }

    /// The result if a constant or equal operand gives it or it was computed before, else PENDING.
    private int known(int operation, int f, int g) {
        int a = Math.min(f, g);
        int b = Math.max(f, g);
        if (operation == XOR) {
            if (a == b) return NEVER;
            if (a == NEVER) return b;
        } else {
            if (a == b) return a;
            if (a == NEVER) return operation == AND ? NEVER : b;
            if (a == ALWAYS) return operation == AND ? b : ALWAYS;
        }
        long key = key(operation, a, b);
        for (int i = spread(key) & memoKeys.length - 1; memoKeys[i] != 0; ) {
            if (memoKeys[i] == key) return memoResults[i];
            i = i + 1 & memoKeys.length - 1;
        }
        return PENDING;
    }

    private void memorise(int operation, int f, int g, int result) {
        if (known(operation, f, g) != PENDING) return;
        if (2 * ++memoSize > memoKeys.length) growMemo();
        place(key(operation, Math.min(f, g), Math.max(f, g)), result);
    }

    private void place(long key, int result) {
        int i = spread(key) & memoKeys.length - 1;
        while (memoKeys[i] != 0) i = i + 1 & memoKeys.length - 1;
        memoKeys[i] = key;
        memoResults[i] = result;
    }

    private void growMemo() {
        long[] keys = memoKeys;
        int[] results = memoResults;
        memoKeys = new long[2 * keys.length];
        memoResults = new int[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) place(keys[i], results[i]);
        }
    }

    /// The one function with these parts.
    private int function(int split, int lowPart, int highPart) {
        if (lowPart == highPart) return lowPart;
        int i = slot(split, lowPart, highPart);
        for (; slots[i] != 0; i = i + 1 & slots.length - 1) {
            int f = slots[i];
            if (level[f] == split && low[f] == lowPart && high[f] == highPart) return f;
        }
        if (functions == level.length) {
            level = Arrays.copyOf(level, 2 * functions);
            low = Arrays.copyOf(low, 2 * functions);
            high = Arrays.copyOf(high, 2 * functions);
        }
        level[functions] = split;
        low[functions] = lowPart;
        high[functions] = highPart;
        slots[i] = functions++;
        if (2 * functions > slots.length) growSlots();
        return functions - 1;
    }

    private void growSlots() {
        slots = new int[2 * slots.length];
        for (int f = 2; f < functions; f++) {
            int i = slot(level[f], low[f], high[f]);
            while (slots[i] != 0) i = i + 1 & slots.length - 1;
            slots[i] = f;
        }
    }

    private int slot(int split, int lowPart, int highPart) {
        return spread((long) lowPart << 31 ^ highPart ^ split * 0x9E3779B97F4A7C15L)
                & slots.length - 1;
    }

    private static long key(int operation, int f, int g) {
        return (long) operation << 62 | (long) f << 31 | g;
    }

    /// The finalizer of MurmurHash3 (Appleby, public domain).
    private static int spread(long key) {
        long mixed = (key ^ key >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return (int) (mixed ^ mixed >>> 33);
    }
}
