package org.qmk.codec;

import java.util.Arrays;

/// A growing array of ints that is emptied and used again.
final class IntColumn {

    private int[] values = new int[8];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int value) {
        if (size == values.length) values = Arrays.copyOf(values, size + (size >> 1));
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }
}
