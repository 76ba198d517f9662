package org.qmk.sim;

import java.util.Arrays;

/// Finds for each entry the one whose key differs by given bits. An open-addressing table of entry
/// numbers over the keys, made anew for each search: between two searches keys change in place.
final class PartnerIndex {

    static final int NONE = -1;

    private int[] table = {};
    private int[] partners = {};

    /// The partner of each entry, or `NONE`; an empty array if no entry has one. Good until the
    /// next call.
    ///
    /// @param x the bits to differ by, not all 0
    int[] find(SparseEntries entries, long[] x) {
        int pivot = pivot(entries, x);
        if (pivot == NONE) return new int[0];
        int size = entries.size();
        int zeros = 0;
        for (int i = 0; i < size; i++) if (!entries.bit(i, pivot)) zeros++;
        int shift = 64 - Math.max(2, 33 - Integer.numberOfLeadingZeros(zeros));
        int places = 1 << 64 - shift;
        if (table.length < places) table = new int[places];
        Arrays.fill(table, 0, places, NONE);
        if (partners.length < size) partners = new int[Math.max(size, entries.re().length)];
        Arrays.fill(partners, 0, size, NONE);
        long[] same = new long[entries.words()];
        for (int i = 0; i < size; i++) {
            if (entries.bit(i, pivot)) continue;
            int place = place(entries, i, same, shift);
            while (table[place] != NONE) place = place + 1 & places - 1;
            table[place] = i;
        }
        for (int i = 0; i < size; i++) {
            if (!entries.bit(i, pivot)) continue;
            int place = place(entries, i, x, shift);
            while (table[place] != NONE && differs(entries, table[place], i, x)) {
                place = place + 1 & places - 1;
            }
            int partner = table[place];
            if (partner == NONE) continue;
            partners[i] = partner;
            partners[partner] = i;
        }
        return partners;
    }

    /// One of the bits; none if some bit is the same in all keys, so that no two differ by all.
    private static int pivot(SparseEntries entries, long[] x) {
        int pivot = NONE;
        for (int word = 0; word < x.length; word++) {
            if (x[word] == 0) continue;
            long[] keys = entries.keys(word);
            long ones = keys[0];
            long any = keys[0];
            for (int i = 1; i < entries.size(); i++) {
                ones &= keys[i];
                any |= keys[i];
            }
            if ((x[word] & ~(any & ~ones)) != 0) return NONE;
            pivot = 64 * word + Long.numberOfTrailingZeros(x[word]);
        }
        return pivot;
    }

    private static int place(SparseEntries entries, int entry, long[] flips, int shift) {
        long hash = 0;
        for (int word = 0; word < flips.length; word++) {
            hash = ShotStream.mix(hash ^ entries.keys(word)[entry] ^ flips[word]);
        }
        return (int) (hash >>> shift);
    }

    private static boolean differs(SparseEntries entries, int a, int b, long[] flips) {
        for (int word = 0; word < flips.length; word++) {
            long[] keys = entries.keys(word);
            if (keys[a] != (keys[b] ^ flips[word])) return true;
        }
        return false;
    }
}
