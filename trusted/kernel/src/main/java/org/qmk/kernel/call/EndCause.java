package org.qmk.kernel.call;

/// Why a job reached its final state.
public enum EndCause {
    NONE("QMK-END-0", "the job has not ended"),
    ALL_SHOTS_DONE("QMK-END-1", "all shots are done"),
    CANCELLED_BY_OWNER("QMK-END-2", "its owner cancelled it"),
    DEVICE_FAULT("QMK-END-3", "the device lost the job's qubits"),
    DEVICE_LIED("QMK-END-4", "the device's report does not fit what it was asked to do"),
    CAPABILITY_GONE("QMK-END-5", "its session no longer holds a capability that the job needs");

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
