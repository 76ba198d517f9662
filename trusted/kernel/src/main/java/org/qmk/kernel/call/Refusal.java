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
    CHANNEL_UNKNOWN("QMK-CHAN-1", "the session has no such channel; offer one, or accept an offer"),
    CHANNEL_WAITS("QMK-CHAN-2", "the other tenant has not accepted yet; try again later"),
    CHANNEL_EXHAUSTED(
            "QMK-CHAN-3",
            "the channel has {fact} pairs left, fewer than asked for; offer a new one"),
    CHANNEL_TERMS(
            "QMK-CHAN-4",
            "a channel has a purpose of 1 to 256 bytes, 1 to 2^40 pairs, and a fidelity above 0.5,"
                    + " at most 1; the {fact} is not so"),
    CHANNEL_SELF("QMK-CHAN-5", "a channel joins two tenants; name another one than your own"),
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
