package org.qmk.runtime.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qmk.runtime.token.TokenForm.MINT;
import static org.qmk.runtime.token.TokenForm.delegation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// What anyone can do with a token, without a key.
class DelegationTokenTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_token_is_read_as_it_was_written(long seed) {
        TokenGenerator random = new TokenGenerator(seed);
        for (int i = 0; i < 300; i++) {
            Delegation delegation = random.delegation();
            List<Caveat> caveats = random.caveats(DelegationToken.CAVEATS_MAX);
            DelegationToken token =
                    TokenGenerator.restrict(MINT.mint(delegation, random.nonce()), caveats);

            DelegationToken fromBytes = read(token.bytes());
            DelegationToken fromText =
                    assertInstanceOf(TokenReading.Ok.class, DelegationToken.read(token.text()))
                            .token();

            assertEquals(delegation, fromBytes.delegation());
            assertEquals(caveats, fromBytes.caveats());
            assertArrayEquals(token.bytes(), fromBytes.bytes());
            assertEquals(token.text(), fromText.text());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_further_caveat_never_allows_more(long seed) {
        TokenGenerator random = new TokenGenerator(seed);
        int stricter = 0;
        for (int i = 0; i < 300; i++) {
            DelegationToken token = MINT.mint(random.delegation(), random.nonce());
            for (Caveat caveat : random.caveats(8)) {
                DelegationToken narrower = token.restrict(caveat).orElseThrow();

                assertTrue(narrower.bound().isWithin(token.bound()), caveat.toString());
                if (!token.bound().isWithin(narrower.bound())) stricter++;
                for (int j = 0; j < 20; j++) {
                    Presenter presenter = random.presenter();
                    assertTrue(
                            token.bound().admits(presenter) || !narrower.bound().admits(presenter),
                            caveat.toString());
                }
                token = narrower;
            }
        }
        assertTrue(stricter > 300, stricter + " caveats made a difference");
    }

    /// The bound against the meaning of each caveat, said a second time.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_bound_allows_what_every_caveat_allows_and_nothing_else(long seed) {
        TokenGenerator random = new TokenGenerator(seed);
        int admitted = 0;
        for (int i = 0; i < 3000; i++) {
            Delegation delegation = random.delegation();
            List<Caveat> caveats = random.caveats(3);
            Bound bound =
                    TokenGenerator.restrict(MINT.mint(delegation, random.nonce()), caveats).bound();
            Presenter presenter = random.presenter();

            boolean admits = caveats.stream().allMatch(caveat -> admits(caveat, presenter));
            EnumSet<Capability> rights = EnumSet.copyOf(delegation.rights());
            long epoch = Bound.UNLIMITED;
            long uses = Bound.UNLIMITED;
            long qubits = Bound.UNLIMITED;
            for (Caveat caveat : caveats) {
                if (caveat instanceof Caveat.Ops(var those))
                    rights.removeIf(r -> !those.contains(r));
                if (caveat instanceof Caveat.Epoch(long last) && last < epoch) epoch = last;
                if (caveat instanceof Caveat.Quota(long most) && most < uses) uses = most;
                if (caveat instanceof Caveat.Qubits(int most) && most < qubits) qubits = most;
            }

            assertEquals(admits, bound.admits(presenter), caveats + " for " + presenter);
            assertEquals(rights, bound.rights());
            assertEquals(epoch, bound.lastEpoch());
            assertEquals(uses, bound.usesMax());
            assertEquals(qubits, bound.qubitsMax());
            if (admits) admitted++;
        }
        assertTrue(admitted > 300 && admitted < 2700, admitted + " were admitted");
    }

    @Test
    void equal_caveats_allow_what_one_of_them_allows() {
        DelegationToken once =
                MINT.mint(delegation(Capability.ALLOC), new Word128(1, 2))
                        .restrict(new Caveat.TenantAudience(new TenantId(3)))
                        .orElseThrow();
        DelegationToken twice =
                once.restrict(new Caveat.TenantAudience(new TenantId(3))).orElseThrow();

        assertEquals(once.bound(), twice.bound());
    }

