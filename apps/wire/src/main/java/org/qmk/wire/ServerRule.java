package org.qmk.wire;

/// Why a server refuses a call that is well formed, where it is not the kernel that refuses.
public enum ServerRule {
    BUG("QMK-SERVER-0", CallError.INTERNAL_ERROR, "a bug of the server; please report it: %s"),
    TENANTS_CALL(
            "QMK-SERVER-1",
            CallError.ACCESS_DENIED,
            "this call is a tenant's, and the caller is an administrator; create a tenant and use"
                    + " its key"),
    ADMINISTRATORS_CALL(
            "QMK-SERVER-2",
            CallError.ACCESS_DENIED,
            "this call is an administrator's; use an administrator's key"),
    QUEUE_FULL("QMK-SERVER-3", CallError.RESOURCE_EXHAUSTED, "%s requests wait already; try again"),
    STOPPED("QMK-SERVER-4", CallError.NOT_READY, "the server has stopped: %s"),
    JOB_ENDED("QMK-SERVER-5", CallError.ALREADY_COMPLETED, "the job has ended; ask for its status"),
    VERSION(
            "QMK-SERVER-6",
            CallError.INVALID_PARAMS,
            "the client speaks versions %s, and the server version %s"),
    FAMILY("QMK-SERVER-7", CallError.INVALID_PARAMS, "there is no family %s; there are %s"),
    FIRST_SESSION(
            "QMK-SERVER-8",
            CallError.WRONG_STATE,
            "session 1 serves the calls that name none and stays open; close another"),
    NO_PROGRAM(
            "QMK-SERVER-9",
            CallError.INVALID_PARAMS,
            "there is no program; give graph, graph_pb, source or file"),
    JOB_GOES_ON(
            "QMK-SERVER-10",
            CallError.TIMEOUT,
            "job %s has not ended after %s ms; it goes on, ask again"),
    JOB_STATE("QMK-SERVER-11", CallError.INVALID_PARAMS, "there is no state %s; there are %s"),
    QUBITS("QMK-SERVER-12", CallError.INVALID_PARAMS, "qubits is %s, expected 1 or more"),
    TOKEN_TENANTS(
            "QMK-SERVER-13",
            CallError.INVALID_PARAMS,
            "a token without tenants would serve whoever finds it; name 1 to %s tenants"),
    TOKEN_PART("QMK-SERVER-14", CallError.NOT_FOUND, "a token names %s, which is not there"),
    CHANNEL_SIDE(
            "QMK-SERVER-15",
            CallError.INVALID_PARAMS,
            "give peer to offer a channel, or channel_id to consent to one, and not both"),
    KEY_OWNER("QMK-SERVER-16", CallError.INVALID_PARAMS, "give a tenant, or admin, and not both"),
    KEY_UNKNOWN("QMK-SERVER-17", CallError.NOT_FOUND, "there is no such key"),
    WEIGHT("QMK-SERVER-18", CallError.INVALID_PARAMS, "weight is %s, expected 1 to %s"),
    TENANT_CAPABILITY("QMK-SERVER-19", CallError.INVALID_PARAMS, "a tenant cannot have %s"),
    EPOCH_NOT_COVERED(
            "QMK-SERVER-20",
            CallError.NOT_FOUND,
            "no signed head covers epoch %s yet; ask again when it has been for a second"),
    NO_STREAM(
            "QMK-SERVER-21",
            CallError.INVALID_REQUEST,
            "a batch, or a request over HTTP, has no stream; over HTTP ask for /jobs/N/events"),
    CONNECTIONS(
            "QMK-SERVER-22",
            CallError.RESOURCE_EXHAUSTED,
            "the server has as many connections as it takes; try again"),
    JOB_NUMBER(
            "QMK-SERVER-23", CallError.INVALID_PARAMS, "a job has a number, as in /jobs/12/events"),
    TENANT_STREAMS(
            "QMK-SERVER-24",
            CallError.QUOTA_EXCEEDED,
            "%s calls of the tenant wait or watch already; end some"),
    UNFINISHED_BYTES(
            "QMK-SERVER-25",
            CallError.RESOURCE_EXHAUSTED,
            "the server has as many bytes of unfinished requests as it takes; try again"),
    REQUEST_LENGTH(
            "QMK-SERVER-26",
            CallError.REQUEST_TOO_LARGE,
            "the request is longer than %s bytes; ask for less"),
    REQUEST_SLOW(
            "QMK-SERVER-27",
            CallError.TIMEOUT,
            "the request comes too slowly; send at least %s bytes a second"),
    DRAINING(
            "QMK-SERVER-28",
            CallError.DRAINING,
            "the server takes no new work; ask again when it is back"),
    AUDIT_LOG("QMK-SERVER-29", CallError.INTERNAL_ERROR, "the audit log cannot be read: %s"),
    RATE_OF_NOTHING(
            "QMK-SERVER-30",
            CallError.INVALID_PARAMS,
            "requests_per_second is 0, expected 1 or more; suspend a tenant to stop it"),
    DISK_FULL(
            "QMK-SERVER-31",
            CallError.STORAGE_FULL,
            "the disk has %s MB left, and %s are kept back; make room"),
    PROGRAM_LONG(
            "QMK-SERVER-32",
            CallError.RESOURCE_EXHAUSTED,
            "the simulated machine would work on the job for about %s, and jobs may take %s s; ask"
                    + " for fewer shots or a smaller program"),
    QIR_VALIDATION(
            "QMK-SERVER-33",
            CallError.INVALID_PARAMS,
            "compile.qir is %s; there are interop and strict"),
    LOOP_BOUND(
            "QMK-SERVER-34",
            CallError.INVALID_PARAMS,
            "compile.loop_bound is %s; it may be at most %s"),
    OPTIMIZE(
            "QMK-SERVER-35",
            CallError.INVALID_PARAMS,
            "compile.optimize is %s; it may be at most %s"),
    TOKEN_SPENT(
            "QMK-TOKEN-6",
            CallError.QUOTA_EXCEEDED,
            "all uses of the token are spent; ask its giver for another"),
    NO_KEY(
            "QMK-AUTH-1",
            CallError.AUTH_FAILED,
            "no API key was sent; send 'Authorization: Bearer qmk_...'"),
    NO_TENANT(
            "QMK-AUTH-2",
            CallError.AUTH_FAILED,
            "there is no tenant for that key, certificate or user; ask an administrator to create"
                    + " it"),
    RATE(
            "QMK-AUTH-3",
            CallError.RATE_LIMITED,
            "the tenant may call %s times a second; call less often"),
    NO_USER(
            "QMK-AUTH-4",
            CallError.AUTH_FAILED,
            "the user %s has no tenant; an administrator maps users to tenants in the"
                    + " configuration"),
    WRONG_KEY(
            "QMK-AUTH-5",
            CallError.AUTH_FAILED,
            "the API key is not good; ask an administrator for another");

    private final String code;
    private final CallError error;
    private final String sentence;

    ServerRule(String code, CallError error, String sentence) {
        this.code = code;
        this.error = error;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /// What a call is refused with.
    public CallError error() {
        return error;
    }

    /// The message; `%s` stands for what differs from case to case.
    public String sentence() {
        return sentence;
    }

    /// The refusal.
    ///
    /// @param facts one for each `%s` of the sentence
    public CallRefused refused(Object... facts) {
        return new CallRefused(error, code, sentence.formatted(facts));
    }
}
