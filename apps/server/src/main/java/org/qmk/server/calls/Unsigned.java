package org.qmk.server.calls;

/// Unsigned numbers of the wire as the kernel counts, which has half as many: what is larger is
/// more than the kernel ever allows, and so is the largest that it has.
final class Unsigned {

    private Unsigned() {}

    static long whole(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }

    static int whole(int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }
}
