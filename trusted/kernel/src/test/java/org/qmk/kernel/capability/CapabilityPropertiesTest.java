package org.qmk.kernel.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Held;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.qvm.Capability;

/// The table against the naive one, by random operations.
class CapabilityPropertiesTest {

    private static final int OPERATIONS = 20_000;
    private static final int TENANTS = 4;
    private static final int CAPABILITIES = 40;
    private static final Terms TERMS = new Terms(1, new Quotas(1, 1), false);
    private static final List<Capability> KINDS =
            List.of(Capability.ALLOC, Capability.MAGIC, Capability.DELEGATE);

    private final CapabilityTable table =
            new CapabilityTable(new CapabilityLimits(TENANTS, 4, CAPABILITIES));
    private final NaiveCapabilities naive = new NaiveCapabilities(CAPABILITIES);
    private final Map<Integer, Integer> tenantOfSession = new TreeMap<>();
    private final List<SelectedOnce> selections = new ArrayList<>();
    private final Map<String, Integer> told = new TreeMap<>();
    private Random random = new Random(0);
    private long epoch;

    private record SelectedOnce(Selection selection, NaiveCapabilities.Node node) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void the_table_does_what_the_naive_one_does(long seed) {
        random = new Random(seed);
        for (int i = 0; i < TENANTS; i++) table.add("tenant" + i, TERMS);
        for (int i = 1; i <= TENANTS; i++) open(i);

        for (int i = 0; i < OPERATIONS; i++) {
            operate();
            if (i % 500 == 0) checkAll();
        }

        checkAll();
        // Each way of being told no, and yes, was met often enough to count as tried.
        for (Refusal refusal :
                List.of(
                        Refusal.CAPABILITY_UNKNOWN,
                        Refusal.CAPABILITY_EXPIRED,
                        Refusal.CAPABILITY_EXHAUSTED,
                        Refusal.CAPABILITY_WIDER,
                        Refusal.CAPABILITY_NOT_DELEGABLE,
                        Refusal.DELEGATE_MISSING,
                        Refusal.TABLE_FULL,
                        Refusal.SESSION_UNKNOWN)) {
            int times = told.getOrDefault(refusal.name(), 0);
            assertTrue(times >= 5, refusal + " was told " + times + " times");
        }
        assertTrue(told.getOrDefault("derived", 0) >= 500, "derivations: " + told);
    }

    private void operate() {
        int session = session();
        switch (random.nextInt(40)) {
            case 0 -> epoch++;
            case 1 -> {
                int tenant = 1 + random.nextInt(TENANTS);
                if (table.checkOpen(new TenantId(tenant)).isEmpty()) open(tenant);
            }
            case 2 -> {
                if (tenantOfSession.size() > TENANTS) close(session);
            }
            case 3, 4, 5, 6, 7, 8 -> grant(session);
            case 9, 10, 11, 12 -> revoke(session);
            case 13, 14, 15, 16, 17, 18, 19 -> use(session);
            default -> derive(session);
        }
    }

    private void open(int tenant) {
        tenantOfSession.put(table.open(new TenantId(tenant)).number(), tenant);
    }

    private void close(int session) {
        table.close(new SessionId(session));
        tenantOfSession.remove(session);
        for (NaiveCapabilities.Node node : naive.held(session)) naive.revoke(node);
    }

    private void grant(int session) {
        var refused = code(table.checkGrant(new SessionId(session)));
        int tenant = tenantOfSession.get(session);

        assertEquals(
                naive.hasRoom(tenant) ? Optional.empty() : Optional.of(Refusal.TABLE_FULL),
                tell(refused, "granted"));
        if (refused.isPresent()) return;
        Capability kind = KINDS.get(random.nextInt(KINDS.size()));
        Bounds bounds = bounds();
        var node =
                naive.put(
                        session,
                        kind,
                        bounds,
                        new NaiveCapabilities.Place(tenant, Optional.empty()));
        assertEquals(node.handle, table.grant(new SessionId(session), kind, bounds));
    }

