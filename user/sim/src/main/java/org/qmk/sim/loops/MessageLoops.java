package org.qmk.sim.loops;

/// Rounds of min-sum messages of belief propagation for `LANES` shots side by side. An entry of the
/// matrix, a column or a row has so many places in its array, one for each shot.
public interface MessageLoops {

    /// Sixteen ints are a vector of 512 bits.
    int LANES = 16;

    /// One round, in whole numbers. For each row, the message of column c is beliefs[c] -
    /// messages[entry]; the answer to it has the least size of the row's other messages, at most
    /// `sizeMax`, times scale / 2^shift rounded down, and the sign of their product, negative once
    /// more where the row has fired. Answers replace `messages` and are added to `next`.
    ///
    /// @param rowStarts the first entry of each row, and the end
    /// @param columns the column of each entry
    /// @param fired -1 where a row has fired, else 0
    /// @param unexplained is made negative for shots in which the signs of the beliefs of a row do
    ///     not have the row's parity, else 0 or more
    void exchange(
            int[] rowStarts,
            int[] columns,
            int[] beliefs,
            int[] next,
            int[] messages,
            int[] fired,
            int[] unexplained,
            int sizeMax,
            int scale,
            int shift);

    /// Beliefs that are drawn to what they were: next = prior + strength (belief - prior) / 2^shift,
    /// rounded down, the difference being cut to `changeMax` on either side.
    ///
    /// @param priors one for each column
    /// @param strengths of columns, `LANES` for each
    /// @param changeMax times the largest strength fits an int
    void remember(
            int[] priors, int[] strengths, int[] beliefs, int[] next, int changeMax, int shift);
}
