package org.qmk.machine;

/// The ways in which a report can be untrue so that whoever checks it can tell.
public enum Lie {
    /// An outcome names another event than its own.
    WRONG_EVENT,
    /// A plane is one word longer than the shots of its wave ask for.
    WRONG_WORDS,
    /// A bit past the last shot is 1.
    STRAY_BIT,
    /// An outcome of an event that no node has made.
    TOO_EARLY,
    /// An outcome names another job than its own.
    WRONG_JOB,
    /// An outcome of a job that does not run.
    NO_SUCH_JOB,
    /// More states or pairs than the machine can make, or of more sources than it has.
    TOO_MUCH_SUPPLY,
    /// A signal about a part that the machine does not have.
    NO_SUCH_SUBJECT
}
