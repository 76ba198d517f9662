package org.qmk.qec.circuit;

import java.util.Arrays;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// A signed product of Pauli letters, one a qubit.
///
/// @param letters targets with letters, by qubit; not to be changed
/// @param negative whether its sign is -1
public record LetterProduct(int[] letters, boolean negative) {

    /// The product of one instruction's targets from a place to another.
    ///
    /// @throws QecFailure if its sign is imaginary
    public static LetterProduct of(int[] targets, int from, int to) throws QecFailure {
        int power = 0;
        int[] letters = new int[(to - from + 1) / 2];
        int size = 0;
        for (int i = from; i < to; i += 2) {
            int target = targets[i];
            if (Target.isInverted(target)) power += 2;
            int place = place(letters, size, Target.value(target));
            if (place < 0) {
                letters[size++] = target & ~(1 << 31);
            } else {
                int old = letters[place];
                power += power(old, target);
                int bits = old ^ target & (3 << 29);
                letters[place] = bits;
            }
        }
        if ((power & 1) != 0) {
            throw new QecFailure(
                    QecRule.ANTI_HERMITIAN,
                    "a Pauli product has the sign i, expected 1 or -1: mind repeated qubits");
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (Target.isPauli(letters[i])) letters[kept++] = letters[i];
        }
        return new LetterProduct(Arrays.copyOf(letters, kept), (power & 2) != 0);
    }

    private static int place(int[] letters, int size, int qubit) {
        for (int i = 0; i < size; i++) if (Target.value(letters[i]) == qubit) return i;
        return -1;
    }

    /// The power of i of the product of two letters.
    private static int power(int left, int right) {
        int a = index(left);
        int b = index(right);
        if (a == 0 || b == 0 || a == b) return 0;
        return (b - a + 3) % 3 == 1 ? 1 : 3;
    }

    /// 0 for none, then X, Y, Z.
    private static int index(int target) {
        boolean x = Target.hasX(target);
        boolean z = Target.hasZ(target);
        return x ? z ? 2 : 1 : z ? 3 : 0;
    }
}
