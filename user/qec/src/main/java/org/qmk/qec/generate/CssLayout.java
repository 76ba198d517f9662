package org.qmk.qec.generate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A CSS code, or a subsystem code of that kind, as a memory needs it.
///
/// @param qubits of data
/// @param checksX the products of X that are measured, by qubits
/// @param checksZ the products of Z that are measured
/// @param stabilizersX of products of X checks that are certain, the checks
/// @param stabilizersZ of products of Z checks that are certain, the checks
/// @param logicalX independent logical products of X
/// @param logicalZ independent logical products of Z
public record CssLayout(
        int qubits,
        int[][] checksX,
        int[][] checksZ,
        int[][] stabilizersX,
        int[][] stabilizersZ,
        int[][] logicalX,
        int[][] logicalZ) {

    /// A code whose checks all commute: its logical products are found by elimination.
    public static CssLayout stabilizer(int qubits, int[][] checksX, int[][] checksZ) {
        return new CssLayout(
                qubits,
                checksX,
                checksZ,
                each(checksX.length),
                each(checksZ.length),
                logical(qubits, checksZ, checksX),
                logical(qubits, checksX, checksZ));
    }

    private static int[][] each(int count) {
        int[][] each = new int[count][];
        for (int i = 0; i < count; i++) each[i] = new int[] {i};
        return each;
    }

    /// Products that commute with checks of the other letter and are none of checks of their own.
    private static int[][] logical(int qubits, int[][] other, int[][] own) {
        var others = new ParitySpace();
        for (int[] check : other) others.add(ParitySpace.of(check));
        var known = new ParitySpace();
        for (int[] check : own) known.add(ParitySpace.of(check));
        List<int[]> found = new ArrayList<>();
        for (BitSet vector : others.kernel(qubits)) {
            if (known.add(vector)) found.add(vector.stream().toArray());
        }
        return found.toArray(int[][]::new);
    }

    /// The subsystem code of two copies of a classical code: X checks are its checks on columns, Z
    /// checks on rows of a square of qubits.
    ///
    /// @param checks of the classical code, each the bits of a parity
    /// @param words a basis of the classical code
    /// @param information bits that tell the words of the basis apart, as many
    static CssLayout squared(int length, int[][] checks, int[][] words, int[] information) {
        List<int[]> checksX = new ArrayList<>();
        List<int[]> checksZ = new ArrayList<>();
        for (int[] check : checks) {
            for (int a = 0; a < length; a++) {
                int[] column = new int[check.length];
                int[] row = new int[check.length];
                for (int i = 0; i < check.length; i++) {
                    column[i] = check[i] * length + a;
                    row[i] = a * length + check[i];
                }
                checksX.add(column);
                checksZ.add(row);
            }
        }
        List<int[]> stabilizers = new ArrayList<>();
        List<int[]> logicalX = new ArrayList<>();
        List<int[]> logicalZ = new ArrayList<>();
        for (int[] word : words) {
            for (int check = 0; check < checks.length; check++) {
                int[] product = new int[word.length];
                for (int i = 0; i < word.length; i++) product[i] = check * length + word[i];
                stabilizers.add(product);
            }
            for (int bit : information) {
                int[] column = new int[word.length];
                int[] row = new int[word.length];
                for (int i = 0; i < word.length; i++) {
                    column[i] = word[i] * length + bit;
                    row[i] = bit * length + word[i];
                }
                logicalZ.add(column);
                logicalX.add(row);
            }
        }
        int[][] products = stabilizers.toArray(int[][]::new);
        return new CssLayout(
                length * length,
                checksX.toArray(int[][]::new),
                checksZ.toArray(int[][]::new),
                products,
                products,
                logicalX.toArray(int[][]::new),
                logicalZ.toArray(int[][]::new));
    }
}