    @Test
    void restricting_leaves_the_token_itself_as_it_was() {
        DelegationToken token = MINT.mint(delegation(Capability.ALLOC), new Word128(1, 2));
        byte[] before = token.bytes();

        DelegationToken narrower = token.restrict(new Caveat.Epoch(3)).orElseThrow();

        assertEquals(1, narrower.caveats().size());
        assertArrayEquals(before, token.bytes());
        assertEquals(List.of(), token.caveats());
    }

    @Test
    void a_token_has_32_caveats_and_not_33() {
        DelegationToken token = MINT.mint(delegation(Capability.ALLOC), new Word128(1, 2));
        for (int i = 0; i < 32; i++) token = token.restrict(new Caveat.Epoch(i)).orElseThrow();

        assertEquals(32, read(token.bytes()).caveats().size());
        assertTrue(token.restrict(new Caveat.Epoch(1)).isEmpty());
        assertRefused(TokenRefusal.TOO_LARGE, extended(token, 1).bytes());
    }

    @Test
    void a_token_has_4096_bytes_and_not_more() {
        Caveat wide =
                new Caveat.Tenants(
                        Set.copyOf(
                                IntStream.range(0, Caveat.TENANTS_MAX)
                                        .mapToObj(i -> new TenantId(Integer.MAX_VALUE - i))
                                        .toList()));
        DelegationToken token = MINT.mint(delegation(Capability.ALLOC), new Word128(1, 2));
        int added = 0;
        while (token.restrict(wide).isPresent()) {
            token = token.restrict(wide).orElseThrow();
            added++;
        }

        assertTrue(added > 5 && added < 32, added + " fit");
        assertEquals(added, read(token.bytes()).caveats().size());
        TokenForm form = TokenForm.of(token);
        List<byte[]> blocks = new ArrayList<>(form.blocks());
        blocks.add(CaveatBlock.encode(wide));
        assertRefused(TokenRefusal.TOO_LARGE, TokenForm.signed(form.root(), blocks).bytes());
        assertInstanceOf(
                TokenRefused.class, DelegationToken.read("qmkd1." + "A".repeat(10_000_000)));
    }

    @Test
    void a_caveat_that_means_nothing_cannot_be_made() {
        assertThrows(IllegalArgumentException.class, () -> new Caveat.Tenants(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> new Caveat.Ops(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> new Caveat.Epoch(-1));
        assertThrows(IllegalArgumentException.class, () -> new Caveat.Quota(0));
        assertThrows(IllegalArgumentException.class, () -> new Caveat.Qubits(-1));
        assertThrows(
                IllegalArgumentException.class, () -> new Caveat.TenantAudience(new TenantId(0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Caveat.SessionAudience(new TenantId(1), new SessionId(0)));
        assertThrows(IllegalArgumentException.class, () -> new Holder("AB".repeat(32)));
        assertThrows(IllegalArgumentException.class, () -> new Holder("ab".repeat(31)));
        assertEquals("ab".repeat(32), new Holder("ab".repeat(32)).thumbprint());
    }

    private static boolean admits(Caveat caveat, Presenter presenter) {
        return switch (caveat) {
            case Caveat.Tenants(var tenants) -> tenants.contains(presenter.tenant());
            case Caveat.TenantAudience(var tenant) -> presenter.tenant().equals(tenant);
            case Caveat.SessionAudience(var tenant, var session) ->
                    presenter.tenant().equals(tenant) && presenter.session().equals(session);
            case Caveat.HeldBy(var holder) -> presenter.holders().contains(holder);
            case Caveat.Ops _, Caveat.Epoch _, Caveat.Quota _, Caveat.Qubits _ -> true;
        };
    }

    private static TokenForm extended(DelegationToken token, long epoch) {
        TokenForm form = TokenForm.of(token);
        List<byte[]> blocks = new ArrayList<>(form.blocks());
        blocks.add(CaveatBlock.encode(new Caveat.Epoch(epoch)));
        return TokenForm.signed(form.root(), blocks);
    }

    private static DelegationToken read(byte[] bytes) {
        return assertInstanceOf(TokenReading.Ok.class, DelegationToken.read(bytes)).token();
    }

    private static void assertRefused(TokenRefusal expected, byte[] bytes) {
        TokenRefused refused = assertInstanceOf(TokenRefused.class, DelegationToken.read(bytes));
        assertEquals(expected, refused.refusal());
        assertFalse(refused.message().contains("{"), refused.message());
    }
}
