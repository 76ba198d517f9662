package org.qmk.sim.loops;

/// Loops over rows of bits, 64 to a word. Ranges of one array that are given to one call are equal
/// or do not overlap.
public interface BitLoops {

    /// The words of a row that `addCombinations` adds.
    int COMBINATION_WORDS = 8;

    /// The index words from which `addCombinations` takes 4 bits at a time.
    int INDEX_WORDS = 4;

    /// The words of a table of `addCombinations`: for each 4 index bits, 16 rows.
    int TABLE_WORDS = 16 * INDEX_WORDS * 16 * COMBINATION_WORDS;

    /// Adds `count` words, modulo 2 in each bit: `to ^= from`.
    void xor(long[] to, int toStart, long[] from, int fromStart, int count);

    /// The parity, 0 or 1, of the bits that are 1 in both of two ranges of `count` words.
    int parity(long[] a, int aStart, long[] b, int bStart, int count);

    /// Multiplies a Pauli product by another from the right. A product X^x Z^z is the `words` words
    /// of x and then those of z.
    ///
    /// @return 1 if the order of Z^z and X^x' costs a minus sign, else 0
    int multiply(long[] to, int toStart, long[] by, int byStart, int words);

    /// Whether two Pauli products, as in `multiply`, anticommute: 1 if so, else 0.
    int anticommute(long[] a, int aStart, long[] b, int bStart, int words);

    /// Adds to each of `rows` rows of 8 words the sum of 64 rows of a table: for each 4 bits of the
    /// row's 4 index words, from the lowest on, the table has 16 rows, of which these bits choose.
    ///
    /// @param toStride words from one row to the next
    /// @param indexStride words from the index of one row to that of the next
    void addCombinations(
            long[] to,
            int toStart,
            int toStride,
            long[] index,
            int indexStart,
            int indexStride,
            int rows,
            long[] table);
}
