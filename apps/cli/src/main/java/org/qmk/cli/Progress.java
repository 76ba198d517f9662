package org.qmk.cli;

/// One line on a terminal that says how far a long run is. Elsewhere it says nothing.
final class Progress {

    private static final long QUIET_NANOS = 500_000_000L;
    private static final long REFRESH_NANOS = 100_000_000L;
    private static final int CELLS = 30;

    private final Terminal terminal;
    private final long total;
    private final boolean visible;
    private long nextNanos = System.nanoTime() + QUIET_NANOS;
    private boolean shown;

    Progress(Terminal terminal, long total) {
        this.terminal = terminal;
        this.total = total;
        visible = terminal.traits().errIsTerminal();
    }

    /// @param done shots done, at most the total
    void update(long done) {
        if (!visible || System.nanoTime() < nextNanos) return;
        nextNanos = System.nanoTime() + REFRESH_NANOS;
        shown = true;
        int filled = (int) (done * (double) CELLS / total);
        terminal.sayInPlace(
                "[%s%s] %d of %d shots"
                        .formatted("#".repeat(filled), ".".repeat(CELLS - filled), done, total));
    }

    /// Removes the line.
    void clear() {
        if (shown) terminal.sayInPlace("");
    }
}
