package org.qmk.wire;

import java.util.List;

/// A call is refused, and this is why. Not for bugs: those become `CallError.INTERNAL_ERROR` at
/// the server's edge.
public final class CallRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final CallError error;
    private final String code;
    private final transient List<CallDetail> details;
    private final CallError.Again again;

    /// A refusal of one thing, which the message tells whole.
    public CallRefused(CallError error, String code, String message) {
        this(error, code, message, List.of());
    }

    /// A refusal that can be tried again as its error says.
    ///
    /// @param code QMK-CAP-1 for one; what clients match
    /// @param message what, where, what was expected, how to mend it
    /// @param details every single thing that is wrong, if that is known
    public CallRefused(CallError error, String code, String message, List<CallDetail> details) {
        this(error, code, message, details, error.again());
    }

    public CallRefused(
            CallError error,
            String code,
            String message,
            List<CallDetail> details,
            CallError.Again again) {
        super(message, null, false, false);
        this.error = error;
        this.code = code;
        this.details = List.copyOf(details);
        this.again = again;
    }

    public CallError error() {
        return error;
    }

    /// QMK-CAP-1 for one.
    public String code() {
        return code;
    }

    public List<CallDetail> details() {
        return details;
    }

    /// Whether the same call can succeed another time.
    public CallError.Again again() {
        return again;
    }
}
