package org.qmk.verifier;

import java.util.Arrays;
import java.util.TreeMap;

/// Boolean functions, each held once, so that equal functions have equal numbers.
///
/// A reduced ordered decision diagram (Bryant, IEEE Transactions on Computers C-35, 1986, 677).
/// Every new variable comes last in the order. A step is one new variable or one pair of functions
/// combined. When the steps are used up, or two functions share a path of more than `DEPTH_MAX`
/// variables, the result is `UNKNOWN`, and so is whatever is computed from it.
sealed class DecisionDiagram permits Conditions {
    /// The function that is never true.
    static final int NEVER = 0;

    /// The function that is always true.
    static final int ALWAYS = 1;

    /// Stands for a function that could not be computed.
    static final int UNKNOWN = -1;

    /// The operations of `apply`.
    static final int AND = 1;

    static final int OR = 2;
    static final int XOR = 3;

    private static final int DEPTH_MAX = 1_000;
    // Bits of a function's number, and of a variable's.
    private static final int BITS = 20;
    private static final int MASK = (1 << BITS) - 1;

    private final int stepsMax;
    private long steps;

    /// Whether some function could not be computed.
    boolean gaveUp;

    private long variables;
    private int functions = 2;

    // Function f is "if v then h else l": v << 2 BITS | l << BITS | h; constants have the last v.
    private long[] parts = {(long) MASK << 2 * BITS, (long) MASK << 2 * BITS};

    // Functions by their parts, and results by operation << 62 | operands.
    private final TreeMap<Long, Integer> table = new TreeMap<>();

    /// @param stepsMax steps, of which at most 2^20 - 3 are used
    DecisionDiagram(int stepsMax) {
        this.stepsMax = Math.min(stepsMax, MASK - 2);
    }

    /// A function that is true where a new variable is.
    int variable() {
        return step() ? function(variables++, NEVER, ALWAYS) : UNKNOWN;
    }

    int not(int f) {
        return apply(XOR, ALWAYS, f);
    }

    /// Where f is true and g is not.
    int butNot(int f, int g) {
        return f == g && f != UNKNOWN ? NEVER : apply(AND, f, not(g));
    }

    /// @param operation AND, OR or XOR
    int apply(int operation, int f, int g) {
        return apply(operation, f, g, 0);
    }

    private int apply(int operation, int x, int y, int depth) {
        int f = Math.min(x, y);
        int g = Math.max(x, y);
        if (f == UNKNOWN) return UNKNOWN;
        if (f == g) return operation == XOR ? NEVER : f;
        if (f == NEVER) return operation == AND ? NEVER : g;
        if (f == ALWAYS && operation != XOR) return operation == AND ? g : ALWAYS;
        long key = key(operation, f, g);
        int found = table.getOrDefault(key, UNKNOWN);
        if (found != UNKNOWN) return found;
        boolean opposite = table.getOrDefault(key(XOR, ALWAYS, f), UNKNOWN) == g;
        if (opposite) return operation == AND ? NEVER : ALWAYS;
        gaveUp |= depth == DEPTH_MAX;
        if (depth == DEPTH_MAX || !step()) return UNKNOWN;
        long split = Math.min(parts[f] >>> 2 * BITS, parts[g] >>> 2 * BITS);
        int low = apply(operation, part(f, split, BITS), part(g, split, BITS), depth + 1);
        if (low == UNKNOWN) return UNKNOWN;
        int high = apply(operation, part(f, split, 0), part(g, split, 0), depth + 1);
        if (high == UNKNOWN) return UNKNOWN;
        int result = function(split, low, high);
        table.put(key, result);
        // The negation of a negation is known, and which functions are opposite.
        if (operation == XOR && f == ALWAYS) table.put(key(XOR, ALWAYS, result), g);
        return result;
    }

    private boolean step() {
        gaveUp |= ++steps > stepsMax;
        return steps <= stepsMax;
    }

    /// What a function is where the variable is 0 (shift BITS) or 1 (shift 0).
    private int part(int f, long variable, int shift) {
        return parts[f] >>> 2 * BITS == variable ? (int) (parts[f] >>> shift) & MASK : f;
    }

    /// The one function with these parts.
    private int function(long variable, int low, int high) {
        if (low == high) return low;
        long key = variable << 2 * BITS | key(0, low, high);
        int found = table.getOrDefault(key, functions);
        if (found < functions) return found;
        if (functions == parts.length) parts = Arrays.copyOf(parts, 2 * functions);
        parts[functions] = key;
        table.put(key, functions);
        return functions++;
    }

    private static long key(int operation, int f, int g) {
        return (long) operation << 62 | (long) f << BITS | g;
    }
}
