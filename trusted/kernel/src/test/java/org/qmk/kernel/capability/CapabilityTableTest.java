package org.qmk.kernel.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Held;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Capability;

class CapabilityTableTest {

    private static final Terms TERMS = new Terms(1, new Quotas(10, 10), false);
    private static final Bounds WIDE = Bounds.UNLIMITED;
    private static final Bounds NARROW = new Bounds(8, 100, 10, true);

    private final CapabilityTable table = new CapabilityTable(new CapabilityLimits(3, 3, 100_003));
    private final TenantId ada = table.add("ada", TERMS);
    private final TenantId bob = table.add("bob", TERMS);
    private final SessionId mine = table.open(ada);
    private final SessionId other = table.open(ada);
    private final SessionId theirs = table.open(bob);
    private final CapabilityHandle right = table.grant(mine, Capability.DELEGATE, WIDE);

    private static Optional<Refusal> code(Optional<Notice.Refused> refused) {
        return refused.map(Notice.Refused::refusal);
    }

    private Optional<Refusal> derivable(CapabilityHandle parent, SessionId to, Bounds bounds) {
        return code(table.checkDerive(mine, parent, to, bounds, 50));
    }

    private CapabilityHandle derive(CapabilityHandle parent, SessionId to, Bounds bounds) {
        assertEquals(Optional.empty(), derivable(parent, to, bounds));
        return table.derive(mine, parent, to, bounds, 50);
    }

    private Optional<Refusal> known(SessionId session, CapabilityHandle handle) {
        return code(table.checkRevoke(session, handle));
    }

    private Held view(SessionId session, CapabilityHandle handle) {
        return table.held(session).stream()
                .filter(held -> held.handle().equals(handle))
                .findFirst()
                .orElseThrow();
    }

    private Selection selected(SessionId session, Capability kind, long amount) {
        return assertInstanceOf(
                Selection.class, table.select(session, List.of(new Need(kind, amount)), 50));
    }

    private Refusal lacking(SessionId session, Capability kind, long amount, long epoch) {
        return assertInstanceOf(
                        Availability.Lacking.class,
                        table.select(session, List.of(new Need(kind, amount)), epoch))
                .why();
    }

    private byte[] slice(int slice, int slices) {
        ByteWriter out = ByteWriter.keeping();
        table.writeSlice(out, slice, slices);
        return out.bytes();
    }

    @Test
    void a_name_is_taken_once_and_the_table_of_tenants_ends() {
        assertEquals(Optional.of(Refusal.TENANT_NAME_TAKEN), code(table.checkAdd("ada")));
        assertEquals(Optional.empty(), code(table.checkAdd("cyd")));

        table.add("cyd", TERMS);

        assertEquals(Optional.of(Refusal.TABLE_FULL), code(table.checkAdd("dan")));
        assertEquals(3, table.tenants());
    }

    @Test
    void terms_are_what_was_set_last_and_stay_in_range() {
        Terms changed = new Terms(Terms.WEIGHT_MAX, new Quotas(1, 2), true);

        table.setTerms(ada, changed);

        assertEquals(changed, table.terms(ada));
        assertEquals(TERMS, table.terms(bob));
        assertEquals("ada", table.name(ada));
        Quotas quotas = TERMS.quotas();
        assertThrows(IllegalArgumentException.class, () -> new Terms(0, quotas, false));
        int tooMuch = Terms.WEIGHT_MAX + 1;
        assertThrows(IllegalArgumentException.class, () -> new Terms(tooMuch, quotas, false));
    }

    @Test
    void a_tenant_opens_as_many_sessions_as_it_may_and_no_more() {
        assertEquals(Optional.of(Refusal.TENANT_UNKNOWN), code(table.checkOpen(new TenantId(0))));
        assertEquals(Optional.of(Refusal.TENANT_UNKNOWN), code(table.checkOpen(new TenantId(3))));
        assertEquals(Optional.empty(), table.checkOpen(ada));
        table.open(ada);
        assertEquals(Optional.of(Refusal.TABLE_FULL), code(table.checkOpen(ada)));
        assertEquals(Optional.empty(), table.checkOpen(bob));

        table.close(other);

        assertEquals(Optional.empty(), table.checkOpen(ada));
        assertEquals(new SessionId(5), table.open(ada));
        assertFalse(table.knows(other));
        assertTrue(table.knows(mine));
        assertEquals(bob, table.owner(theirs));
    }

