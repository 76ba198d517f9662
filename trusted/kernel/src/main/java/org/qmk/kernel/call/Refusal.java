package org.qmk.kernel.call;

/// Every way in which the kernel says no. Codes never change their meaning; words may.
public enum Refusal {
    TENANT_NAME_TAKEN("QMK-TENANT-1", "a tenant of that name exists; choose another name"),
    TENANT_UNKNOWN("QMK-TENANT-2", "there is no such tenant; add it first"),
    TENANT_NAME_FORM(
            "QMK-TENANT-3", "a tenant's name has 1 to 256 bytes of UTF-8; choose such a name"),
    SESSION_UNKNOWN("QMK-SESSION-1", "there is no such session; open one first"),
    CAPABILITY_MISSING(
            "QMK-CAP-1", "the session does not hold {fact}; ask an operator to grant it"),
    CAPABILITY_UNKNOWN("QMK-CAP-2", "the handle names no capability of this session"),
    CAPABILITY_EXPIRED("QMK-CAP-3", "{fact} is past its last epoch; ask for another"),
    CAPABILITY_EXHAUSTED("QMK-CAP-4", "{fact} has no uses left; ask for another"),
    CAPABILITY_WIDER(
            "QMK-CAP-5",
            "the new {fact} would be wider than its parent; ask for no more than that"),
    CAPABILITY_NOT_DELEGABLE(
            "QMK-CAP-6", "nothing may be derived from this {fact}; ask its giver for another"),
    DELEGATE_MISSING(
            "QMK-CAP-7", "the session holds no good CAP_DELEGATE; ask an operator to grant it"),
    CAPABILITY_TOO_SMALL(
            "QMK-CAP-8", "no {fact} of the session allows that much in one use; ask for less"),
    JOB_SHOTS("QMK-JOB-1", "a job has at least 1 shot, at most {fact}"),
    JOB_UNKNOWN("QMK-JOB-2", "the session has no such job in flight"),
    JOB_TOO_WIDE("QMK-JOB-3", "one shot needs {fact} blocks, which is more than the machine has"),
    QUOTA_BLOCKS(
            "QMK-QUOTA-1", "one shot needs {fact} blocks, which is more than the tenant may hold"),
    QUOTA_JOBS("QMK-QUOTA-2", "the tenant already has {fact} jobs in flight; wait for one to end"),
    TABLE_FULL("QMK-LIMIT-1", "the kernel's table of {fact} is full; try again later"),
    PLACEMENT_UNWANTED(
            "QMK-PLACE-1", "that is not the wave to begin next; wanted are {fact} blocks"),
    PLACEMENT_OUTSIDE("QMK-PLACE-2", "block {fact} is not a block of the machine"),
    PLACEMENT_TAKEN("QMK-PLACE-3", "block {fact} is not free, or named twice"),
    REPORT_EPOCH("QMK-DEVICE-1", "the report is not of the open epoch; {fact}"),
    EPOCH_OPEN("QMK-DEVICE-2", "epoch {fact} is open; report on it first");

    private final String code;
    private final String sentence;

    Refusal(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /// @param fact what stands for `{fact}` in the sentence; empty if nothing does
    public String message(String fact) {
        return sentence.replace("{fact}", fact);
    }
}
