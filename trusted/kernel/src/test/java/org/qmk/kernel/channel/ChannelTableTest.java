package org.qmk.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.kernel.call.ChannelId;
import org.qmk.kernel.call.ChannelState;
import org.qmk.kernel.call.ChannelTerms;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.ByteWriter;

class ChannelTableTest {

    private static final ChannelTable.Side ALICE = side(1, 1);
    private static final ChannelTable.Side BOB = side(2, 2);
    private static final ChannelTable.Side BOB_ELSEWHERE = side(2, 3);
    private static final ChannelTable.Side CAROL = side(3, 4);
    private static final ChannelTerms TERMS = new ChannelTerms("shared key", 10, 0.9);
    private static final ChannelId NEVER = new ChannelId(77);

    private final ChannelTable table = new ChannelTable(3);

    @Test
    void a_channel_is_open_once_the_other_side_has_accepted() {
        ChannelId id = table.offer(ALICE, BOB.tenant(), TERMS);
        assertEquals(ChannelState.OFFERED, table.of(ALICE, id).orElseThrow().state());
        refuses("QMK-CHAN-2", table.checkUse(ALICE, id, 1));

        allows(table.checkAccept(BOB, id));
        table.accept(BOB, id);

        assertEquals(ChannelState.OPEN, table.of(ALICE, id).orElseThrow().state());
        assertEquals(table.of(ALICE, id), table.of(BOB, id));
        allows(table.checkUse(ALICE, id, 10));
        allows(table.checkUse(BOB, id, 10));
    }

    @Test
    void an_offer_is_accepted_once_and_by_the_other_side_only() {
        ChannelId id = table.offer(ALICE, BOB.tenant(), TERMS);
        refuses("QMK-CHAN-1", table.checkAccept(ALICE, id));
        allows(table.checkAccept(BOB_ELSEWHERE, id));

        table.accept(BOB, id);

        refuses("QMK-CHAN-1", table.checkAccept(BOB, id));
        refuses("QMK-CHAN-1", table.checkAccept(BOB_ELSEWHERE, id));
        assertThrows(IllegalStateException.class, () -> table.accept(BOB, id));
    }

    @Test
    void the_budget_is_for_both_sides_together_and_ends_at_its_last_pair() {
        ChannelId id = open();
        table.use(id, 7);
        refuses("QMK-CHAN-3", table.checkUse(BOB, id, 4));
        allows(table.checkUse(BOB, id, 3));

        table.use(id, 3);

        assertEquals(ChannelState.EXHAUSTED, table.of(BOB, id).orElseThrow().state());
        refuses("QMK-CHAN-3", table.checkUse(ALICE, id, 1));
        assertThrows(IllegalStateException.class, () -> table.use(id, 1));
    }

    @Test
    void a_stranger_gets_one_answer_for_a_channel_of_others_and_for_none() {
        ChannelId offered = table.offer(ALICE, BOB.tenant(), TERMS);
        ChannelId open = open();
        ChannelId closed = open();
        table.close(closed);

        for (ChannelId id : List.of(offered, open, closed)) {
            assertEquals(table.of(CAROL, NEVER), table.of(CAROL, id));
            assertEquals(table.checkAccept(CAROL, NEVER), table.checkAccept(CAROL, id));
            assertEquals(table.checkUse(CAROL, NEVER, 99), table.checkUse(CAROL, id, 99));
            assertEquals(table.checkClose(CAROL, NEVER), table.checkClose(CAROL, id));
        }
        refuses("QMK-CHAN-1", table.checkUse(CAROL, open, 1));
        refuses("QMK-CHAN-1", table.checkUse(BOB_ELSEWHERE, open, 1));
        refuses("QMK-CHAN-1", table.checkClose(BOB_ELSEWHERE, open));
    }

