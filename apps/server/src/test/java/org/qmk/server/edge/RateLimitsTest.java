package org.qmk.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.qmk.kernel.call.TenantId;

class RateLimitsTest {

    private static final TenantId ALICE = new TenantId(1);
    private static final TenantId BOB = new TenantId(2);
    private static final int RATE = 10;

    private long now;
    private final RateLimits limits = new RateLimits(() -> now);

    private int taken(TenantId tenant) {
        int count = 0;
        while (limits.take(tenant, RATE)) count++;
        return count;
    }

    @Test
    void a_second_holds_a_seconds_worth_for_each_tenant() {
        assertEquals(RATE, taken(ALICE));
        assertEquals(RATE, taken(BOB));
        now += Duration.ofMillis(500).toNanos();
        assertEquals(RATE / 2, taken(ALICE));
        now += Duration.ofDays(365).toNanos();
        assertEquals(RATE, taken(ALICE));
    }

    @Test
    void a_look_at_the_clock_that_is_older_takes_nothing_away_and_gives_nothing() {
        now = Duration.ofSeconds(100).toNanos();
        assertTrue(limits.take(ALICE, RATE));
        now -= Duration.ofSeconds(50).toNanos();
        assertEquals(RATE - 1, taken(ALICE));
        now += Duration.ofSeconds(50).toNanos();
        assertFalse(limits.take(ALICE, RATE));
        now += Duration.ofSeconds(1).toNanos();
        assertEquals(RATE, taken(ALICE));
    }
}
