package org.qmk.kernel.call;

/// Why a job did nothing, or not all that it could, in an epoch.
public enum WaitCause {
    NOTHING("it did all that it could"),
    QUEUE("others have the blocks, or come before it"),
    PARTITION("the epoch belongs to another tenant"),
    PARKED("it is parked, or its tenant is suspended"),
    LASTING("its operations take more than one epoch"),
    OUTCOMES("it waits for outcomes to be decoded"),
    MOVING("its qubits move, or it makes room"),
    FIREWALL("it would entangle tenants that have no channel with each other"),
    BACKLOG("the decoders are behind: nothing is measured"),
    OPERATIONS("the operations of the epoch are used up"),
    LANES("the routing lanes of the epoch are used up"),
    MEASUREMENTS("the measurements of the epoch are used up"),
    MAGIC("there are too few magic states"),
    BELL("there are too few Bell pairs"),
    ROUTES("no route over the floor is free that the planner knows");

    private final String sentence;

    WaitCause(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /// For want of a resource.
    public static WaitCause of(Resource resource) {
        return switch (resource) {
            case OPERATIONS -> OPERATIONS;
            case LANES -> LANES;
            case MEASUREMENTS -> MEASUREMENTS;
            case MAGIC -> MAGIC;
        };
    }
}
