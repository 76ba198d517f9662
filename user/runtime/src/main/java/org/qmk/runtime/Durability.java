package org.qmk.runtime;

/// When a journal is forced to the disk.
public enum Durability {
    /// With the digest of every epoch: what `Journal.digest` returned from survives a crash. One
    /// force serves all inputs of the epoch.
    EVERY_EPOCH,

    /// When the run ends, or when `Journal.sync` is called. For a run whose results nobody sees
    /// before its end.
    AT_END
}
