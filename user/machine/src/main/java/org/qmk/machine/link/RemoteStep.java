package org.qmk.machine.link;

/// A step of a plan: the Bell pairs and epochs that it takes.
///
/// Sources: Bennett et al. 1993 (teleportation); Eisert et al., arXiv:quant-ph/0005101, and
/// Yimsiriwattana and Lomonaco, arXiv:quant-ph/0402148 (cat-entangler and -disentangler).
public enum RemoteStep {

    /// Moves the qubit over: a Bell measurement with one half of a pair.
    TELEPORT(1, 1),

    /// Copies it in the Z basis to one half of a pair: a joint measurement with the other half.
    CAT_Z(1, 1),

    /// The same in the X basis, for gates of which it is the target.
    CAT_X(1, 1),

    /// Measures the copy out.
    UNCAT(0, 1),

    /// A gate with a qubit of the other module, which is beside it now.
    REMOTE_GATE(0, 1),

    /// A gate on the qubit alone.
    LOCAL_GATE(0, 1);

    private final int pairs;
    private final int epochs;

    RemoteStep(int pairs, int epochs) {
        this.pairs = pairs;
        this.epochs = epochs;
    }

    public int pairs() {
        return pairs;
    }

    public int epochs() {
        return epochs;
    }
}
