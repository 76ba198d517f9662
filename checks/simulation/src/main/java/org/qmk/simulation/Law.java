package org.qmk.simulation;

/// What must hold after every step, whatever happens.
public enum Law {
    KERNEL_STANDS("the kernel's own invariants hold, and it answers every input"),
    BLOCKS_OWNED_ONCE("no block is held by two waves"),
    BLOCKS_KEPT("free and held blocks together are all blocks"),
    PARTS_APART("in strict mode a wave lies within its tenant's part, and runs in its epochs"),
    PLACED_AS_WANTED("a wave is placed only where and as it may be"),
    QUOTAS_HELD("no tenant is given more than its quotas"),
    CAPABILITIES_MONOTONE("nothing derived is wider than its parent, and uses never grow"),
    HANDLES_FRESH("a handle is given once"),
    RIGHTS_HELD("no job runs, and nothing is done, without a live capability"),
    REFUSED_RIGHTLY("an input is refused when, and only when, it must be"),
    FIREWALL_HELD("no two tenants are entangled unless a channel of both joined them"),
    CHANNELS_KEPT("a channel joins its two sides, after both agreed, within its budget"),
    PLAN_TRUE("a plan says what was decided, once"),
    ORDER_KEPT("a node is issued once a wave, in an epoch after all that it depends on"),
    FEED_FORWARD("a node that depends on an outcome is issued after the outcome was told"),
    UNDONE_RIGHTLY("only reversible nodes are taken back, the last issued first"),
    RESOURCES_HELD("no epoch gives more than the machine has"),
    LASTS_AS_LONG("what takes several epochs is over before what follows it"),
    ROUTES_JOIN("what needs a route has one that joins it, and no side is used twice"),
    SERVED_IN_TIME("a job that can go on is served within the stated bound"),
    SHARED_BY_WEIGHT("tenants that want more than there is get it by their weights"),
    SERVED_IN_ORDER("under FIFO a job that came later is not placed before one that could be"),
    DEADLINES_KEPT("a job that was accepted with a deadline ends in time on a sound machine"),
    ENDS_ONCE("a job ends once, for a cause that is there, and is not mentioned again"),
    ENDS_SURELY("what must end a job ends it, and every job ends"),
    SHOTS_COUNTED("every shot of a completed job ran once to its end"),
    AUDIT_TRUE(
            "each epoch is closed with a record of its own, with parts for those concerned only"),
    DIGEST_COVERS("two runs that differ have different digests, two that do not have the same"),
    RECOVERY_WHOLE("a recovery loses no acknowledged epoch and finds the same digests");

    private final String sentence;

    Law(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
