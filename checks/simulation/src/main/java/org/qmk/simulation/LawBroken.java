package org.qmk.simulation;

/// The kernel did what it must never do.
final class LawBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final Law law;

    LawBroken(Law law, String what) {
        super(what);
        this.law = law;
    }

    LawBroken(Law law, String what, Throwable cause) {
        super(what, cause);
        this.law = law;
    }

    static void unless(boolean holds, Law law, String what) {
        if (!holds) throw new LawBroken(law, what);
    }
}