    private void derive(int session) {
        CapabilityHandle handle = handle(session);
        boolean away = random.nextInt(4) == 0;
        int to = random.nextInt(40) == 0 ? 9_999_999 : away ? session() : session;
        Bounds bounds = random.nextInt(3) == 0 ? bounds() : within(session, handle);
        var id = new SessionId(session);
        var receiver = new SessionId(to);

        var refused = code(table.checkDerive(id, handle, receiver, bounds, epoch));

        assertEquals(
                naive.checkDerive(session, handle, tenantOfSession.containsKey(to), bounds, epoch),
                tell(refused, "derived"));
        if (refused.isPresent()) return;
        var parent = naive.named(session, handle).orElseThrow();
        var child = naive.derive(parent, tenantOfSession.get(to), to, bounds, epoch);
        assertEquals(child.handle, table.derive(id, handle, receiver, bounds, epoch));
    }

    private void revoke(int session) {
        CapabilityHandle handle = handle(session);
        Optional<NaiveCapabilities.Node> named = naive.named(session, handle);

        var refused = code(table.checkRevoke(new SessionId(session), handle));

        assertEquals(
                named.isPresent() ? Optional.empty() : Optional.of(Refusal.CAPABILITY_UNKNOWN),
                tell(refused, "revoked"));
        if (refused.isPresent()) return;
        table.revoke(new SessionId(session), handle);
        naive.revoke(named.orElseThrow());
    }

    private void use(int session) {
        Capability kind = KINDS.get(random.nextInt(KINDS.size()));
        long amount = random.nextInt(5);
        Optional<NaiveCapabilities.Node> best = naive.best(session, kind, amount, epoch);

        Availability answer =
                table.select(new SessionId(session), List.of(new Need(kind, amount)), epoch);

        assertEquals(best.isPresent(), answer instanceof Selection);
        if (best.isEmpty()) return;
        Selection selection = assertInstanceOf(Selection.class, answer);
        assertEquals(List.of(best.get().handle), selection.handles());
        table.consume(selection);
        naive.use(best.get());
        selections.add(new SelectedOnce(selection, best.get()));
    }

    /// An open session.
    private int session() {
        var sessions = List.copyOf(tenantOfSession.keySet());
        return sessions.get(random.nextInt(sessions.size()));
    }

