package org.qmk.wire;

import java.util.Collection;
import java.util.Optional;

/// Which of some names was probably meant.
final class NearestName {

    /// Longer words are not compared: nobody mistypes one, and the comparison is quadratic.
    private static final int LENGTH_MAX = 64;

    private NearestName() {}

    /// The name that fewest edits make of the word, if those are at most a third of it and one.
    static Optional<String> of(String word, Collection<String> names) {
        if (word.length() > LENGTH_MAX) return Optional.empty();
        int least = word.length() / 3 + 2;
        Optional<String> nearest = Optional.empty();
        for (String name : names) {
            int edits = edits(word, name);
            if (edits < least) {
                least = edits;
                nearest = Optional.of(name);
            }
        }
        return nearest;
    }

    /// Letters to add, drop or replace to make one of the other.
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
