package org.qmk.qec.analysis;

import java.util.Arrays;
import org.qmk.qec.dem.Symptom;

/// A set of symptoms in order, to which others are added modulo 2.
final class SymptomSet {

    private static final long[] NONE = {};

    private long[] items = NONE;
    private int size;
    // Lent to merges, and exchanged with `items`.
    private long[] spare = NONE;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long get(int i) {
        return items[i];
    }

    long[] items() {
        return items;
    }

    long last() {
        return items[size - 1];
    }

    void clear() {
        size = 0;
    }

    boolean contains(long symptom) {
        return Arrays.binarySearch(items, 0, size, symptom) >= 0;
    }

    void copyFrom(SymptomSet other) {
        if (items.length < other.size) items = new long[other.size];
        System.arraycopy(other.items, 0, items, 0, other.size);
        size = other.size;
    }

    void xor(SymptomSet other) {
        xor(other.items, 0, other.size);
    }

    void xor(long symptom) {
        xor(new long[] {symptom}, 0, 1);
    }

    /// Adds sorted symptoms modulo 2.
    void xor(long[] other, int from, int to) {
        if (from == to) return;
        int room = size + to - from;
        if (spare.length < room) spare = new long[Math.max(4, room + (room >> 1))];
        size = merge(items, 0, size, other, from, to, spare, 0);
        long[] old = items;
        items = spare;
        spare = old;
    }

    /// Puts the sum modulo 2 of two sorted lists behind `at`, and returns its end.
    static int merge(
            long[] a, int aFrom, int aTo, long[] b, int bFrom, int bTo, long[] out, int at) {
        int i = aFrom;
        int j = bFrom;
        int k = at;
        while (i < aTo && j < bTo) {
            long x = a[i];
            long y = b[j];
            if (x < y) {
                out[k++] = x;
                i++;
            } else if (y < x) {
                out[k++] = y;
                j++;
            } else {
                i++;
                j++;
            }
        }
        while (i < aTo) out[k++] = a[i++];
        while (j < bTo) out[k++] = b[j++];
        return k;
    }

    void shift(long by) {
        for (int i = 0; i < size; i++) items[i] = Symptom.shifted(items[i], by);
    }

    /// Whether the other is this one with its detectors moved.
    boolean equalsShifted(long by, SymptomSet other) {
        if (size != other.size) return false;
        for (int i = 0; i < size; i++) {
            if (Symptom.shifted(items[i], by) != other.items[i]) return false;
        }
        return true;
    }
}