    /// Mostly one of the session, at times any that was ever given or a forged one.
    private CapabilityHandle handle(int session) {
        List<NaiveCapabilities.Node> held = naive.held(session);
        int choice = random.nextInt(10);
        if (choice == 0) return new CapabilityHandle(random.nextInt(50), random.nextInt(50));
        if (choice == 1 && !naive.nodes.isEmpty()) return any(naive.nodes).handle;
        return held.isEmpty() ? new CapabilityHandle(0, 0) : any(held).handle;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Bounds bounds() {
        long amount = random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(5);
        long last = random.nextInt(3) == 0 ? Long.MAX_VALUE : epoch + random.nextInt(20);
        long uses = random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(30);
        return new Bounds(amount, last, uses, random.nextInt(5) > 0);
    }

    /// Bounds that the named capability has room for, but for the use that a derivation takes.
    private Bounds within(int session, CapabilityHandle handle) {
        Bounds asked = bounds();
        Bounds reach = naive.named(session, handle).map(node -> node.reach()).orElse(asked);
        return new Bounds(
                Math.min(asked.amountMax(), reach.amountMax()),
                Math.min(asked.lastEpoch(), reach.lastEpoch()),
                Math.min(asked.uses(), reach.uses()),
                asked.delegable());
    }

    private Optional<Refusal> tell(Optional<Refusal> refused, String otherwise) {
        told.merge(refused.map(Refusal::name).orElse(otherwise), 1, Integer::sum);
        return refused;
    }

    private static Optional<Refusal> code(Optional<Notice.Refused> refused) {
        return refused.map(Notice.Refused::refusal);
    }

    private void checkAll() {
        for (int session : tenantOfSession.keySet()) {
            assertEquals(
                    naive.held(session).stream()
                            .map(node -> new Held(node.handle, node.kind, node.reach()))
                            .sorted(
                                    Comparator.comparing(Held::kind)
                                            .thenComparingInt(held -> held.handle().slot()))
                            .toList(),
                    table.held(new SessionId(session)));
        }
        for (NaiveCapabilities.Node node : naive.nodes) {
            if (!tenantOfSession.containsKey(node.session)) continue;
            assertEquals(
                    node.live,
                    table.checkRevoke(new SessionId(node.session), node.handle).isEmpty(),
                    "a handle lives until it is revoked, and never after");
        }
        for (SelectedOnce once : selections) {
            assertEquals(
                    once.node.live && epoch <= once.node.given.lastEpoch(),
                    table.isGood(once.selection, epoch));
        }
        checkLaws();
    }

    /// What must hold whatever was done; the naive table could have the same mistake.
    private void checkLaws() {
        Map<NaiveCapabilities.Node, Long> left = new IdentityHashMap<>();
        for (NaiveCapabilities.Node node : naive.living) {
            if (node.left < Long.MAX_VALUE) left.merge(node.root(), node.left, Long::sum);
        }
        for (NaiveCapabilities.Node node : naive.nodes) {
            if (node.parent.isPresent()) {
                Bounds above = node.parent.get().given;
                assertTrue(above.contains(node.given), "a child is never wider than its parent");
                assertFalse(node.live && !node.parent.get().live, "no child outlives its parent");
                continue;
            }
            if (node.given.uses() == NaiveCapabilities.UNLIMITED) continue;
            long sum = node.gone + left.getOrDefault(node, 0L);
            assertEquals(node.given.uses(), sum, "uses are neither made nor lost");
        }
    }

    @Test
    void what_a_tenant_sees_does_not_depend_on_what_others_do_among_themselves() {
        List<String> alone = transcript(0);

        for (int others : new int[] {1, 20}) assertEquals(alone, transcript(others));
        assertTrue(alone.size() > 5_000, "the transcript has " + alone.size() + " lines");
    }

    /// What the first tenant is told, with some others that do the same things in between.
    private static List<String> transcript(int others) {
        var shared = new CapabilityTable(new CapabilityLimits(21, 3, 50));
        List<TenantActs> tenants = new ArrayList<>();
        for (int i = 0; i <= others; i++) tenants.add(new TenantActs(shared, i));
        for (int step = 0; step < 6_000; step++) {
            for (TenantActs tenant : tenants) tenant.act(step / 100);
        }
        return tenants.getFirst().told;
    }

    /// A tenant that acts at random within itself, from a seed of its own.
    private static final class TenantActs {
        private final CapabilityTable shared;
        private final Random random;
        private final List<SessionId> sessions = new ArrayList<>();
        private final List<String> told = new ArrayList<>();

        TenantActs(CapabilityTable shared, int number) {
            this.shared = shared;
            this.random = new Random(number);
            TenantId tenant = shared.add("tenant" + number, TERMS);
            for (int i = 0; i < 3; i++) sessions.add(shared.open(tenant));
            shared.grant(sessions.getFirst(), Capability.DELEGATE, Bounds.UNLIMITED);
        }

        void act(long epoch) {
            SessionId session = sessions.get(random.nextInt(3));
            SessionId to = sessions.get(random.nextInt(3));
            var handle = new CapabilityHandle(random.nextInt(55), random.nextInt(20));
            List<Held> held = shared.held(session);
            if (!held.isEmpty() && random.nextInt(8) > 0) {
                handle = held.get(random.nextInt(held.size())).handle();
            }
            var bounds = new Bounds(random.nextInt(9), epoch + random.nextInt(9), 9, true);
            switch (random.nextInt(4)) {
                case 0 -> {
                    var refused = shared.checkGrant(session);
                    told.add(refused.toString());
                    if (refused.isPresent()) return;
                    told.add(shared.grant(session, Capability.ALLOC, bounds).toString());
                }
                case 1 -> {
                    var refused = shared.checkRevoke(session, handle);
                    told.add(refused.toString());
                    if (refused.isEmpty() && handle.slot() > 0) shared.revoke(session, handle);
                }
                case 2 -> {
                    var refused = shared.checkDerive(session, handle, to, bounds, epoch);
                    told.add(refused.toString());
                    if (refused.isPresent()) return;
                    told.add(shared.derive(session, handle, to, bounds, epoch).toString());
                }
                default -> told.add(shared.held(session).toString());
            }
        }
    }
}
