package org.qmk.wire;

/// What one object of JSON-RPC asks.
public sealed interface JsonRpcEntry {

    /// Wants an answer.
    ///
    /// @param id a string, a number or null, exactly as it was sent
    /// @param params an object
    record Asked(JsonSlice id, String method, JsonSlice params) implements JsonRpcEntry {}

    /// A notification: it is carried out, and gets no answer, not even of an error.
    ///
    /// @param params an object
    record Told(String method, JsonSlice params) implements JsonRpcEntry {}

    /// Not a request; answered with an error.
    ///
    /// @param id that of the request if it could be made out, or null
    record Unclear(JsonSlice id, CallRefused refusal) implements JsonRpcEntry {}
}
