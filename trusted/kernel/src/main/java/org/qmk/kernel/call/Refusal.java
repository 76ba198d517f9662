package org.qmk.kernel.call;

/// Every way in which the kernel says no. Codes never change their meaning; words may.
public enum Refusal {
    TENANT_NAME_TAKEN("QMK-TENANT-1", "a tenant of that name exists; choose another name"),
    TENANT_UNKNOWN("QMK-TENANT-2", "there is no such tenant; add it first"),
    TENANT_NAME_FORM(
            "QMK-TENANT-3", "a tenant's name has 1 to 256 bytes of UTF-8; choose such a name"),
    TENANT_SUSPENDED("QMK-TENANT-4", "the tenant is suspended; ask an operator"),
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
    JOB_TOO_HUNGRY(
            "QMK-JOB-4",
            "one operation of one shot takes more {fact} than the machine ever has at once"),
    JOB_DEADLINE("QMK-JOB-5", "the deadline cannot be kept; {fact}"),
    JOB_NOT_RUNNING("QMK-JOB-6", "the job is {fact}; try again when that has changed"),
    MODULE_UNKNOWN("QMK-JOB-7", "the machine has modules 0 to {fact}"),
    QUOTA_BLOCKS(
            "QMK-QUOTA-1", "one shot needs {fact} blocks, which is more than the tenant may hold"),
    QUOTA_JOBS("QMK-QUOTA-2", "the tenant already has {fact} jobs in flight; wait for one to end"),
    TABLE_FULL("QMK-LIMIT-1", "the kernel's table of {fact} is full; try again later"),
    OVERLOADED("QMK-LIMIT-2", "the machine takes no new jobs ({fact}); try again later"),
    PLACEMENT_UNWANTED(
            "QMK-PLACE-1", "that is not a wave to begin or move next; wanted are {fact} blocks"),
    PLACEMENT_OUTSIDE("QMK-PLACE-2", "block {fact} is not a block that the wave may have"),
    PLACEMENT_TAKEN("QMK-PLACE-3", "block {fact} is not free, or named twice"),
    PLACEMENT_SPREAD("QMK-PLACE-4", "block {fact} is in another module than the rest"),
    PLACEMENT_APART("QMK-PLACE-5", "no link leads to the module of block {fact}"),
    LINK_UNKNOWN("QMK-LINK-1", "the machine has no link {fact}"),
    LINK_PLAN("QMK-LINK-2", "that plan delivers less than the machine's links promise: {fact}"),
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
    CHANNEL_QUBIT("QMK-CHAN-6", "qubit {fact} of the job is not live, or has no partner alike"),
    FIREWALL(
            "QMK-CHAN-7",
            "that would entangle tenants that have no channel with each other; measure first"),
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
