package org.qmk.kernel.call;

/// Why a job reached its final state.
public enum EndCause {
    NONE("QMK-END-0", "the job has not ended"),
    ALL_SHOTS_DONE("QMK-END-1", "all shots are done"),
    CANCELLED_BY_OWNER("QMK-END-2", "its owner cancelled it"),
    DEVICE_FAULT("QMK-END-3", "the device lost the job's qubits more often than it may"),
    DEVICE_LIED("QMK-END-4", "the device's report does not fit what it was asked to do"),
    CAPABILITY_GONE("QMK-END-5", "its session no longer holds a capability that the job needs"),
    SESSION_CLOSED("QMK-END-6", "its session was closed"),
    DEVICE_REFUSED("QMK-END-7", "the device cannot run the job's program"),
    FIREWALL("QMK-END-8", "it would have entangled tenants that have no channel with each other");

    private final String code;
    private final String sentence;

    EndCause(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return sentence;
    }
}
