package org.qmk.runtime.client;

import java.io.IOException;

/// A call did not get an answer.
public final class TransportFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /// What is known of the call.
    public enum Kind {
        /// There is no server there; nothing was sent.
        UNREACHABLE,
        /// The connection ended; the server may have carried out the call.
        LOST,
        /// No answer came in time; the server may have carried out the call.
        LATE,
        /// What came is no answer of a QMK server.
        GARBLED,
        /// The calling thread was interrupted, and still is.
        INTERRUPTED
    }

    private final Kind kind;

    TransportFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    TransportFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// Whether another connection may do better.
    boolean retryable() {
        return switch (kind) {
            case UNREACHABLE, LOST, LATE -> true;
            case GARBLED, INTERRUPTED -> false;
        };
    }

    static TransportFailure tooLong(int bytesMax) {
        return new TransportFailure(
                Kind.GARBLED, "the answer is longer than %d bytes".formatted(bytesMax));
    }
}
