package org.qmk.server.engine;

/// When a submission passed its stations, as `System.nanoTime` says.
///
/// @param begun the call came
/// @param loaded the program was read and verified, and the kernel was asked
/// @param taken the kernel took it
public record SubmitTimes(long begun, long loaded, long taken) {

    /// Of a program that was there already.
    public static SubmitTimes now() {
        long now = System.nanoTime();
        return new SubmitTimes(now, now, now);
    }

    /// Loaded now.
    public static SubmitTimes loadedSince(long begun) {
        long now = System.nanoTime();
        return new SubmitTimes(begun, now, now);
    }

    SubmitTimes takenNow() {
        return new SubmitTimes(begun, loaded, System.nanoTime());
    }
}