    @Test
    void either_side_closes_and_an_offer_is_withdrawn_or_turned_down() {
        for (ChannelTable.Side closer : List.of(ALICE, BOB)) {
            ChannelId open = open();
            ChannelId offered = table.offer(ALICE, BOB.tenant(), TERMS);
            for (ChannelId id : List.of(open, offered)) {
                allows(table.checkClose(closer, id));

                table.close(id);

                refuses("QMK-CHAN-1", table.checkUse(ALICE, id, 1));
                refuses("QMK-CHAN-1", table.checkClose(closer, id));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "k, 1, 1.0, true",
        "k, 1, 0.500001, true",
        "k, 1, 0.5, false",
        "k, 1, 1.000001, false",
        "k, 1, NaN, false",
        "k, 0, 0.9, false",
        "k, 1099511627776, 0.9, true",
        "k, 1099511627777, 0.9, false",
        "'', 1, 0.9, false"
    })
    void terms_are_refused_beyond_their_bounds(
            String purpose, long pairs, double fidelity, boolean good) {
        var terms = new ChannelTerms(purpose, pairs, fidelity);

        Optional<Notice.Refused> answer = table.checkOffer(ALICE, BOB.tenant(), terms);

        if (good) allows(answer);
        else refuses("QMK-CHAN-4", answer);
    }

    @Test
    void a_purpose_has_256_bytes_and_no_more() {
        allows(table.checkOffer(ALICE, BOB.tenant(), new ChannelTerms("é".repeat(128), 1, 1)));
        refuses(
                "QMK-CHAN-4",
                table.checkOffer(ALICE, BOB.tenant(), new ChannelTerms("é".repeat(129), 1, 1)));
    }

    @Test
    void a_tenant_cannot_offer_to_itself() {
        refuses("QMK-CHAN-5", table.checkOffer(ALICE, ALICE.tenant(), TERMS));
        refuses("QMK-CHAN-5", table.checkOffer(BOB_ELSEWHERE, BOB.tenant(), TERMS));
    }

    @Test
    void offers_fill_the_table_of_who_makes_them_and_of_nobody_else() {
        for (int i = 0; i < 3; i++) table.accept(BOB, table.offer(ALICE, BOB.tenant(), TERMS));

        refuses("QMK-LIMIT-1", table.checkOffer(ALICE, CAROL.tenant(), TERMS));
        allows(table.checkOffer(BOB, ALICE.tenant(), TERMS));

        table.close(new ChannelId(2));
        allows(table.checkOffer(ALICE, CAROL.tenant(), TERMS));
    }

    @Test
    void who_loses_the_right_loses_all_its_channels_and_no_others() {
        ChannelId open = open();
        ChannelId toBob = table.offer(CAROL, BOB.tenant(), TERMS);
        ChannelId others = table.offer(CAROL, ALICE.tenant(), TERMS);

        assertEquals(List.of(), table.closeAll(BOB_ELSEWHERE.session()));
        assertEquals(List.of(open), table.closeAll(BOB.session()));
        assertEquals(List.of(toBob), table.closeAll(BOB.tenant()));

        assertTrue(table.of(CAROL, others).isPresent());
        assertFalse(table.of(ALICE, open).isPresent());
    }

    @Test
    void a_slice_holds_its_own_channels_and_every_fact_of_them() {
        ChannelId first = table.offer(ALICE, BOB.tenant(), TERMS);
        ChannelId second = table.offer(ALICE, BOB.tenant(), TERMS);
        byte[] before = slice(0);

        table.accept(BOB, first);
        assertArrayEquals(before, slice(0), "channel 1 is of slice 1");

        table.accept(BOB, second);
        byte[] accepted = slice(0);
        assertFalse(java.util.Arrays.equals(before, accepted));
        table.use(second, 1);
        assertFalse(java.util.Arrays.equals(accepted, slice(0)));
    }

    private byte[] slice(int slice) {
        var out = ByteWriter.keeping();
        table.writeSlice(out, slice, 2);
        return out.bytes();
    }

    private ChannelId open() {
        ChannelId id = table.offer(ALICE, BOB.tenant(), TERMS);
        table.accept(BOB, id);
        return id;
    }

    private static ChannelTable.Side side(int tenant, int session) {
        return new ChannelTable.Side(new TenantId(tenant), new SessionId(session));
    }

    private static void allows(Optional<Notice.Refused> answer) {
        assertEquals(Optional.empty(), answer);
    }

    private static void refuses(String code, Optional<Notice.Refused> answer) {
        assertEquals(Optional.of(code), answer.map(Notice.Refused::refusal).map(Refusal::code));
    }
}
