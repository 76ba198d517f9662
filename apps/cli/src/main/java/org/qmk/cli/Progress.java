package org.qmk.cli;

import java.util.function.LongSupplier;

/// One line on a terminal that says how far a long run is. Elsewhere it says nothing.
final class Progress {

    private static final long QUIET_NANOS = 500_000_000L;
    private static final long REFRESH_NANOS = 100_000_000L;
    private static final int CELLS = 30;

    private final Terminal terminal;
    private final long total;
    private final String unit;
    private final boolean visible;
    private final LongSupplier nanos;
    private long nextNanos;
    private boolean shown;

    /// @param total how many there are to do
    /// @param unit what they are, in the plural
    /// @param nanos a clock
    Progress(Terminal terminal, long total, String unit, LongSupplier nanos) {
        this.terminal = terminal;
        this.total = total;
        this.unit = unit;
        this.nanos = nanos;
        nextNanos = nanos.getAsLong() + QUIET_NANOS;
        visible = terminal.traits().errIsTerminal();
    }

    /// @param done how many are done, at most the total
    void update(long done) {
        long now = nanos.getAsLong();
        if (!visible || now - nextNanos < 0) return;
        nextNanos = now + REFRESH_NANOS;
        shown = true;
        int filled = (int) (done * (double) CELLS / total);
        terminal.sayInPlace(
                "[%s%s] %d of %d %s"
                        .formatted(
                                "#".repeat(filled), ".".repeat(CELLS - filled), done, total, unit));
    }

    /// Removes the line.
    void clear() {
        if (shown) terminal.sayInPlace("");
    }
}
