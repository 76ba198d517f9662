package org.qmk.sim.loops;

/// How an amplitude's real and imaginary part are kept.
public enum Precision {
    /// 53 bits of significand.
    DOUBLE(8),
    /// 24 bits of significand.
    SINGLE(4);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /// What one part takes.
    public int bytes() {
        return bytes;
    }
}