    @Test
    void closing_a_session_revokes_what_it_held_and_what_others_derived_from_it() {
        CapabilityHandle root = table.grant(mine, Capability.MAGIC, WIDE);
        CapabilityHandle inner = derive(root, mine, WIDE);
        CapabilityHandle outer = derive(inner, theirs, WIDE);
        CapabilityHandle own = table.grant(theirs, Capability.MAGIC, WIDE);

        table.close(mine);

        assertEquals(Optional.of(Refusal.SESSION_UNKNOWN), known(mine, root));
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(theirs, outer));
        assertEquals(Optional.empty(), known(theirs, own));
    }

    @Test
    void a_selection_of_nothing_is_good_until_its_session_closes() {
        Selection nothing = assertInstanceOf(Selection.class, table.select(other, List.of(), 50));
        assertTrue(table.isGood(nothing, 50));

        table.close(other);

        assertFalse(table.isGood(nothing, 50));
    }

    @Test
    void slots_begin_at_zero_in_every_tenant() {
        assertEquals(new CapabilityHandle(0, 0), right);
        assertEquals(new CapabilityHandle(0, 0), table.grant(theirs, Capability.ALLOC, WIDE));
        assertEquals(new CapabilityHandle(1, 0), table.grant(other, Capability.ALLOC, WIDE));
    }

    @Test
    void forged_old_revoked_and_foreign_handles_get_one_answer() {
        CapabilityHandle handle = table.grant(mine, Capability.ALLOC, WIDE);
        assertEquals(Optional.empty(), known(mine, handle));

        CapabilityHandle beyond = new CapabilityHandle(99, 0);
        CapabilityHandle next = new CapabilityHandle(handle.slot(), 1);
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(mine, beyond));
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(mine, next));
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(other, handle));
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(theirs, handle));
        table.revoke(mine, handle);
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(mine, handle));
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(mine, next));
        assertEquals(next, table.grant(mine, Capability.MAGIC, WIDE));
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(mine, handle));
        assertEquals(Optional.empty(), known(mine, next));
    }

    @Test
    void a_slot_without_generations_left_is_never_given_again() {
        Tenant tenant = new Tenant(1, "eve", TERMS);
        List<Slot> register = new ArrayList<>();
        Slot slot = tenant.vacancy(register);
        slot.generation = Integer.MAX_VALUE - 1;
        tenant.vacate(slot);
        assertEquals(slot, tenant.vacancy(register));

        slot.generation = Integer.MAX_VALUE;
        tenant.vacate(slot);

        assertEquals(1, tenant.vacancy(register).index);
        assertEquals(2, register.size());
    }

    @Test
    void a_child_is_nowhere_wider_than_its_parent() {
        CapabilityHandle parent = table.grant(mine, Capability.ALLOC, NARROW);

        var wider = Optional.of(Refusal.CAPABILITY_WIDER);
        assertEquals(wider, derivable(parent, mine, new Bounds(9, 100, 10, true)));
        assertEquals(wider, derivable(parent, mine, new Bounds(8, 101, 10, true)));
        assertEquals(wider, derivable(parent, mine, new Bounds(8, 100, 11, true)));
        assertEquals(wider, derivable(parent, mine, new Bounds(8, 100, Long.MAX_VALUE, true)));
        assertEquals(Optional.empty(), derivable(parent, mine, NARROW));
        assertThrows(IllegalStateException.class, () -> table.derive(mine, parent, mine, WIDE, 50));
    }

    @Test
    void finite_uses_are_taken_from_the_parent_and_do_not_come_back() {
        CapabilityHandle parent = table.grant(mine, Capability.ALLOC, NARROW);

        CapabilityHandle child = derive(parent, mine, new Bounds(8, 100, 7, true));

        assertEquals(3, view(mine, parent).bounds().uses());
        assertEquals(7, view(mine, child).bounds().uses());
        Bounds four = new Bounds(8, 100, 4, true);
        assertEquals(Optional.of(Refusal.CAPABILITY_WIDER), derivable(parent, mine, four));
        table.revoke(mine, child);
        assertEquals(3, view(mine, parent).bounds().uses());
        assertEquals(Optional.of(Refusal.CAPABILITY_WIDER), derivable(parent, mine, four));
    }

    @Test
    void a_parent_without_bound_gives_any_number_of_uses() {
        CapabilityHandle parent = table.grant(mine, Capability.ALLOC, WIDE);

        derive(parent, mine, NARROW);

        assertEquals(WIDE, view(mine, parent).bounds());
    }

    @Test
    void only_the_holder_of_the_right_derives_and_each_child_takes_one_use_of_it() {
        CapabilityHandle parent = table.grant(other, Capability.ALLOC, WIDE);
        assertEquals(
                Optional.of(Refusal.DELEGATE_MISSING),
                code(table.checkDerive(other, parent, other, WIDE, 50)));
        CapabilityHandle once = table.grant(other, Capability.DELEGATE, new Bounds(0, 60, 1, true));
        assertEquals(
                Optional.of(Refusal.DELEGATE_MISSING),
                code(table.checkDerive(other, parent, other, WIDE, 61)));
        assertEquals(Optional.empty(), table.checkDerive(other, parent, other, WIDE, 60));

        table.derive(other, parent, other, WIDE, 60);

        assertEquals(0, view(other, once).bounds().uses());
        assertEquals(
                Optional.of(Refusal.DELEGATE_MISSING),
                code(table.checkDerive(other, parent, other, WIDE, 60)));
    }

    @Test
    void a_right_that_is_derived_from_pays_for_the_derivation_first() {
        table.revoke(mine, right);
        CapabilityHandle five = table.grant(mine, Capability.DELEGATE, new Bounds(0, 100, 5, true));
        Bounds all = new Bounds(0, 100, 5, true);

        assertEquals(Optional.of(Refusal.CAPABILITY_WIDER), derivable(five, theirs, all));
        derive(five, theirs, all.less(1));

        assertEquals(0, view(mine, five).bounds().uses());
    }

    @Test
    void expired_exhausted_and_undelegable_parents_have_no_children() {
        CapabilityHandle until = table.grant(mine, Capability.ALLOC, new Bounds(8, 49, 10, true));
        CapabilityHandle spent = table.grant(mine, Capability.ALLOC, new Bounds(8, 50, 0, true));
        CapabilityHandle last = table.grant(mine, Capability.ALLOC, new Bounds(8, 50, 1, false));
        Bounds nothing = new Bounds(0, 0, 0, false);

        assertEquals(Optional.of(Refusal.CAPABILITY_EXPIRED), derivable(until, mine, nothing));
        assertEquals(Optional.of(Refusal.CAPABILITY_EXHAUSTED), derivable(spent, mine, nothing));
        assertEquals(Optional.of(Refusal.CAPABILITY_NOT_DELEGABLE), derivable(last, mine, nothing));
        CapabilityHandle good = table.grant(mine, Capability.ALLOC, new Bounds(8, 50, 1, true));
        assertEquals(Optional.empty(), derivable(good, mine, nothing));
    }

    @Test
    void who_may_not_derive_does_not_learn_whether_the_receiver_exists() {
        CapabilityHandle parent = table.grant(mine, Capability.ALLOC, NARROW);
        SessionId nobody = new SessionId(77);

        assertEquals(Optional.of(Refusal.CAPABILITY_WIDER), derivable(parent, nobody, WIDE));
        assertEquals(Optional.of(Refusal.SESSION_UNKNOWN), derivable(parent, nobody, NARROW));
        assertEquals(Optional.empty(), derivable(parent, theirs, NARROW));
    }

    @Test
    void who_derives_pays_whoever_holds() {
        var small = new CapabilityTable(new CapabilityLimits(2, 2, 3));
        SessionId giver = small.open(small.add("giver", TERMS));
        SessionId taker = small.open(small.add("taker", TERMS));
        small.grant(giver, Capability.DELEGATE, WIDE);
        CapabilityHandle parent = small.grant(giver, Capability.ALLOC, WIDE);

        CapabilityHandle child = small.derive(giver, parent, taker, WIDE, 1);

        assertEquals(
                Optional.of(Refusal.TABLE_FULL),
                code(small.checkDerive(giver, parent, taker, WIDE, 1)));
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), small.checkGrant(taker));
            small.grant(taker, Capability.ALLOC, WIDE);
        }
        assertEquals(Optional.of(Refusal.TABLE_FULL), code(small.checkGrant(taker)));
        small.revoke(taker, child);
        assertEquals(Optional.empty(), small.checkDerive(giver, parent, taker, WIDE, 1));
        assertEquals(Optional.of(Refusal.TABLE_FULL), code(small.checkGrant(taker)));
    }

    @Test
    void revocation_takes_the_subtree_and_nothing_else() {
        CapabilityHandle root = table.grant(mine, Capability.ALLOC, WIDE);
        CapabilityHandle first = derive(root, mine, WIDE);
        CapabilityHandle middle = derive(root, mine, WIDE);
        CapabilityHandle last = derive(root, mine, WIDE);
        CapabilityHandle grandchild = derive(middle, theirs, WIDE);

        table.revoke(mine, middle);

        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(mine, middle));
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(theirs, grandchild));
        for (CapabilityHandle kept : List.of(root, first, last)) {
            assertEquals(Optional.empty(), known(mine, kept));
        }
        table.revoke(mine, root);
        for (CapabilityHandle gone : List.of(root, first, last)) {
            assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(mine, gone));
        }
        assertEquals(List.of(right), table.held(mine).stream().map(Held::handle).toList());
    }

    @Test
    void a_chain_of_a_hundred_thousand_is_revoked_at_once() {
        CapabilityHandle root = table.grant(mine, Capability.ALLOC, WIDE);
        CapabilityHandle end = root;
        for (int i = 0; i < 100_000; i++) end = table.derive(mine, end, mine, WIDE, 1);
        assertEquals(100_002, table.held(mine).size());

        table.revoke(mine, root);

        assertEquals(1, table.held(mine).size());
        assertEquals(Optional.of(Refusal.CAPABILITY_UNKNOWN), known(mine, end));
    }

    @Test
    void the_lowest_slot_that_serves_is_selected_and_loses_one_use() {
        table.grant(other, Capability.ALLOC, new Bounds(8, 49, 10, true));
        table.grant(other, Capability.ALLOC, new Bounds(8, 100, 0, true));
        table.grant(other, Capability.ALLOC, new Bounds(7, 100, 10, true));
        CapabilityHandle serves = table.grant(other, Capability.ALLOC, NARROW);
        table.grant(other, Capability.ALLOC, NARROW);

        Selection selection = selected(other, Capability.ALLOC, 8);
        table.consume(selection);

        assertEquals(List.of(serves), selection.handles());
        assertEquals(9, view(other, serves).bounds().uses());
    }

    @Test
    void the_first_need_that_lacks_is_told_with_the_nearest_objection() {
        assertEquals(Refusal.CAPABILITY_MISSING, lacking(other, Capability.ALLOC, 8, 50));
        table.grant(other, Capability.ALLOC, new Bounds(8, 49, 10, true));
        assertEquals(Refusal.CAPABILITY_EXPIRED, lacking(other, Capability.ALLOC, 8, 50));
        table.grant(other, Capability.ALLOC, new Bounds(8, 50, 0, true));
        assertEquals(Refusal.CAPABILITY_EXHAUSTED, lacking(other, Capability.ALLOC, 8, 50));
        table.grant(other, Capability.ALLOC, new Bounds(7, 50, 1, true));
        assertEquals(Refusal.CAPABILITY_TOO_SMALL, lacking(other, Capability.ALLOC, 8, 50));
        assertEquals(Refusal.CAPABILITY_EXPIRED, lacking(other, Capability.ALLOC, 8, 51));
        table.grant(other, Capability.ALLOC, new Bounds(8, 50, 1, true));
        selected(other, Capability.ALLOC, 8);

        var needs = List.of(new Need(Capability.ALLOC, 8), new Need(Capability.LINK, 0));
        assertEquals(
                new Availability.Lacking(Capability.LINK, Refusal.CAPABILITY_MISSING),
                table.select(other, needs, 50));
    }

    @Test
    void two_needs_do_not_share_the_last_use() {
        table.grant(other, Capability.MAGIC, new Bounds(8, 100, 1, true));
        var needs = List.of(new Need(Capability.MAGIC, 1), new Need(Capability.MAGIC, 2));
        assertEquals(
                new Availability.Lacking(Capability.MAGIC, Refusal.CAPABILITY_EXHAUSTED),
                table.select(other, needs, 50));

        CapabilityHandle second = table.grant(other, Capability.MAGIC, NARROW);

        var both = assertInstanceOf(Selection.class, table.select(other, needs, 50));
        assertEquals(second, both.handles().get(1));
        assertNotEquals(second, both.handles().get(0));
    }

    @Test
    void a_capability_that_another_tenant_can_revoke_is_selected_last() {
        CapabilityHandle root = table.grant(mine, Capability.ALLOC, WIDE);
        CapabilityHandle lent = derive(root, theirs, WIDE);
        assertEquals(List.of(lent), selected(theirs, Capability.ALLOC, 1).handles());

        CapabilityHandle own = table.grant(theirs, Capability.ALLOC, WIDE);

        assertTrue(lent.slot() < own.slot());
        assertEquals(List.of(own), selected(theirs, Capability.ALLOC, 1).handles());
        CapabilityHandle fromSister = derive(root, other, WIDE);
        CapabilityHandle ownOfOther = table.grant(other, Capability.ALLOC, WIDE);
        assertTrue(fromSister.slot() < ownOfOther.slot());
        assertEquals(List.of(fromSister), selected(other, Capability.ALLOC, 1).handles());
    }

    @Test
    void a_selection_is_good_until_it_expires_or_one_of_it_is_revoked() {
        CapabilityHandle magic = table.grant(other, Capability.MAGIC, NARROW);
        CapabilityHandle alloc = table.grant(other, Capability.ALLOC, WIDE);
        CapabilityHandle spare = table.grant(other, Capability.LINK, WIDE);
        var needs = List.of(new Need(Capability.ALLOC, 1), new Need(Capability.MAGIC, 1));
        var selection = assertInstanceOf(Selection.class, table.select(other, needs, 50));

        assertTrue(table.isGood(selection, 100));
        assertFalse(table.isGood(selection, 101));
        table.revoke(other, spare);
        assertTrue(table.isGood(selection, 100));
        table.revoke(other, magic);
        assertFalse(table.isGood(selection, 100));
        assertEquals(spare.slot(), 3);
        assertEquals(magic.slot(), table.grant(other, Capability.MAGIC, NARROW).slot());
        assertFalse(table.isGood(selection, 100));
        table.revoke(other, alloc);
        assertFalse(table.isGood(selection, 100));
    }

    @Test
    void all_slices_together_tell_every_change() {
        CapabilityHandle parent = table.grant(mine, Capability.ALLOC, NARROW);
        table.grant(mine, Capability.ALLOC, NARROW);
        for (int slices : new int[] {1, 2, 3, 64}) {
            List<Runnable> changes =
                    List.of(
                            () -> table.setTerms(bob, new Terms(2, TERMS.quotas(), false)),
                            () -> table.setTerms(bob, new Terms(2, TERMS.quotas(), true)),
                            () -> table.setTerms(bob, new Terms(2, new Quotas(9, 9), true)),
                            () -> table.setTerms(bob, TERMS),
                            () -> table.consume(selected(mine, Capability.ALLOC, 1)),
                            () -> derive(parent, theirs, new Bounds(0, 0, 0, false)),
                            () -> table.close(table.open(bob)));
            for (int i = 0; i < changes.size(); i++) {
                List<byte[]> before = slices(slices);
                changes.get(i).run();
                List<byte[]> after = slices(slices);
                boolean told = false;
                for (int s = 0; s < slices; s++) {
                    told |= !Arrays.equals(before.get(s), after.get(s));
                }
                assertTrue(told, "change " + i + " in " + slices + " slices");
            }
        }
    }

    private List<byte[]> slices(int slices) {
        List<byte[]> written = new ArrayList<>();
        for (int i = 0; i < slices; i++) written.add(slice(i, slices));
        return written;
    }

    @Test
    void a_slice_is_about_as_long_as_its_share() {
        for (int i = 0; i < 6_400; i++) table.grant(theirs, Capability.ALLOC, WIDE);
        int whole = slice(0, 1).length;

        for (int i = 0; i < 64; i++) {
            int length = slice(i, 64).length;
            assertTrue(length < whole / 64 * 1.1 + 64, "slice " + i + " has " + length);
        }
    }
}
