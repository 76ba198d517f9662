package org.qmk.sim.loops;

/// Rounds of min-sum messages of belief propagation for `LANES` shots side by side. An entry of the
/// matrix, a column or a row has so many places in its array, one for each shot.
public interface MessageLoops {

    /// Sixteen ints are a vector of 512 bits.
    int LANES = 16;

    /// One round, in whole numbers. For each row, the message of column c is beliefs[c] less the
    /// last answer to it; the answer has the least size of the row's other messages, at most
    /// `sizeMax`, times scale / 2^shift rounded down, and the sign of their product, negative once
    /// more where the row has fired. Answers are added to `next`.
    ///
    /// Answers of a row have one of two sizes. Kept of them are both, and for each entry which of
    /// them and which sign it is: that takes a tenth of the room, and memory is what limits.
    ///
    /// @param rowStarts the first entry of each row, and the end
    /// @param columns the column of each entry
    /// @param sizes of a row's last answers, `LANES` for the small one and as many for the large
    ///     one; changed, and so are `marks`
    /// @param marks of an entry: bit i if lane i is negative, bit `LANES` + i if its size is large
    /// @param scratch room for the messages of the longest row
    /// @param fired -1 where a row has fired, else 0
    /// @param unexplained is made negative for shots in which the signs of the beliefs of a row do
    ///     not have the row's parity, else 0 or more
    void exchange(
            int[] rowStarts,
            int[] columns,
            int[] beliefs,
            int[] next,
            int[] sizes,
            int[] marks,
            int[] scratch,
            int[] fired,
            int[] unexplained,
            int sizeMax,
            int scale,
            int shift);

    /// Beliefs that are drawn to what they were: next is prior + strength (belief - prior) /
    /// 2^shift rounded down, the difference being cut to `changeMax` on either side.
    ///
    /// @param priors one for each column
    /// @param strengths of columns, `LANES` for each
    /// @param changeMax times the largest strength fits an int
    void remember(
            int[] priors, int[] strengths, int[] beliefs, int[] next, int changeMax, int shift);
}
