package org.qmk.optimizer.tcount;

/// How T counts are reduced.
///
/// @param ancillas whether qubits may be added, one for each H between T gates, and measured;
///     none are where there would be more than 512
/// @param seed     of the search; another may find fewer T gates
/// @param effort   words of memory that the search may combine, about a billion a second on one
///     core: what it would find in more time is not looked for
public record TCountSettings(boolean ancillas, long seed, long effort) {

    /// No ancillas, and seconds at the most for programs of a few hundred T gates.
    public static final TCountSettings DEFAULT = new TCountSettings(false, 1, 2_000_000_000L);

    public TCountSettings {
        if (effort < 0) {
            throw new IllegalArgumentException("effort is " + effort + ", expected 0 or more");
        }
    }

    public TCountSettings withAncillas() {
        return new TCountSettings(true, seed, effort);
    }

    public TCountSettings withEffort(long words) {
        return new TCountSettings(ancillas, seed, words);
    }

    public TCountSettings withSeed(long other) {
        return new TCountSettings(ancillas, other, effort);
    }
}
