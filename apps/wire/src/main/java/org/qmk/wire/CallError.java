package org.qmk.wire;

import io.grpc.Status;
import java.util.Optional;

/// Every way in which a call can be refused: one code for one cause, the same over gRPC, HTTP and
/// JSON-RPC. A code never changes its meaning.
public enum CallError {
    PARSE_ERROR(-32700, Status.Code.INVALID_ARGUMENT, 400, Again.NO, "The bytes are not JSON."),
    INVALID_REQUEST(
            -32600,
            Status.Code.INVALID_ARGUMENT,
            400,
            Again.NO,
            "The JSON is not a JSON-RPC 2.0 request."),
    METHOD_NOT_FOUND(-32601, Status.Code.UNIMPLEMENTED, 404, Again.NO, "There is no such call."),
    INVALID_PARAMS(
            -32602,
            Status.Code.INVALID_ARGUMENT,
            400,
            Again.NO,
            "A field is unknown, of the wrong type, or out of its range."),
    INTERNAL_ERROR(-32603, Status.Code.INTERNAL, 500, Again.NO, "A bug of the server."),

    INSUFFICIENT_CAPS(
            -32001,
            Status.Code.PERMISSION_DENIED,
            403,
            Again.NO,
            "The session holds no capability that allows it."),
    SESSION_NOT_FOUND(
            -32002, Status.Code.NOT_FOUND, 404, Again.NO, "The tenant has no such session."),

    AUTH_FAILED(
            -32100,
            Status.Code.UNAUTHENTICATED,
            401,
            Again.NO,
            "No key or certificate was shown, or not a good one."),
    TENANT_SUSPENDED(
            -32101, Status.Code.PERMISSION_DENIED, 403, Again.NO, "The tenant is suspended."),
    RATE_LIMITED(
            -32102,
            Status.Code.RESOURCE_EXHAUSTED,
            429,
            Again.LATER,
            "The tenant calls more often than it may."),

    INVALID_GRAPH(
            -32200,
            Status.Code.INVALID_ARGUMENT,
            422,
            Again.NO,
            "The program is none, or breaks rules; the details list every violation."),
    QUOTA_EXCEEDED(
            -32201,
            Status.Code.RESOURCE_EXHAUSTED,
            429,
            Again.LATER,
            "The tenant has as much as it may have."),
    RESOURCE_EXHAUSTED(
            -32202,
            Status.Code.RESOURCE_EXHAUSTED,
            503,
            Again.LATER,
            "The machine or the server has no more of it."),
    NOT_READY(-32203, Status.Code.UNAVAILABLE, 503, Again.LATER, "The server is still starting."),
    DRAINING(
            -32204,
            Status.Code.UNAVAILABLE,
            503,
            Again.LATER,
            "The server ends its jobs and takes no new ones."),
    STORAGE_FULL(
            -32205,
            Status.Code.RESOURCE_EXHAUSTED,
            507,
            Again.LATER,
            "The server has no room to make new work durable."),
    REQUEST_TOO_LARGE(
            -32206,
            Status.Code.RESOURCE_EXHAUSTED,
            413,
            Again.NO,
            "The request is longer or more deeply nested than the server reads."),

    JOB_NOT_FOUND(-32300, Status.Code.NOT_FOUND, 404, Again.NO, "The tenant has no such job."),
    ACCESS_DENIED(
            -32301,
            Status.Code.PERMISSION_DENIED,
            403,
            Again.NO,
            "The caller's key does not allow the call."),
    TIMEOUT(
            -32302,
            Status.Code.DEADLINE_EXCEEDED,
            504,
            Again.LATER,
            "It did not happen in the time that the call would wait."),
    ALREADY_COMPLETED(-32303, Status.Code.FAILED_PRECONDITION, 409, Again.NO, "The job has ended."),
    CONFLICT(
            -32304,
            Status.Code.ALREADY_EXISTS,
            409,
            Again.NO,
            "The name or the idempotency key stands for something else."),
    CHANNEL_NOT_FOUND(
            -32305, Status.Code.NOT_FOUND, 404, Again.NO, "The tenant has no such channel."),
    WRONG_STATE(
            -32306,
            Status.Code.FAILED_PRECONDITION,
            409,
            Again.LATER,
            "A job or channel is in a state that does not allow it now."),
    NOT_FOUND(
            -32307,
            Status.Code.NOT_FOUND,
            404,
            Again.NO,
            "The caller can see no such tenant, key or epoch.");

    /// Whether the same call can succeed another time.
    public enum Again {
        /// Not before the caller changes something.
        NO,
        /// Yes, with nothing changed but the time.
        LATER
    }

    private final int rpcCode;
    private final Status.Code grpc;
    private final int httpStatus;
    private final Again again;
    private final String meaning;

    CallError(int rpcCode, Status.Code grpc, int httpStatus, Again again, String meaning) {
        this.rpcCode = rpcCode;
        this.grpc = grpc;
        this.httpStatus = httpStatus;
        this.again = again;
        this.meaning = meaning;
    }

    /// The error that a JSON-RPC code stands for.
    public static Optional<CallError> ofRpcCode(long rpcCode) {
        for (CallError error : values()) if (error.rpcCode == rpcCode) return Optional.of(error);
        return Optional.empty();
    }

    /// The code in JSON-RPC.
    public int rpcCode() {
        return rpcCode;
    }

    /// The status in gRPC.
    public Status.Code grpc() {
        return grpc;
    }

    /// The status in HTTP.
    public int httpStatus() {
        return httpStatus;
    }

    public Again again() {
        return again;
    }

    /// What it means, one sentence.
    public String meaning() {
        return meaning;
    }
}
