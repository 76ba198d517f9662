package org.qmk.qec.circuit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Clifford gates as words of elementary ones. The shortest word for each gate is found by search
/// over what it does to X and Z of two qubits, so that the table of gates is the only description.
public final class CliffordWord {

    /// An elementary gate on the first qubit, the second, or both.
    public enum Step {
        X_A,
        X_B,
        Z_A,
        Z_B,
        H_A,
        H_B,
        S_A,
        S_B,
        /// The root of X.
        V_A,
        V_B,
        CX_AB,
        CX_BA,
        CZ,
        SWAP
    }

    // A signed Pauli product of two qubits: x and z of the first, x and z of the second, sign.
    private static final int XA = 1;
    private static final int ZA = 2;
    private static final int XB = 4;
    private static final int ZB = 8;
    private static final int MINUS = 16;
    private static final int[] BASIS = {XA, ZA, XB, ZB};

    private static final Map<Gate, List<Step>> WORDS = words();

    private CliffordWord() {}

    /// The word of a Clifford gate, the first to be applied first.
    public static List<Step> of(Gate gate) {
        List<Step> word = WORDS.get(gate);
        if (word == null) throw new IllegalArgumentException(gate + " is no Clifford gate");
        return word;
    }

    private static Map<Gate, List<Step>> words() {
        Map<Integer, List<Step>> shortest = search();
        Map<Gate, List<Step>> words = new EnumMap<>(Gate.class);
        for (Gate gate : Gate.values()) {
            List<String> images = gate.images();
            if (images.isEmpty()) continue;
            int[] wanted = BASIS.clone();
            for (int i = 0; i < images.size(); i++) wanted[i] = product(images.get(i));
            List<Step> word = new ArrayList<>();
            List<Step> body = shortest.get(key(wanted));
            int[] reached = BASIS.clone();
            for (Step step : body) {
                for (int i = 0; i < 4; i++) reached[i] = applied(step, reached[i]);
            }
            // A Pauli before the word gives one image the other sign: the one it anticommutes with.
            Step[] before = {Step.Z_A, Step.X_A, Step.Z_B, Step.X_B};
            for (int i = 0; i < 4; i++) {
                if (((reached[i] ^ wanted[i]) & MINUS) != 0) word.add(before[i]);
            }
            word.addAll(body);
            words.put(gate, List.copyOf(word));
        }
        return words;
    }

    /// The shortest word for every operation of two qubits, signs apart.
    private static Map<Integer, List<Step>> search() {
        Map<Integer, List<Step>> found = new HashMap<>();
        Deque<int[]> queue = new ArrayDeque<>();
        found.put(key(BASIS), List.of());
        queue.add(BASIS);
        Step[] steps = Step.values();
        while (!queue.isEmpty()) {
            int[] images = queue.remove();
            List<Step> word = found.get(key(images));
            for (Step step : Arrays.copyOfRange(steps, Step.H_A.ordinal(), steps.length)) {
                int[] next = images.clone();
                for (int i = 0; i < 4; i++) next[i] = applied(step, images[i]);
                if (found.containsKey(key(next))) continue;
                List<Step> longer = new ArrayList<>(word);
                longer.add(step);
                found.put(key(next), longer);
                queue.add(next);
            }
        }
        return found;
    }

    private static int key(int[] images) {
        int key = 0;
        for (int image : images) key = key << 4 | image & 15;
        return key;
    }

    private static int product(String image) {
        int product = image.startsWith("-") ? MINUS : 0;
        String letters = image.replace("-", "");
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if (letter == 'X' || letter == 'Y') product |= XA << 2 * i;
            if (letter == 'Z' || letter == 'Y') product |= ZA << 2 * i;
        }
        return product;
    }

    private static int applied(Step step, int product) {
        return switch (step) {
            case X_A, X_B, Z_A, Z_B -> product;
            case H_A -> single(product, 0, step);
            case S_A -> single(product, 0, step);
            case V_A -> single(product, 0, step);
            case H_B -> single(product, 2, step);
            case S_B -> single(product, 2, step);
            case V_B -> single(product, 2, step);
            case CX_AB -> controlledX(product, 0, 2);
            case CX_BA -> controlledX(product, 2, 0);
            case CZ -> controlledZ(product);
            case SWAP -> product & MINUS | (product & 3) << 2 | product >> 2 & 3;
        };
    }

    private static int single(int product, int shift, Step step) {
        int x = product >> shift & 1;
        int z = product >> shift + 1 & 1;
        int sign = 0;
        int newX = x;
        int newZ = z;
        if (step == Step.H_A || step == Step.H_B) {
            sign = x & z;
            newX = z;
            newZ = x;
        } else if (step == Step.S_A || step == Step.S_B) {
            sign = x & z;
            newZ = z ^ x;
        } else {
            sign = z & ~x;
            newX = x ^ z;
        }
        int rest = product & ~(3 << shift);
        return (rest | newX << shift | newZ << shift + 1) ^ sign * MINUS;
    }

    private static int controlledX(int product, int control, int target) {
        int xc = product >> control & 1;
        int zc = product >> control + 1 & 1;
        int xt = product >> target & 1;
        int zt = product >> target + 1 & 1;
        int sign = xc & zt & (xt ^ zc ^ 1);
        return product ^ xc << target ^ zt << control + 1 ^ sign * MINUS;
    }

    private static int controlledZ(int product) {
        int xa = product & 1;
        int za = product >> 1 & 1;
        int xb = product >> 2 & 1;
        int zb = product >> 3 & 1;
        int sign = xa & xb & (za ^ zb);
        return product ^ xb << 1 ^ xa << 3 ^ sign * MINUS;
    }
}
