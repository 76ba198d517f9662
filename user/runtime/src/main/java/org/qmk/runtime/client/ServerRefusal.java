package org.qmk.runtime.client;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The server understood the call, or part of it, and says no. Programs match `error` and `code`;
/// the message is for people.
public final class ServerRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    /// The error of a wait that came to no end.
    static final String TIMEOUT = "TIMEOUT";

    /// One thing that is wrong.
    ///
    /// @param where a place in the call or the program; may be empty
    /// @param facts what the message is made of
    public record Detail(
            String code, String where, String message, SortedMap<String, String> facts) {
        public Detail {
            facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        }
    }

    private final int rpcCode;
    private final String error;
    private final String code;
    private final boolean retryable;
    private final transient List<Detail> details;

    ServerRefusal(
            int rpcCode,
            String error,
            String code,
            String message,
            boolean retryable,
            List<Detail> details) {
        super(message);
        this.rpcCode = rpcCode;
        this.error = error;
        this.code = code;
        this.retryable = retryable;
        this.details = List.copyOf(details);
    }

    /// The code of JSON-RPC.
    public int rpcCode() {
        return rpcCode;
    }

    /// The name of the error, `INVALID_GRAPH` for one; see docs/reference/qsyscall.md.
    public String error() {
        return error;
    }

    /// What was broken, `QVM-LINEAR-2` for one; empty if the server does not say.
    public String code() {
        return code;
    }

    /// Whether the same call can succeed later.
    public boolean retryable() {
        return retryable;
    }

    /// All that is wrong, where the server says more than its message.
    public List<Detail> details() {
        return details;
    }

    boolean isTimeout() {
        return error.equals(TIMEOUT);
    }
}
